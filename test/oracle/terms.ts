import { divideHalfEven, parseMicros } from '../../src/kernel/money.ts'
import type { Micros } from '../../src/kernel/money.ts'
import { addDays, addMonths, dayOf } from '../../src/kernel/period.ts'
import type { Day } from '../../src/kernel/period.ts'
import type { Settings } from '../../src/kernel/settings.ts'
import { cell } from './company.ts'
import type { Row } from './company.ts'
import { closeOf, dayIn, heldOf } from './paid.ts'
import type { TimedVersion } from './paid.ts'

/** What a subscription is and pays at the close of a local day. */
export interface Holding {
  readonly subscription: string
  readonly account: string
  readonly status: string
  /** The terms that rule. */
  readonly version: Pick<TimedVersion, 'row'>
  readonly mrr: Micros
  /** What it comes to in a year: from the price, rounded once as well, not from the rounded month (C6). */
  readonly arr: Micros
  /** MRR without discounts. */
  readonly gross: Micros
  readonly currency: string
  readonly product: string
  readonly plan: string
}

/** Months of one billing interval as a fraction. Days and weeks through 365/12 days a month (C5). */
const UNIT: Record<string, readonly [bigint, bigint]> = { month: [1n, 1n], quarter: [3n, 1n], year: [12n, 1n], week: [84n, 365n], day: [12n, 365n] }

const SIX = 1_000_000n
const number = (row: Row, column: string, empty: string): Micros => parseMicros(cell(row, column) || empty) ?? 0n

export function intervalMonths(row: Row): { top: bigint; bottom: bigint } {
  const [top, bottom] = UNIT[cell(row, 'interval_unit') || 'month'] ?? [1n, 1n]
  return { top: number(row, 'interval_months', '1') * top, bottom: SIX * bottom }
}

/** Committed months of the contract: its term, else one billing interval (micros, rounded down). */
export function termMonths(row: Row): Micros {
  if (cell(row, 'term_months') !== '') return number(row, 'term_months', '0')
  const { top, bottom } = intervalMonths(row)
  return (top * SIX) / bottom
}

/** First day of the next term: whole months stay on their day of the month, other lengths go by 365/12 days a month. */
export function addTerm(day: Day, term: Micros): Day {
  if (term % SIX === 0n) return addMonths(day, Number(term / SIX))
  return addDays(day, Number(divideHalfEven(term * 365n, 12n * SIX)))
}

/**
 * Price of so many months less discounts, rounded once (C6). Percents add up to at most 100; amounts come off per interval. The
 * amount is of one unit for one interval, or as `amount_per` says.
 */
function priceOf(months: bigint, row: Row, discounts: readonly Row[]): Micros {
  const currency = cell(row, 'currency')
  let percent = 0n
  let off = 0n
  for (const discount of discounts) {
    percent += number(discount, 'percent', '0')
    // An amount in another currency than the price cannot come off it.
    const own = cell(discount, 'currency')
    if (own === '' || own === currency) off += number(discount, 'amount', '0')
  }
  if (percent > 100n * SIX) percent = 100n * SIX
  const per = cell(row, 'amount_per') || 'unit'
  const full = number(row, 'unit_amount', '0') * (per === 'unit' ? number(row, 'quantity', '1') : SIX) * (100n * SIX - percent)
  const { top, bottom } = intervalMonths(row)
  if (per === 'month' || per === 'year') {
    const paidFor = per === 'year' ? 12n : 1n
    const left = full * top - off * SIX * 100n * SIX * bottom * paidFor
    return left <= 0n ? 0n : divideHalfEven(months * left, SIX * 100n * SIX * top * paidFor)
  }
  const net = full - off * SIX * 100n * SIX
  if (net <= 0n) return 0n
  return divideHalfEven(months * net * bottom, SIX * 100n * SIX * top)
}

const NEVER: Day = '9999-12-31'

const COUNTED: Record<string, readonly string[]> = {
  recurring: ['repeating', 'forever'],
  all: ['once', 'repeating', 'forever'],
  forever_only: ['forever'],
  none: [],
}

/** One subscription's whole history, asked by the close of a local day. */
export interface Timeline {
  readonly subscription: string
  /** Days on which something about it may change. */
  readonly days: readonly Day[]
  at(day: Day): Holding | null
  /** Reasons that rows give for what happens on that day, the last one last. */
  saidOn(day: Day): readonly string[]
}

export function timelineOf(
  subscription: string,
  rows: readonly Row[],
  discountRows: readonly Row[],
  settings: Settings,
  rootOf: (id: string) => string,
): Timeline {
  const zone = settings.time_zone
  const local = (instant: string): Day => dayOf(new Date(instant), zone)
  const ordered = order(rows, settings).map(({ row, at }) => ({ row, at: Date.parse(at), from: dayOf(new Date(at), zone) }))
  const held = heldOf(
    ordered.filter(({ at }, i) => at !== ordered[i + 1]?.at),
    settings,
  ).map((each) => {
    const [over, halts, paysFrom] = [dayIn(each.over, zone), dayIn(each.halts, zone), dayIn(each.paysFrom, zone)]
    const { row, at, from } = each.version
    // The reason of a row that tells of an end is that of the end.
    const tellsEnd = (cell(row, 'status') === 'ended' || cell(row, 'canceled_at') !== '') && each.over !== Infinity
    return { ...each, over, halts, paysFrom, from, reasonAt: tellsEnd ? each.over : at }
  })
  const counted = COUNTED[settings.mrr_discounts] ?? []
  const discounts = discountRows
    .filter((row) => counted.includes(cell(row, 'duration') || 'repeating'))
    .map((row) => ({ row, from: local(cell(row, 'starts_at')), until: cell(row, 'ends_at') === '' ? null : dayIn(closeOf(cell(row, 'ends_at'), zone), zone) }))
  const at = (day: Day): Holding | null => {
    const one = held.findLast((each) => each.from <= day)
    if (one === undefined) return null
    const { version, price, over, halts, paysFrom } = one
    const said = cell(version.row, 'status')
    const stopped = over <= day ? 'ended' : halts <= day ? (said === 'past_due' ? 'delinquent' : 'paused') : null
    const isTrial = one.pays && day < paysFrom
    // A row that says how it stands today says when it began and ended, or was paused.
    const status = stopped ?? (isTrial ? 'trialing' : one.pays && (said === 'ended' || said === 'paused') ? 'active' : said)
    const pays = one.pays && stopped === null && !isTrial
    const inForce = discounts.filter((each) => each.from <= day && (each.until === null || each.until > day)).map((each) => each.row)
    const mrr = pays ? priceOf(1n, price, inForce) : 0n
    return {
      subscription,
      status,
      version: { row: price },
      mrr,
      account: rootOf(cell(version.row, 'account_id')),
      arr: mrr > 0n ? priceOf(12n, price, inForce) : 0n,
      gross: pays ? priceOf(1n, price, []) : 0n,
      currency: cell(price, 'currency'),
      product: cell(price, 'product'),
      plan: cell(price, 'plan'),
    }
  }
  const days = [...held.flatMap((each) => [each.from, each.over, each.halts, each.paysFrom]), ...discounts.flatMap((each) => [each.from, each.until])]
  return {
    subscription,
    at,
    days: [...new Set(days.filter((day): day is Day => day !== null && day !== NEVER))].sort(),
    saidOn: (day) =>
      held
        .filter(({ reasonAt, version }, i) => dayIn(reasonAt, zone) === day && (reasonAt === version.at || reasonAt < (held[i + 1]?.version.at ?? Infinity)))
        .map((each) => cell(each.version.row, 'reason')),
  }
}

/**
 * Versions in the order they take hold. Where an account counts as lost at notice (C13), a version that ends the
 * subscription takes hold when notice was given, and what was said from the notice until that end no longer counts.
 */
function order(rows: readonly Row[], settings: Settings): { row: Row; at: string }[] {
  const byAt = (a: { at: string }, b: { at: string }) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)
  const sorted = rows.map((row) => ({ row, at: new Date(cell(row, 'effective_at')).toISOString() })).sort(byAt)
  if (settings.churn_date !== 'cancellation') return sorted
  const told = sorted.map(({ row, at }) => {
    const given = cell(row, 'status') === 'ended' && cell(row, 'canceled_at') !== '' ? new Date(cell(row, 'canceled_at')).toISOString() : null
    return { row, at: given !== null && given < at ? given : at, given }
  })
  return told.filter(({ at }, i) => !told.slice(i + 1).some(({ given }) => given !== null && given <= at)).sort(byAt)
}
