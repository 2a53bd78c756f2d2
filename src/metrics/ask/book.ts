import type { FactStore, LedgerState } from '../../facts/store.ts'
import type { Flag } from '../../kernel/words/flags.ts'
import { addDays, dayOf } from '../../kernel/period.ts'
import type { Day } from '../../kernel/period.ts'
import type { Settings } from '../../kernel/settings.ts'
import { param, sql, trusted } from '../../kernel/sql.ts'
import { accountMonthLedger } from '../../ledgers/account-month-ledger.ts'
import { ledgerRows } from '../../ledgers/ledger.ts'
import type { LedgerDefinition } from '../../ledgers/ledger.ts'
import { revenueLedger } from '../../ledgers/revenue-ledger.ts'
import { subscriptionDayLedger } from '../../ledgers/subscription-day-ledger.ts'
import type { Sql } from '../../kernel/sql.ts'
import type { Asker } from '../kit/asker.ts'
import type { Catalogue } from '../kit/catalogue.ts'
import type { Book } from '../kit/book.ts'
import { readRateGaps } from './rate-gaps.ts'
import { restatedReader } from './restated.ts'

interface Opening {
  readonly asker: Asker
  readonly settings: Settings
  readonly catalogue: Catalogue
  readonly now: Date
}

/** The book that reads a state of the ledgers: the present state, or one built as the ledgers were reported on an instant. */
export async function openBook(store: FactStore, state: LedgerState, { asker, settings, catalogue, now }: Opening): Promise<Book> {
  // Nobody is shown more than he may see because his scope is not applied yet.
  if (asker.accounts !== 'all') throw new Error('a book of some accounts alone cannot be opened yet')
  const ledger = (definition: LedgerDefinition): Sql => ledgerRows(definition, state)
  return {
    asker,
    store,
    settings,
    catalogue,
    knownUntil: addDays(dayOf(now, settings.time_zone), 1),
    coverage: await readCoverage(store, state, ledger),
    restated: restatedReader(store, settings),
    rateGaps: await readRateGaps(store, settings, ledger),
    notes: await readNotes(store, settings, ledger(subscriptionDayLedger)),
    ledger,
  }
}

/** Notes on terms, by period. A due date that is not known is noted from the end of dunning on: until then any due date comes to the same. */
async function readNotes(store: FactStore, settings: Settings, terms: Sql): Promise<Book['notes']> {
  const since = sql`if(note = 'due_unknown', addDays(day, ${param('UInt16', Number(settings.dunning_days))}), day)`
  const rows = sql`SELECT toString(note) AS note, min(${since}) AS from, max(until) AS until FROM (${terms}) WHERE note != '' GROUP BY note`
  const found = await store.read<{ note: Flag; from: Day; until: Day }>(
    sql`SELECT note, min(from) AS from, max(until) AS until FROM ${store.shardLocal(rows)} GROUP BY note ORDER BY note`,
  )
  return found.filter(({ from, until }) => from < until)
}

/** The state as if no account had been touched since the bases. */
const baseOf = ({ ledgers }: LedgerState): Pick<LedgerState, 'ledgers'> => ({
  ledgers: Object.fromEntries(Object.entries(ledgers).map(([id, { base }]) => [id, { base, delta: 0 }])),
})

async function readCoverage(store: FactStore, state: LedgerState, ledger: (definition: LedgerDefinition) => Sql): Promise<Book['coverage']> {
  const end = async (of: 'minOrNull' | 'maxOrNull', rows: Sql): Promise<Day | null> => {
    const most = trusted(of)
    const [found] = await store.read<{ day: Day | null }>(
      sql`SELECT ${most}(day) AS day FROM ${store.shardLocal(sql`SELECT ${most}(day) AS day FROM (${rows})`)}`,
    )
    return found?.day ?? null
  }
  const [terms, firstBill, lastMonth] = await Promise.all([
    end('minOrNull', sql`SELECT day FROM (${ledger(subscriptionDayLedger)})`),
    end('minOrNull', sql`SELECT billed_on AS day FROM (${ledger(revenueLedger)})`),
    // Of the base: accounts that were not touched since have no later month.
    end('maxOrNull', sql`SELECT month AS day FROM (${ledgerRows(accountMonthLedger, baseOf(state))})`),
  ])
  // Once bills are known, subscriptions that ended before the first one are in no export: an earlier opening set would hold survivors only.
  const since = terms === null || firstBill === null ? (terms ?? firstBill) : terms > firstBill ? terms : firstBill
  return { firstBill, since, lastMonth }
}
