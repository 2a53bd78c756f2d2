import { periodLabel } from '../../kernel/period.ts'
import type { Period } from '../../kernel/period.ts'
import type { Settings } from '../../kernel/settings.ts'
import { joinSql, param, sql, trusted } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { accountLedger } from '../../ledgers/account-ledger.ts'
import { answer, answerMade } from '../ask/answer.ts'
import type { MadeResult } from '../ask/answer.ts'
import type { Result } from '../ask/result.ts'
import { metricById } from '../catalogue/catalog.ts'
import { composeAt, composeResults, composedContributions, filledSum, inSixPlaces, leavesOf } from '../ask/composed.ts'
import { expression, filteredRows, scopeFor } from '../ask/measure-query.ts'
import { readHistogram } from './histogram.ts'
import { namesIn } from '../kit/made.ts'
import type { Made } from '../kit/made.ts'
import type { MetricDefinition, Parts, PlacedMeasure } from '../kit/metric.ts'
import { clipped, measurePeriods, plan } from '../ask/plan.ts'
import type { Book, Plan, Question } from '../ask/plan.ts'

/** How many contributions are named; the others are added up in one. */
const NAMED = 20

export interface Contribution {
  readonly label: string
  readonly account_id: string | null
  readonly amount: number
}

function shown(metric: MetricDefinition, result: Result): string {
  if (result.value === null) return `no value: ${(result.null_reason ?? '').replaceAll('_', ' ')}`
  if (metric.unit === 'share') return `${inSixPlaces(Math.round(result.value * 1e6) / 1e4)} %`
  return `${inSixPlaces(result.value)}${result.currency === null ? '' : ` ${result.currency}`}`
}

/** The formula with its numbers: "3,110 / 3,250 = 95.6923 %". */
function filled(metric: MetricDefinition, { formula }: Made, result: Result, settings: Settings): string {
  const setting = (name: string): string | undefined => (settings as Readonly<Record<string, string>>)[name]
  const numberOf = (name: string): string => {
    const part = result.parts[name]
    if (part === null) return 'unknown'
    return part === undefined && metric.measures[name] === undefined ? (setting(name) ?? 'unknown') : inSixPlaces(part ?? 0)
  }
  return `${formula.replace(/\{(\w+)\}/g, (_, name: string) => numberOf(name))} = ${shown(metric, result)}`
}

/** What a number is in its explanation: a side, another term of the formula, or something that stands beside it. */
function roleOf(name: string, { numerator, denominator, formula }: Made) {
  if (name === numerator) return 'numerator' as const
  if (name === denominator) return 'denominator' as const
  return namesIn(formula).includes(name) ? ('part' as const) : ('beside' as const)
}

/** How one number came about: formula with its numbers, terms, what moved it, and what others would print. */
export async function explain(book: Book, metricId: string, question: Question) {
  const metric = metricById(metricId)
  if (metric.composed !== null) return explainComposed(book, metric, question)
  const single: Question = { ...question, grain: undefined, by: [], interval: true }
  const [answered] = await answerMade(book, metric, single)
  if (answered === undefined) throw new Error(`no result for ${metricId}`)
  const { result, made } = answered
  const asked = plan(book, [metric], single)
  const unitOf = (unit: string) => ({ unit, currency: unit === 'money' ? book.settings.reporting_currency : null })
  const parts: Parts = {
    exact: {},
    tallies: {},
    number: result.parts as Record<string, number>,
    settings: book.settings,
    options: question.options ?? {},
    period: result.period,
    coveredSince: book.coverage.since,
    interval: true,
  }
  return {
    result,
    filled_formula: filled(metric, made, result, book.settings),
    terms: [
      ...Object.entries(metric.measures).map(([name, measure]) => ({
        name,
        label: measure.label,
        value: result.parts[name] ?? null,
        ...unitOf(measure.kind === 'money' ? 'money' : measure.kind === 'number' ? 'number' : 'count'),
        role: roleOf(name, made),
        opens: true,
      })),
      ...Object.entries(metric.besides).map(([name, label]) => ({
        name,
        label,
        value: result.parts[name] ?? null,
        ...unitOf('number'),
        role: roleOf(name, made),
        opens: false,
      })),
    ],
    disagreements: metric.disagreements.map(({ anchor, says, value }) => ({ anchor, says, value: result.value === null ? null : (value?.(parts) ?? null) })),
    contributions: await readContributions(asked, metric, answered),
    distribution: await readHistogram(asked, metric),
    tree: null,
  }
}

/** The same for a value made of other metrics: its terms are the parts of it, and so is what moved it. */
async function explainComposed(book: Book, metric: MetricDefinition, question: Question) {
  const single: Question = { ...question, grain: undefined, by: [] }
  const leaves = await answer(
    book,
    leavesOf(metric, book.settings).map(({ id }) => id),
    single,
  )
  const [result] = composeResults(metric, book.settings, leaves)
  if (result === undefined) throw new Error(`no result for ${metric.id}`)
  const now = composeAt(metric, book.settings, leaves, 'now')
  const currencyOf = (unit: string) => (unit === 'money' ? book.settings.reporting_currency : null)
  const { comparison, value } = result
  return {
    result,
    filled_formula: `${filledSum(now)} = ${shown({ ...metric, unit: now.unit }, result)}`,
    terms: now.pieces.map((piece, i) => ({
      name: piece.metric ?? String(i),
      label: piece.label,
      value: piece.value,
      unit: piece.unit,
      currency: currencyOf(piece.unit),
      role: 'part' as const,
      opens: false,
    })),
    disagreements: metric.disagreements.map(({ anchor, says }) => ({ anchor, says, value: null })),
    contributions:
      comparison === null || comparison.value === null || comparison.change === null || value === null
        ? null
        : {
            compared_with: comparison.period,
            from: comparison.value,
            to: value,
            items: composedContributions(now, composeAt(metric, book.settings, leaves, 'comparison')),
          },
    distribution: null,
    tree: { name: now.label, owner: now.owner, pieces: now.pieces.map((piece) => ({ ...piece, currency: currencyOf(piece.unit) })) },
  }
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
async function readContributions(asked: Plan, metric: MetricDefinition, { result, made, earlier }: MadeResult) {
  const { comparison } = result
  if (comparison === null || comparison.value === null || result.value === null || comparison.change === null) return null
  if (made.numerator !== earlier?.numerator || made.denominator !== earlier.denominator) return null
  const over = metric.measures[made.numerator ?? '']
  const ratio = isRatio(result.value, result.numerator, result.denominator) && isRatio(comparison.value, comparison.numerator, comparison.denominator)
  const isTotal = made.denominator === null && over?.kind !== 'tally' && result.value === result.numerator && comparison.value === comparison.numerator
  if (over === undefined || (!isTotal && !ratio)) return null
  const [now, before] = [result.period, comparison.period].map((piece) => clipped(asked, piece))
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

function contributionQuery(asked: Plan, sides: readonly [Side, ...Side[]]): Sql {
  const { store } = asked.scope
  const rowSet = sides[0].measure.of
  const byAccount = rowSet.placement === 'account'
  const label = byAccount ? sql`account_id` : sql`toString(${trusted(Object.values(rowSet.own)[0] ?? "'all'")})`
  const sums = sides.map(({ measure, periods, factor }) => {
    const rows = sql`SELECT ${label} AS who, toFloat64(sum(${trusted(expression(measure))})) * ${param('Float64', factor)} AS amount FROM (${filteredRows(scopeFor(asked.scope, measure), rowSet, measure.moment, periods)}) GROUP BY who`
    return sql`SELECT who, amount FROM ${byAccount ? store.shardLocal(rows) : sql`(${rows})`}`
  })
  const named = sql`SELECT account_id AS named_account, name FROM (${asked.book.ledger(accountLedger)})`
  return sql`
    SELECT if(name = '', who, name) AS label, ${byAccount ? sql`who` : sql`''`} AS account_id, amount, others
    FROM (SELECT who, sum(amount) AS amount, count() OVER () AS others FROM (${joinSql(sums, ' UNION ALL ')}) GROUP BY who HAVING abs(amount) > 1e-12 ORDER BY abs(amount) DESC, who LIMIT ${param('UInt16', NAMED)}) AS c
    LEFT JOIN (${named}) AS n ON n.named_account = c.who ORDER BY abs(amount) DESC, who`
}
