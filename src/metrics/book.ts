import type { FactStore, LedgerState } from '../facts/store.ts'
import { addDays, dayOf } from '../kernel/period.ts'
import type { Day } from '../kernel/period.ts'
import type { Settings } from '../kernel/settings.ts'
import { sql } from '../kernel/sql.ts'
import { derivation, ledgerRows } from '../ledgers/ledger.ts'
import type { LedgerDefinition } from '../ledgers/ledger.ts'
import { revenueLedger } from '../ledgers/revenue-ledger.ts'
import { subscriptionDayLedger } from '../ledgers/subscription-day-ledger.ts'
import type { Sql } from '../kernel/sql.ts'
import type { Book } from './answer.ts'

/**
 * The book as it stands in a state of the ledgers, or as it was reported on an instant: then every ledger is derived in
 * place from the facts that had been recorded by then.
 */
export async function openBook(
  store: FactStore,
  state: LedgerState,
  settings: Settings,
  options: { now: Date; reportedOn?: string | undefined },
): Promise<Book> {
  const { now, reportedOn } = options
  const asReported = reportedOn === undefined ? null : derivation(store, settings, { reportedOn })
  const ledger = (definition: LedgerDefinition): Sql => (asReported === null ? ledgerRows(definition, state) : asReported.ledger(definition))
  return {
    store,
    settings,
    knownUntil: addDays(dayOf(now, settings.time_zone), 1),
    coverage: await readCoverage(store, ledger),
    ledger,
  }
}

async function readCoverage(store: FactStore, ledger: (definition: LedgerDefinition) => Sql): Promise<Book['coverage']> {
  const first = async (rows: Sql): Promise<Day | null> => {
    const [found] = await store.read<{ first: Day | null }>(
      sql`SELECT minOrNull(first) AS first FROM ${store.shardLocal(sql`SELECT minOrNull(day) AS first FROM (${rows})`)}`,
    )
    return found?.first ?? null
  }
  const [terms, firstBill] = await Promise.all([
    first(sql`SELECT day FROM (${ledger(subscriptionDayLedger)})`),
    first(sql`SELECT billed_on AS day FROM (${ledger(revenueLedger)})`),
  ])
  // Once bills are known, subscriptions that ended before the first one are in no export: an earlier opening set would hold survivors only.
  const since = terms === null || firstBill === null ? (terms ?? firstBill) : terms > firstBill ? terms : firstBill
  return { firstBill, since }
}
