import { bare } from '../kernel/bare.ts'
import { compute } from '../books/ask.ts'
import type { Asking } from '../books/ask.ts'
import { snapshotsSql } from '../health/snapshot.ts'
import type { Cap } from '../health/caps.ts'
import type { ShownBand } from '../health/bands.ts'
import type { FactStore } from '../facts/store.ts'
import type { Day } from '../kernel/period.ts'
import { addDays, dayOf } from '../kernel/period.ts'
import { param, sql } from '../kernel/sql.ts'
import { mrrMovementLedger } from '../ledgers/mrr-movement-ledger.ts'
import { usageDayLedger } from '../ledgers/usage-day-ledger.ts'
import { formatMoney } from '../kernel/words/value.ts'
import type { Accounts, OpenAccount } from './open-account.ts'
import { countedAs, openAccount } from './open-account.ts'
import type { Happening } from './timeline/happening.ts'
import type { SaidHealth } from './timeline/rule-happenings.ts'
import { happeningsOfHealth, happeningsOfSignals, happeningsOfUse } from './timeline/rule-happenings.ts'
import type { TimelineAsked, TimelinePage } from './timeline/timeline.ts'
import { closeOf, happeningsAt, latestFirst, pageOf } from './timeline/timeline.ts'

interface Movement {
  readonly day: Day
  readonly kind: string
  readonly reason: string
  readonly amount: number | null
}

const NAMES = bare<Readonly<Record<string, string>>>({
  new: 'New',
  expansion: 'Expansion',
  contraction: 'Contraction',
  churn: 'Churn',
  reactivation: 'Reactivation',
})

/** MRR movements of the account, each day once. */
async function readMovements(store: FactStore, { book, account_id, zone }: OpenAccount): Promise<Happening[]> {
  const here = sql`SELECT day, any(kind) AS of, any(reason) AS why, toFloat64(sum(amount)) AS moved FROM (${book.ledger(mrrMovementLedger)})
    WHERE account_id = ${param('String', account_id)} GROUP BY day HAVING max(head) = 1`
  const rows = await store.read<Movement>(
    sql`SELECT toString(day) AS day, toString(of) AS kind, toString(why) AS reason, moved AS amount FROM ${store.shardLocal(here)}`,
  )
  return rows.map(({ day, kind, reason, amount }): Happening => {
    const isLoss = kind === 'churn' || kind === 'contraction'
    const sum = amount === null ? '' : ` of ${formatMoney('sentence', Math.abs(amount), { currency: book.settings.reporting_currency })} MRR`
    return {
      key: `money ${day}`,
      kind: 'money',
      at: closeOf(day, zone),
      day,
      title: `${NAMES[kind] ?? kind}${sum}`,
      detail: reason === '' ? null : reason.replaceAll('_', ' '),
      tone: isLoss ? 'bad' : 'good',
      fact: null,
      recorded_at: null,
      late_days: null,
    }
  })
}

async function readUseDays(store: FactStore, { book, account_id }: OpenAccount): Promise<{ day: Day; user: string }[]> {
  const here = sql`SELECT DISTINCT day FROM (${book.ledger(usageDayLedger)}) WHERE account_id IN (${countedAs(book, account_id)})`
  const rows = await store.read<{ day: Day }>(sql`SELECT DISTINCT toString(day) AS day FROM ${store.shardLocal(here)}`)
  return rows.map(({ day }) => ({ day, user: '' }))
}

/** Health as it was said, day by day: as the days were lived, and before the first of them as it would have been known then. */
export async function readSaid(store: FactStore, account: string, until: Day): Promise<SaidHealth[]> {
  const of = async (mode: 'lived' | 'as_known'): Promise<SaidHealth[]> => {
    const asked = { mode, from: '1970-01-01', until, accounts: [account] }
    const rows = await store.read<{ day: Day; score: number | null; band: ShownBand; caps: string }>(
      sql`SELECT * FROM ${store.shardLocal(snapshotsSql(asked, ['day', 'score', 'band', 'caps']))} ORDER BY day`,
    )
    return rows.map((row) => ({ ...row, caps: JSON.parse(row.caps) as Cap[] }))
  }
  const [lived, known] = await Promise.all([of('lived'), of('as_known')])
  const first = lived[0]?.day
  return [...known.filter(({ day }) => first === undefined || day < first), ...lived]
}

/** Everything that happened to an account up to an instant, the latest first. */
async function readAll(accounts: Accounts, asking: Asking, open: OpenAccount): Promise<Happening[]> {
  const { zone, known_until, today, record, account_id } = open
  const [rules, signals] = await Promise.all([
    compute(
      accounts.books.lanes,
      accounts.books.store,
      (store) => Promise.all([readMovements(store, open), readUseDays(store, open), readSaid(store, account_id, today)]),
      asking,
    ),
    accounts.signals(account_id),
  ])
  const [movements, use, said] = rules
  const last = dayOf(new Date(known_until), zone)
  const made = [...movements, ...happeningsOfUse(use, addDays(today, -1), zone), ...happeningsOfHealth(said, zone), ...happeningsOfSignals(signals, zone)]
  return [...happeningsAt(record, known_until, zone), ...made.filter(({ day }) => day <= last)].sort(latestFirst)
}

export interface AccountTimeline extends TimelinePage {
  readonly account_id: string
  /** Kinds of facts of which there are more than are read. */
  readonly cut: readonly string[]
}

/** One timeline of everything about an account, page by page. Throws `not_found`. */
export async function askTimeline(
  accounts: Accounts,
  asking: Asking,
  id: string,
  { reportedOn, ...asked }: TimelineAsked & { readonly reportedOn?: string | undefined },
): Promise<AccountTimeline> {
  const open = await openAccount(accounts, asking, id, reportedOn)
  return { account_id: open.account_id, cut: open.record.cut, ...pageOf(await readAll(accounts, asking, open), asked) }
}
