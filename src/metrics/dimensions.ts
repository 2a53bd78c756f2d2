import { refuse } from '../kernel/errors.ts'
import { composed, plainId } from '../kernel/ids.ts'
import { param, sql, trusted } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import { accountDimensionLedger } from '../ledgers/account-dimension-ledger.ts'
import { measuresOfValue } from './metric.ts'
import type { MetricDefinition } from './metric.ts'
import { SLICES, froms, untils } from './row-set.ts'
import type { Frame, RowSet, Slice } from './row-set.ts'

export const NONE = '(none)'

export const isSlice = (dimension: string): dimension is Slice => (SLICES as readonly string[]).includes(dimension)

const DIMENSION_NAME = /^[A-Za-z_][A-Za-z0-9_ .-]{0,63}$/

/** A filter as it is written: "segment=SMB". */
export interface Filter {
  readonly dimension: string
  readonly values: readonly string[]
}

/** A value as it was written, and as imports store texts and ids. */
const spellings = (value: string): string[] => [...new Set([value, composed(value), plainId(value)])]

export function parseFilters(where: readonly string[]): Filter[] {
  const found = new Map<string, string[]>()
  for (const text of where) {
    const at = text.indexOf('=')
    if (at <= 0) throw refuse('bad_filter', `"${text}" is not a filter.`, 'Write DIMENSION=VALUE, for example segment=SMB.')
    const dimension = text.slice(0, at)
    found.set(dimension, [...(found.get(dimension) ?? []), ...spellings(text.slice(at + 1))])
  }
  return [...found].map(([dimension, values]) => ({ dimension, values }))
}

/** Whether the rows of a row set can be told apart by a dimension. */
export const carries = (rows: RowSet, dimension: string): boolean =>
  rows.own[dimension] !== undefined || (isSlice(dimension) ? rows.slices.includes(dimension) : rows.placement === 'account')

export function checkDimension(metric: MetricDefinition, dimension: string): void {
  if (!DIMENSION_NAME.test(dimension)) throw refuse('unknown_dimension', `"${dimension}" is not a dimension.`, 'List the dimensions to see their names.')
  const blind = measuresOfValue(metric).find((measure) => !carries(measure.of, dimension))
  if (blind === undefined) return
  throw refuse(
    'dimension_not_supported',
    `${metric.name} cannot be broken down or filtered by ${dimension}: "${blind.label}" is not known by ${dimension}.`,
    isSlice(dimension) ? 'Use a dimension of the account, such as segment or csm.' : 'Ask without this dimension.',
  )
}

/** A subquery that gives each account the values a dimension ever had, oldest first. */
const history = (frame: Frame, dimension: string): Sql => sql`
  SELECT account_id AS known_account, arrayMap(x -> x.1, known) AS known_days, arrayMap(x -> toString(x.2), known) AS known_values
  FROM (SELECT account_id, arraySort(groupArray((day, value))) AS known FROM (${frame.ledger(accountDimensionLedger)})
    WHERE dimension = ${param('String', dimension)} GROUP BY account_id)`

/**
 * The rows with one text column `d<i>` per dimension. An account's dimension is its value when the period opened or,
 * where it had none, the first it got in the period (METRICS.md C22), so a movement stays in the segment it opened in.
 */
export function withDimensions(frame: Frame, rows: RowSet, dimensions: readonly string[]): Sql {
  const named = (text: Sql): Sql => sql`if(${text} = '', ${param('String', NONE)}, ${text})`
  let source = sql`(${rows.rows(frame)}) AS r0`
  const columns: Sql[] = []
  dimensions.forEach((dimension, i) => {
    const own = rows.own[dimension]
    if (own !== undefined) columns.push(sql`${named(sql`toString(${trusted(own)})`)} AS d${trusted(String(i))}`)
    else if (isSlice(dimension)) columns.push(sql`${named(sql`toString(${trusted(dimension)})`)} AS d${trusted(String(i))}`)
    else if (dimension === 'account') columns.push(sql`account_id AS d${trusted(String(i))}`)
    else {
      const at = trusted(`h${i}`)
      source = sql`${source} LEFT JOIN (${history(frame, dimension)}) AS ${at} ON ${at}.known_account = r0.account_id`
      columns.push(
        sql`${named(sql`${at}.known_values[if(${at}.known_days[1] < ${untils(frame)}[r0.period + 1], greatest(1, arrayCount(x -> x < ${froms(frame)}[r0.period + 1], ${at}.known_days)), length(${at}.known_days) + 1)]`)} AS d${trusted(String(i))}`,
      )
    }
  })
  if (columns.length === 0) return sql`SELECT r0.* FROM ${source}`
  return sql`SELECT r0.*, ${columns.reduce((a, b) => sql`${a}, ${b}`)} FROM ${source}`
}
