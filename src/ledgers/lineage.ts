import { defaultSettings, REBUILDING_SETTINGS, settingsHash } from '../kernel/settings.ts'
import type { Settings } from '../kernel/settings.ts'
import { renderSql, sql } from '../kernel/sql.ts'
import { ledgerDdl } from './ledger.ts'
import type { Derivation, LedgerDefinition } from './ledger.ts'
import { LEDGERS } from './ledgers.ts'

/** Lets a ledger derive from a book that only listens: what it reads, and the query it makes of that. */
function listen(ledger: LedgerDefinition): { facts: Set<string>; text: string } {
  const facts = new Set<string>()
  const listening: Derivation = {
    settings: defaultSettings,
    until: '2024-02-01',
    here: () => sql`1`,
    facts: (fact) => {
      facts.add(fact.id)
      return sql`SELECT 1`
    },
    ledger: (below) => {
      for (const fact of factsBelow(below)) facts.add(fact)
      return sql`SELECT 1`
    },
  }
  return { facts, text: renderSql(ledger.derive(listening)).text }
}

const known = new Map<LedgerDefinition, ReadonlySet<string>>()

/** Ids of the facts that a ledger rests on, through other ledgers too. */
export function factsBelow(ledger: LedgerDefinition): ReadonlySet<string> {
  const found = known.get(ledger) ?? listen(ledger).facts
  known.set(ledger, found)
  return found
}

let definitions: string | undefined

/** What ledgers were derived by: the settings that reach them, and their definitions, which an upgrade may change. */
export function ledgersFingerprint(settings: Settings): string {
  definitions ??= LEDGERS.map((ledger) => `${renderSql(ledgerDdl(ledger)).text}\n${listen(ledger).text}`).join('\n')
  return settingsHash(settings, REBUILDING_SETTINGS, definitions)
}
