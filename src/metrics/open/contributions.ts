import { periodLabel } from '../../kernel/period.ts'
import type { Period } from '../../kernel/period.ts'
import { joinSql, param, sql, trusted } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { accountLedger } from '../../ledgers/account-ledger.ts'
import type { MadeResult } from '../ask/answer.ts'
import { contributionsOf } from '../ask/composed.ts'
import { expression, filteredRows, scopeFor } from '../ask/scope.ts'
import { clipped, measurePeriods } from '../ask/settle-question.ts'
import type { SettledQuestion } from '../ask/settle-question.ts'
import type { Composed } from '../kit/composition.ts'
import type { MetricDefinition, PlacedMeasure } from '../kit/metric.ts'

/** How many contributions are named; the others are added up in one. */
const NAMED = 20

export interface Contribution {
  readonly label: string
  readonly account_id: string | null
  readonly amount: number
}

const isRatio = (value: number | null, over: number | null, under: number | null): boolean =>
  value !== null && over !== null && under !== null && under !== 0 && Math.abs(value - over / under) <= 1e-9 * Math.max(1, Math.abs(value))

/** What is added up of a measure over periods, and what each unit of it weighs. */
interface Side {
  readonly measure: PlacedMeasure
  readonly periods: readonly Period[]
  readonly factor: number
}

/**
 * What each account did to the difference between the period and the one it is compared with, so that all contributions
 * add up to it. A ratio over the customers of the start sets each of them against the rate before: (part - rate before
 * * whole) / wholes of all; who did as all did before moved nothing. Of any other ratio an account contributes its share
 * of the numerator now less that before, each over the denominator of its own period.
 */
export async function readContributions(asked: SettledQuestion, metric: MetricDefinition, { result, made, earlier }: MadeResult) {
  const { comparison } = result
  if (comparison === null || comparison.value === null || result.value === null || comparison.change === null) return null
  if (made.numerator !== earlier?.numerator || made.denominator !== earlier.denominator) return null
  const over = metric.measures[made.numerator ?? '']
  const ratio = isRatio(result.value, result.numerator, result.denominator) && isRatio(comparison.value, comparison.numerator, comparison.denominator)
  const isTotal = made.denominator === null && over?.kind !== 'tally' && result.value === result.numerator && comparison.value === comparison.numerator
  if (over === undefined || (!isTotal && !ratio)) return null
  const [now, before] = [result.period, comparison.period].map((wanted) => clipped(asked, wanted))
  if (now === undefined || now === null || before === undefined || before === null) return null
  const scale = (under: number | null): number => (ratio ? 1 / (under ?? 1) : 1)
  const side = (measure: PlacedMeasure, period: Period, factor: number): Side => ({
    measure,
    periods: measurePeriods(measure, period, asked.book.settings),
    factor,
  })
  const under = metric.measures[made.denominator ?? '']
  const query = contributionQuery(
    asked,
    metric.kind === 'p2p' && ratio && under !== undefined && under.of === over.of
      ? [side(over, now, scale(result.denominator)), side(under, now, -comparison.value * scale(result.denominator))]
      : [side(over, now, scale(result.denominator)), side(over, before, -scale(comparison.denominator))],
  )
  const rows = await asked.book.store.read<{ label: string; account_id: string; amount: number; others: string }>(query)
  const items: Contribution[] = rows.map(({ label, account_id, amount }) => ({
    label,
    account_id: account_id === '' ? null : account_id,
    amount: Number(amount),
  }))
  const rest = comparison.change - items.reduce((sum, { amount }) => sum + amount, 0)
  const others = Number(rows[0]?.others ?? 0) - rows.length
  if (others > 0) items.push({ label: `${others} others`, account_id: null, amount: rest })
  return {
    compared_with: { from: comparison.period.from, until: comparison.period.until, label: periodLabel(comparison.period) },
    from: comparison.value,
    to: result.value,
    items,
  }
}

function contributionQuery(asked: SettledQuestion, sides: readonly [Side, ...Side[]]): Sql {
  const { store } = asked.scope
  const rowSet = sides[0].measure.of
  const byAccount = rowSet.placement === 'account'
  const label = byAccount ? sql`account_id` : sql`toString(${trusted(Object.values(rowSet.own)[0] ?? "'all'")})`
  const sums = sides.map(({ measure, periods, factor }) => {
    const rows = sql`SELECT ${label} AS who, toFloat64(sum(${trusted(expression(measure))})) * ${param('Float64', factor)} AS amount
      FROM (${filteredRows(scopeFor(asked.scope, measure), rowSet, measure.moment, periods)}) GROUP BY who`
    return sql`SELECT who, amount FROM ${byAccount ? store.shardLocal(rows) : sql`(${rows})`}`
  })
  const named = sql`SELECT account_id AS named_account, name FROM (${asked.book.ledger(accountLedger)})`
  return sql`
    SELECT if(name = '', who, name) AS label, ${byAccount ? sql`who` : sql`''`} AS account_id, amount, others
    FROM (${named}) AS n
    RIGHT JOIN (SELECT who, sum(amount) AS amount, count() OVER () AS others FROM (${joinSql(sums, ' UNION ALL ')})
      GROUP BY who HAVING abs(amount) > 1e-12 ORDER BY abs(amount) DESC, who LIMIT ${param('UInt16', NAMED)}) AS c
    ON c.who = n.named_account ORDER BY abs(amount) DESC, who`
}

/** What each part did to the difference from the period compared with: they add up to it. */
export function composedContributions(now: Composed, before: Composed): Contribution[] {
  const earlier = contributionsOf(before)
  return now.pieces
    .filter(({ depth }) => depth === 0)
    .map(({ metric, label, contribution }) => ({ label, account_id: null, amount: (contribution ?? 0) - (earlier[metric ?? label] ?? 0) }))
    .filter(({ amount }) => Math.abs(amount) > 1e-12)
}
