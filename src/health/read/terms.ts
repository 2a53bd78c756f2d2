import { discount } from '../../facts/discount.ts'
import { factTable } from '../../facts/fact.ts'
import { opportunity } from '../../facts/opportunity.ts'
import { subscriptionVersion } from '../../facts/subscription-version.ts'
import type { Day } from '../../kernel/period.ts'
import { addDays } from '../../kernel/period.ts'
import type { Settings } from '../../kernel/settings.ts'
import { sql, table } from '../../kernel/sql.ts'
import { INTERVALS, MONTHLY, discountsInMrr, monthly, netOf } from '../../ledgers/price.ts'
import type { Terms, ToldTerms } from '../contracts.ts'
import type { Told } from '../known.ts'
import { groupBy } from '../group.ts'
import { joinTold, tell } from './tell.ts'
import type { VersionRow } from './tell.ts'
import type { ByAccount, Chunk, Reading } from './versions.ts'
import { dayText, inChunk, isRecorded, readTold, toldColumns, versionsOf } from './versions.ts'

/** A version of a subscription as it was told, its price before discounts. */
interface Version extends Omit<Terms, 'mrr'> {
  readonly gross: number
  readonly trial_until: Day | null
  readonly owed_since: Day | null
  readonly paused_on: Day | null
}

/** A deal about the renewal of a contract, as it stands. */
interface Renewal {
  readonly contract: string
  readonly lost_on: Day
}

interface Discount {
  readonly contract: string
  readonly from: Day
  readonly until: Day | null
  readonly percent: number
  /** Each billing interval. */
  readonly amount: number
  readonly currency: string
}

const versions = (reading: Reading, chunk: Chunk) => {
  const day = (column: string) => dayText(reading, column)
  const rows = sql`
    SELECT account_id, source, source_id, told_at, effective_on, recorded_on, import_id, row_number, deleted, contract, state, of,
      toFloat64(${netOf(sql`1`)}) AS gross,
      toFloat64(quantity) AS seats, toFloat64(${INTERVALS} * ${monthly.months}) / ${monthly.intervals} AS interval_of,
      months, canceled_on, ends_on, notice, renewal, renews_on,
      trial_until, owed_since, paused_on
    FROM (
      SELECT account_id, ${toldColumns(reading, subscriptionVersion)}, subscription_id AS contract, toString(status) AS state,
        toString(currency) AS of, toFloat64(term_months) AS months, ${day('canceled_at')} AS canceled_on, ${day('ends_at')} AS ends_on,
        toFloat64(notice_days) AS notice, toString(auto_renew) AS renewal, ${day('renews_at')} AS renews_on, ${day('trial_ends_at')} AS trial_until,
        ${day('ifNull(due_at, period_started_at)')} AS owed_since, ${day('paused_at')} AS paused_on, amount_per, ${MONTHLY} AS monthly,
        ifNull(v.unit_amount, 0) AS unit_amount, ifNull(v.quantity, 1) AS quantity, ifNull(v.interval_months, 1) AS interval_months,
        toDecimal128(0, 6) AS percent_off, toDecimal128(0, 6) AS amount_off
      FROM ${table(factTable(subscriptionVersion))} AS v WHERE ${inChunk(chunk)} AND ${isRecorded(reading)})`
  return sql`SELECT * FROM ${reading.store.shardLocal(rows)} ORDER BY told_at, row_number`
}

interface Row extends VersionRow {
  readonly contract: string
  readonly state: string
  readonly of: string
  readonly gross: number
  readonly seats: number
  readonly interval_of: number
  readonly months: number | null
  readonly canceled_on: Day | null
  readonly ends_on: Day | null
  readonly notice: number | null
  readonly renewal: Terms['auto_renew']
  readonly renews_on: Day | null
  readonly trial_until: Day | null
  readonly owed_since: Day | null
  readonly paused_on: Day | null
}

const versionOf = ({ contract, effective_on, state, of, gross, seats, interval_of, months, notice, renewal, ...row }: Row): Version => ({
  contract,
  from: effective_on,
  status: state,
  gross,
  currency: of,
  seats,
  interval_months: interval_of,
  term_months: months,
  canceled_on: row.canceled_on,
  ends_on: row.ends_on,
  notice_days: notice,
  auto_renew: renewal,
  renews_on: row.renews_on,
  trial_until: row.trial_until,
  owed_since: row.owed_since,
  paused_on: row.paused_on,
})

const later = (a: Day, b: Day): Day => (b > a ? b : a)

interface Course {
  readonly begins: string
  /** What it becomes, and from which day on. */
  readonly steps: readonly { readonly from: Day; readonly status: string }[]
}

/** The status with which terms begin, and what they become by themselves (C4, C13, C14). */
function courseOf({ status, from, trial_until, ends_on, canceled_on, paused_on, owed_since }: Version, settings: Settings): Course {
  const until = (day: Day, then: string): Course => (day > from ? { begins: 'active', steps: [{ from: day, status: then }] } : { begins: then, steps: [] })
  if (status === 'ended') return until(ends_on ?? canceled_on ?? from, status)
  const isOver = settings.churn_date === 'cancellation' && canceled_on !== null
  const over = isOver ? [{ from: later(from, canceled_on), status: 'ended' }] : []
  if (status === 'paused') return until(paused_on ?? from, status)
  if (status === 'active' && trial_until !== null && trial_until > from) return { begins: 'trialing', steps: [{ from: trial_until, status }, ...over] }
  const halted =
    status === 'past_due' && owed_since !== null ? [{ from: later(from, addDays(owed_since, Number(settings.dunning_days))), status: 'ended' }] : []
  return { begins: status, steps: [...halted, ...over] }
}

const PAID = new Set(['active', 'past_due'])

/** What a contract costs a month on a day, rounded as MRR is. */
function priceOn({ gross, currency, interval_months }: Version, discounts: readonly Discount[], day: Day): number {
  const inForce = discounts.filter(({ from, until }) => from <= day && (until === null || until > day))
  if (inForce.length === 0) return gross
  const percent = Math.min(
    100,
    inForce.reduce((sum, each) => sum + each.percent, 0),
  )
  const amount = inForce.reduce((sum, each) => sum + (each.currency === '' || each.currency === currency ? each.amount : 0), 0)
  return Math.round(Math.max(0, (gross * (100 - percent)) / 100 - amount / interval_months) * 1e6) / 1e6
}

/** Terms as rules read them: with the discounts that are known of, and what becomes of them by themselves. */
function termsOf(version: Version, beside: readonly (Discount | Renewal)[], settings: Settings): ToldTerms {
  const discounts = beside.filter((each) => 'percent' in each)
  const lost_on = beside.flatMap((each) => ('lost_on' in each ? [each.lost_on] : []))
  const { gross, trial_until, owed_since, paused_on, ...own } = version
  const { begins, steps } = courseOf(version, settings)
  const days = [...steps.map(({ from }) => from), ...discounts.flatMap(({ from, until }) => [from, ...(until === null ? [] : [until])])]
  const statusOn = (day: Day): string => {
    const passed = steps.filter(({ from }) => from <= day)
    return passed.some((step) => step.status === 'ended') ? 'ended' : (passed.at(-1)?.status ?? begins)
  }
  const at = (day: Day): Pick<Terms, 'from' | 'status' | 'mrr'> => {
    const status = statusOn(day)
    return { from: day, status, mrr: PAID.has(status) ? priceOn(version, discounts, day) : 0 }
  }
  const first = at(own.from)
  const isTaken = own.status === 'ended' && begins !== 'ended'
  const rest = [...new Set(days)]
    .sort()
    .filter((day) => day > own.from)
    .map(at)
  const more = { ...(lost_on.length === 0 ? {} : { lost_on }), ...(rest.length === 0 ? {} : { later: rest }) }
  return { ...own, ...first, ...more, ...(isTaken ? { ends_on: null, is_implied: true } : {}) }
}

/** By contract. */
type Discounts = ReadonlyMap<string, readonly Told<Discount>[]>

/** Discounts of all subscriptions, which are few, as they were told. */
export async function readDiscounts(reading: Reading): Promise<Discounts> {
  const { store, settings, undos } = reading
  const day = (column: string) => dayText(reading, column)
  type DiscountRow = VersionRow & { contract: string; until_day: Day | null; off: number; taken: number; of: string }
  const rows = await store.read<DiscountRow>(sql`
    SELECT '' AS account_id, ${toldColumns(reading, discount)}, subscription_id AS contract, ${day('ends_at')} AS until_day,
      toFloat64(ifNull(percent, 0)) AS off, toFloat64(ifNull(amount, 0)) AS taken, toString(currency) AS of
    FROM ${table(factTable(discount))} WHERE ${isRecorded(reading)} AND ${discountsInMrr(settings)} ORDER BY told_at, row_number`)
  const told = tell(rows, undos, ({ contract, effective_on, until_day, off, taken, of }) => ({
    contract,
    from: effective_on,
    until: until_day,
    percent: off,
    amount: taken,
    currency: of,
  }))
  return groupBy(told, ({ fact }) => fact.contract)
}

/** Condition on opportunities: a renewal that was lost. */
export const isLostRenewal = sql`kind = 'renewal' AND isNotNull(lost_at)`

/** Renewals that were lost, as that was told; one that is open again, or about something else, is taken back. */
function readRenewals(reading: Reading, chunk: Chunk): Promise<ByAccount<Renewal>> {
  const lost = sql`subscription_id AS contract, ifNull(${dayText(reading, 'lost_at')}, '') AS lost_on, ${isLostRenewal} AS is_lost`
  const told = versionsOf(reading, chunk, opportunity, [lost])
  const rows = sql`SELECT * EXCEPT (deleted), deleted OR NOT is_lost AS deleted FROM (${told}) ORDER BY told_at, row_number`
  return readTold<VersionRow & Renewal, Renewal>(reading, chunk, rows, ({ contract, lost_on }) => ({ contract, lost_on }))
}

/** A deal that names no contract is about the only one that there is. */
const ofContract = (renewal: Renewal, contracts: ReadonlySet<string>): Renewal =>
  renewal.contract === '' && contracts.size === 1 ? { ...renewal, contract: [...contracts][0] ?? '' } : renewal

/**
 * The terms of all contracts as they were told, with MRR as the product counts it: price, units, interval, and discounts as far as
 * they were known. Metered charges are no contract, and are left out whatever the settings say of MRR.
 */
export async function readTerms(reading: Reading, chunk: Chunk, discounts: Discounts): Promise<ByAccount<ToldTerms>> {
  const [byAccount, renewals] = await Promise.all([readTold<Row, Version>(reading, chunk, versions(reading, chunk), versionOf), readRenewals(reading, chunk)])
  return new Map(
    [...byAccount].map(([account, told]) => {
      const contracts = new Set(told.map(({ fact }) => fact.contract))
      const lost = (renewals.get(account) ?? []).map((each) => ({ ...each, fact: ofContract(each.fact, contracts) }))
      const own = [...[...contracts].flatMap((contract) => discounts.get(contract) ?? []), ...lost]
      const keys = [({ contract }: Version) => contract, ({ contract }: Discount | Renewal) => contract] as const
      return [account, joinTold(told, own, keys, (version, known) => termsOf(version, known, reading.settings))]
    }),
  )
}
