import type { LedgerState } from '../facts/store.ts'
import { defaultSettings, REBUILDING_SETTINGS, settingsHash } from '../kernel/settings.ts'
import type { Settings } from '../kernel/settings.ts'
import { renderSql, sql } from '../kernel/sql.ts'
import { ledgerDdl } from './ledger.ts'
import type { Derivation, LedgerDefinition } from './ledger.ts'
import { LEDGERS } from './ledgers.ts'

interface Heard {
  /** Facts that the ledger rests on, through other ledgers too. */
  readonly facts: Set<string>
  /** The facts among them that can give the ledger a row. */
  readonly rowFacts: Set<string>
  readonly text: string
}

const known = new Map<LedgerDefinition, Heard>()

function heard(ledger: LedgerDefinition): Heard {
  const found = known.get(ledger) ?? listen(ledger)
  known.set(ledger, found)
  return found
}

/** Runs a ledger's derivation on stand-ins that note what is asked of them: which facts and ledgers it reads, and the text of its query. */
function listen(ledger: LedgerDefinition): Heard {
  const facts = new Set<string>()
  const rowFacts = new Set<string>()
  const listening: Derivation = {
    settings: defaultSettings,
    until: '2024-02-01',
    here: () => sql`1`,
    facts: (fact) => {
      facts.add(fact.id)
      rowFacts.add(fact.id)
      return sql`SELECT 1`
    },
    ledger: (below) => {
      for (const fact of heard(below).facts) facts.add(fact)
      if (below.isLookup !== true) for (const fact of heard(below).rowFacts) rowFacts.add(fact)
      return sql`SELECT 1`
    },
  }
  return { facts, rowFacts, text: renderSql(ledger.derive(listening)).text }
}

/** Ids of the facts that a ledger rests on, through other ledgers too. */
export const factsBelow = (ledger: LedgerDefinition): ReadonlySet<string> => heard(ledger).facts

/** The facts below a ledger that can give the ledger a row. */
export const factsGivingRows = (ledger: LedgerDefinition): ReadonlySet<string> => heard(ledger).rowFacts

/** Whether a ledger cannot have a row while only these kinds of facts hold any. */
export function isSurelyEmpty(ledger: LedgerDefinition, holding: ReadonlySet<string>): boolean {
  const { facts, rowFacts } = heard(ledger)
  return ledger.hasOwnRows !== true && ![...(rowFacts.size > 0 ? rowFacts : facts)].some((fact) => holding.has(fact))
}

let definitions: string | undefined

/** A fingerprint of what decides beside the facts what ledgers hold: settings that reach them, and their definitions, which an upgrade may change. */
export function ledgersFingerprint(settings: Settings): string {
  definitions ??= LEDGERS.map((ledger) => `${renderSql(ledgerDdl(ledger)).text}\n${heard(ledger).text}`).join('\n')
  return settingsHash(settings, REBUILDING_SETTINGS, definitions)
}

/** Whether the ledgers were built under other settings than those in force, or by an earlier version. */
export const isStale = (state: Pick<LedgerState, 'state' | 'settings_hash'>, settings: Settings): boolean =>
  state.state !== 0 && state.settings_hash !== ledgersFingerprint(settings)
