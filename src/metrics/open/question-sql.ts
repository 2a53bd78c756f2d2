import { JOINS_AS_WRITTEN } from '../../facts/store.ts'
import { refuse } from '../../kernel/errors.ts'
import { inlineSql } from '../../kernel/inline-sql.ts'
import { identifier, param, sql, trusted } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { clipped, settleQuestion } from '../ask/settle-question.ts'
import { toldOf, valueQueries, valueSql } from '../ask/value-query.ts'
import type { Placed } from '../ask/value-query.ts'
import { leavesOf } from '../catalogue/leaves.ts'
import type { Book } from '../kit/book.ts'
import type { MetricDefinition } from '../kit/metric.ts'
import type { Question } from '../kit/question.ts'
import { columnName } from './row-table.ts'

const SETTINGS = `SETTINGS ${Object.entries(JOINS_AS_WRITTEN)
  .map(([name, value]) => `${name} = '${value}'`)
  .join(', ')}`

/** The query of a metric that has rows. */
export interface Statement {
  readonly metric: string
  readonly name: string
  /** Runs as it stands in the database of the fact store. */
  readonly sql: string
  /** The value is computed of the sums that the query gives; otherwise it stands among them. */
  readonly computed: boolean
}

/** The SQL of a question, laid out by the engine: of a metric that is made of others one query for each of these. */
export async function readQuestionSql(book: Book, metricId: string, question: Question): Promise<Statement[]> {
  const found: Statement[] = []
  for (const metric of leavesOf(book.catalogue.byId(metricId), book.catalogue)) {
    const { query, computed } = questionSql(book, metric, question)
    const [laid] = await book.store.read<{ text: string }>(sql`SELECT formatQuery(${param('String', inlineSql(query))}) AS text`)
    found.push({ metric: metric.id, name: metric.name, sql: `${laid?.text ?? ''}\n${SETTINGS}`, computed })
  }
  return found
}

function questionSql(book: Book, metric: MetricDefinition, question: Question): { query: Sql; computed: boolean } {
  const asked = settleQuestion(book, [metric], { ...question, compare: undefined })
  const periods = asked.periods.map((period) => clipped(asked, period)).filter((period) => period !== null)
  if (periods.length === 0) throw refuse('not_begun', 'The period has not begun.', 'Ask for one that has.')
  const [query] = valueQueries([{ metric, scope: asked.scope, periods }], book)
  if (query === undefined) throw new Error(`${metric.id} has no query`)
  const froms = param(
    'Array(Date32)',
    periods.map(({ from }) => from),
  )
  const heads = [
    ...(periods.length > 1 ? [sql`${froms}[asked + 1] AS ${identifier('from')}`] : []),
    ...asked.scope.by.map((dimension, i) => sql`${identifier(`g${i}`)} AS ${columnName(dimension)}`),
  ]
  return { query: valueSql(query, (value) => shown(value, book), heads), computed: query.values[0]?.form.kind === 'computed' }
}

/** The value, why there is none, and the sums it is made of by the names of their measures. */
function shown(value: Placed, book: Book): Sql[] {
  const sums = [...value.columns].map(([name, { id }]) => sql`${identifier(id)} AS ${identifier(name === 'value' ? 'value_sum' : name)}`)
  const told = toldOf(value, book)
  if (told === null) return sums
  const reasons = trusted(`['', ${told.reasons.map((reason) => `'${reason}'`).join(', ')}]`)
  return [sql`${told.value} AS value`, sql`${reasons}[${told.reason} + 1] AS null_reason`, ...sums]
}
