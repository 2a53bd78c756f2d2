import { divideHalfEven, parseMicros } from '../../src/kernel/money.ts'
import type { Micros } from '../../src/kernel/money.ts'
import { addDays, addMonths, dayOf } from '../../src/kernel/period.ts'
import type { Day } from '../../src/kernel/period.ts'
import type { Settings } from '../../src/kernel/settings.ts'
import { cell } from './company.ts'
import type { Row } from './company.ts'

/** What a subscription is and pays at the close of a local day. */
export interface Holding {
  readonly subscription: string
  readonly account: string
  readonly status: string
  /** The version that rules; its `from` is the local day it began to. */
  readonly version: TimedVersion
  readonly mrr: Micros
  /** The same without discounts. */
  readonly gross: Micros
  readonly currency: string
  readonly product: string
  readonly plan: string
}

export interface TimedVersion {
  readonly row: Row
  readonly from: Day
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

/** Price per month less discounts, rounded once (C6). Percents add up to at most 100; amounts come off per interval. */
function monthly(row: Row, discounts: readonly Row[]): Micros {
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
  const full = number(row, 'unit_amount', '0') * number(row, 'quantity', '1') * (100n * SIX - percent)
  const net = full - off * SIX * 100n * SIX
  if (net <= 0n) return 0n
  const { top, bottom } = intervalMonths(row)
  return divideHalfEven(net * bottom, SIX * 100n * SIX * top)
}

const COUNTED: Record<string, readonly string[]> = { recurring: ['repeating', 'forever'], all: ['once', 'repeating', 'forever'], forever_only: ['forever'], none: [] }

/** One subscription's whole history, asked by the close of a local day. */
export interface Timeline {
  readonly subscription: string
  /** Days on which something about it may change. */
  readonly days: readonly Day[]
  at(day: Day): Holding | null
  /** Versions that begin on that day, the last one last. */
  versionsOn(day: Day): readonly TimedVersion[]
}

export function timelineOf(subscription: string, rows: readonly Row[], discountRows: readonly Row[], settings: Settings, rootOf: (id: string) => string): Timeline {
  const zone = settings.time_zone
  const local = (instant: string): Day => dayOf(new Date(instant), zone)
  const versions = order(rows, settings).map(({ row, at }) => ({ row, from: dayOf(new Date(at), zone) }))
  const counted = COUNTED[settings.mrr_discounts] ?? []
  const discounts = discountRows
    .filter((row) => counted.includes(cell(row, 'duration') || 'repeating'))
    .map((row) => ({ row, from: local(cell(row, 'starts_at')), until: cell(row, 'ends_at') === '' ? null : local(cell(row, 'ends_at')) }))
  const endOf = ({ row, from }: TimedVersion): Day | null => {
    const ends = cell(row, 'ends_at')
    const known = ends !== '' && Date.parse(ends) > Date.parse(cell(row, 'effective_at')) ? local(ends) : null
    const notice = settings.churn_date === 'cancellation' && cell(row, 'canceled_at') !== '' ? local(cell(row, 'canceled_at')) : null
    // Notice given before these terms began ends them as they begin.
    const day = notice === null ? known : known !== null && known < notice ? known : notice
    return day === null || day > from ? day : from
  }
  // C14: day N of arrears is a local calendar day.
  const lostOn = ({ row }: TimedVersion): Day | null =>
    cell(row, 'status') === 'past_due' ? addDays(local(cell(row, 'due_at') || cell(row, 'effective_at')), Number(settings.dunning_days)) : null
  const at = (day: Day): Holding | null => {
    const version = versions.findLast((each) => each.from <= day)
    if (version === undefined) return null
    const { row } = version
    const [end, lost] = [endOf(version), lostOn(version)]
    // An export of one row per subscription says "ended" and when it began and ended.
    let status = cell(row, 'status') === 'ended' && Date.parse(cell(row, 'ends_at')) > Date.parse(cell(row, 'effective_at')) ? 'active' : cell(row, 'status')
    if (status !== 'ended' && end !== null && end <= day) status = 'ended'
    else if (lost !== null && lost <= day) status = 'delinquent'
    const pays = status === 'active' || status === 'past_due'
    const inForce = discounts.filter((each) => each.from <= day && (each.until === null || each.until > day)).map((each) => each.row)
    return {
      subscription, status, version,
      account: rootOf(cell(row, 'account_id')),
      mrr: pays ? monthly(row, inForce) : 0n,
      gross: pays ? monthly(row, []) : 0n,
      currency: cell(row, 'currency'), product: cell(row, 'product'), plan: cell(row, 'plan'),
    }
  }
  const days = [...versions.flatMap((each) => [each.from, endOf(each), lostOn(each)]), ...discounts.flatMap((each) => [each.from, each.until])]
  return {
    subscription, at,
    days: [...new Set(days.filter((day): day is Day => day !== null))].sort(),
    versionsOn: (day) => versions.filter((each) => each.from === day),
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
