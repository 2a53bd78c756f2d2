import type { FactStore, LedgerState } from '../facts/store.ts'
import { addDays, dayOf } from '../kernel/period.ts'
import type { Day } from '../kernel/period.ts'
import type { Settings } from '../kernel/settings.ts'
import { sql } from '../kernel/sql.ts'
import { ledgerRows } from '../ledgers/ledger.ts'
import type { LedgerDefinition } from '../ledgers/ledger.ts'
import { revenueLedger } from '../ledgers/revenue-ledger.ts'
import { subscriptionDayLedger } from '../ledgers/subscription-day-ledger.ts'
import type { Sql } from '../kernel/sql.ts'
import type { Book } from './plan.ts'

/** The book in a state of the ledgers: the present one, or one built as it was reported on an instant. */
export async function openBook(store: FactStore, state: LedgerState, settings: Settings, now: Date): Promise<Book> {
  const ledger = (definition: LedgerDefinition): Sql => ledgerRows(definition, state)
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
