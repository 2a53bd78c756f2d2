import { accountMonthLedger } from '../../ledgers/account-month-ledger.ts'
import { converted, exchangeRateLedger } from '../../ledgers/exchange-rate-ledger.ts'
import { mrrMovementLedger } from '../../ledgers/mrr-movement-ledger.ts'
import { addMonths, wholeMonths } from '../../kernel/period.ts'
import type { Period } from '../../kernel/period.ts'
import { joinSql, param, sql, trusted } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { defineRowSet, picked, ratesAt, slotOf } from '../kit/row-set.ts'
import type { Frame } from '../kit/row-set.ts'

/** Money of the opening set that no rate could convert: what point-to-point ratios stumble over, and nothing else. */
export const P2P_GAP = 'gap_opening OR (was_customer AND gap_kept)'

interface Shape {
  readonly boundaries: readonly string[]
  /** For each period the place (from 1) of its ends among the boundaries. */
  readonly starts: readonly number[]
  readonly ends: readonly number[]
  readonly fine: Sql
  readonly movements: Sql
}

/** Running sums of a column at all boundaries: one pass, whatever the number of periods. */
const runningAt = (shape: Shape, column: Sql): Sql =>
  sql`arrayCumSum(sumResample(0, ${trusted(String(shape.boundaries.length))}, 1)(${column}, ${slotOf(sql`day`, shape.boundaries)}))`

/** Money billed in the reporting currency needs no rate: balances, movements and what was kept are the same running sums. */
const ownCurrency = (shape: Shape, currency: Sql): Sql => sql`
  SELECT account_id, ${shape.fine} held, ${picked('held', shape.ends)} AS kept, held AS flows, arrayMap(n -> n != 0, held) AS live,
    arrayWithConstant(${trusted(String(shape.boundaries.length))}, 0) AS gap_held,
    arrayWithConstant(${trusted(String(shape.ends.length))}, 0) AS gap_kept, gap_held AS gap_flows
  FROM (SELECT account_id, ${shape.fine} ${runningAt(shape, sql`native`)} AS held FROM (${shape.movements}) WHERE currency = ${currency}
    GROUP BY account_id, ${shape.fine} currency)`

/** Other money is converted subscription by subscription, each amount rounded once (C6). A currency may have no rate at all. */
const otherCurrencies = (shape: Shape, currency: Sql, rates: Sql): Sql => sql`
  WITH arrayResize(r.rate_at, ${trusted(String(shape.boundaries.length))}) AS rate_at
  SELECT account_id, ${shape.fine} arrayMap((n, r) -> ${converted(sql`n`, sql`r`)}, natives, rate_at) AS held,
    arrayMap((n, r) -> ${converted(sql`n`, sql`r`)}, ${picked('natives', shape.ends)}, ${picked('rate_at', shape.starts)}) AS kept,
    amounts AS flows, arrayMap(n -> n != 0, natives) AS live,
    arrayMap((n, r) -> n != 0 AND r = 0, natives, rate_at) AS gap_held,
    arrayMap((n, r) -> n != 0 AND r = 0, ${picked('natives', shape.ends)}, ${picked('rate_at', shape.starts)}) AS gap_kept, gaps AS gap_flows
  FROM (
    SELECT account_id, ${shape.fine} toString(currency) AS billed_in, ${runningAt(shape, sql`native`)} AS natives,
      ${runningAt(shape, sql`ifNull(amount, 0)`)} AS amounts, ${runningAt(shape, sql`isNull(amount)`)} AS gaps
    FROM (${shape.movements}) WHERE currency != ${currency}
    GROUP BY account_id, ${shape.fine} currency, subscription_id, product, plan
  ) AS m LEFT JOIN (${rates}) AS r ON r.currency = m.billed_in`

/**
 * The account at both ends of the period: what every point-to-point ratio and every stock per account is made of. Per
 * account one array of balances at all boundaries, so that a series of any length is one pass over the movements.
 */
export const accountPeriods = defineRowSet({
  id: 'account_periods',
  says: 'One row per account and period in which it had MRR at either end or a movement between.',
  columns: {
    opening: { name: 'Opening MRR', kind: 'money' },
    moved: { name: 'Movements', kind: 'money' },
    fx: { name: 'Exchange rates', kind: 'money' },
    closing: { name: 'Closing MRR', kind: 'money' },
    kept: { name: 'Closing MRR at the opening rate', kind: 'money' },
    was_customer: { name: 'Customer at the opening', kind: 'boolean' },
    is_customer: { name: 'Customer at the close', kind: 'boolean' },
  },
  fine: ['product', 'plan', 'currency'],
  unrated: 'gap_opening OR gap_closing OR gap_moved',
  rows(frame: Frame) {
    const all = frame.periods.map((period, place) => ({ period, place }))
    const months = all.filter(({ period }) => isKeptMonth(frame, period))
    const others = all.filter((one) => !months.includes(one))
    const parts = [...(months.length > 0 ? [keptMonths(frame, months)] : []), ...(others.length > 0 ? [anyPeriods(frame, others)] : [])]
    return joinSql(parts, ' UNION ALL ')
  },
})

interface Placed {
  readonly period: Period
  /** Its number in the frame. */
  readonly place: number
}

/** Calendar months are kept ready, unless plans, products or currencies must stay apart. */
const isKeptMonth = ({ lastMonth, fine }: Frame, { from, until }: Period): boolean =>
  lastMonth !== null && fine.length === 0 && from.endsWith('-01') && until === addMonths(from, 1) && from <= lastMonth

const COLUMNS = trusted(
  'account_id, opening, closing, kept, moved, was_customer, is_customer, gap_opening, gap_closing, gap_kept, gap_moved, closing - opening - moved AS fx',
)

function keptMonths(frame: Frame, months: readonly Placed[]): Sql {
  const froms = months.map(({ period }) => period.from).sort()
  const [first = '', last = ''] = [froms[0], froms.at(-1)]
  const span = wholeMonths({ from: first, until: addMonths(last, 1) }) ?? 0
  const places = Array.from({ length: span }, (_, i) => months.find(({ period }) => period.from === addMonths(first, i))?.place ?? -1)
  return sql`
    SELECT ${param('Array(Int32)', places)}[dateDiff('month', ${param('Date32', first)}, month) + 1] AS period, ${COLUMNS}
    FROM (${frame.ledger(accountMonthLedger)}) WHERE month >= ${param('Date32', first)} AND month <= ${param('Date32', last)} AND period >= 0`
}

function anyPeriods(frame: Frame, asked: readonly Placed[]): Sql {
  const periods = asked.map(({ period }) => period)
  const boundaries = [...new Set(periods.flatMap(({ from, until }) => [from, until]))].sort()
  const places = (days: readonly string[]): number[] => days.map((day) => boundaries.indexOf(day) + 1)
  const fine = trusted(frame.fine.map((dimension) => `${dimension}, `).join(''))
  const shape: Shape = {
    boundaries,
    starts: places(periods.map(({ from }) => from)),
    ends: places(periods.map(({ until }) => until)),
    fine,
    movements: sql`SELECT * FROM (${frame.ledger(mrrMovementLedger)}) WHERE day < ${param('Date32', boundaries.at(-1) ?? '1900-01-01')}`,
  }
  const currency = param('String', frame.settings.reporting_currency)
  const { starts, ends } = shape
  // Each array is cut to the periods before rows are made of it: an array that stays whole is copied for every period.
  return sql`
  SELECT period, ${fine} ${COLUMNS}
  FROM (
    SELECT account_id, ${fine} sumForEach(held) AS held, sumForEach(kept) AS kept_all, sumForEach(flows) AS flows, maxForEach(live) AS live,
      maxForEach(gap_held) AS gap_held, maxForEach(gap_kept) AS gap_kept_all, sumForEach(gap_flows) AS gap_flows
    FROM (${ownCurrency(shape, currency)} UNION ALL ${otherCurrencies(shape, currency, ratesAt(frame.ledger(exchangeRateLedger), boundaries))})
    GROUP BY ${fine} account_id
  ) ARRAY JOIN ${param(
    'Array(Int32)',
    asked.map(({ place }) => place),
  )} AS period, ${picked('held', starts)} AS opening, ${picked('held', ends)} AS closing, kept_all AS kept,
    arrayMap((x, y) -> y - x, ${picked('flows', starts)}, ${picked('flows', ends)}) AS moved, ${picked('live', starts)} AS was_customer,
    ${picked('live', ends)} AS is_customer,
    ${picked('gap_held', starts)} AS gap_opening, ${picked('gap_held', ends)} AS gap_closing, gap_kept_all AS gap_kept,
    arrayMap((x, y) -> x != y, ${picked('gap_flows', starts)}, ${picked('gap_flows', ends)}) AS gap_moved
  WHERE was_customer OR is_customer OR moved != 0 OR gap_moved`
}
