import { refuse } from '../../kernel/errors.ts'
import type { BinnacleError } from '../../kernel/errors.ts'
import { composed, plainId } from '../../kernel/ids.ts'
import { param, sql, trusted } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { measuresOfValue } from '../kit/metric.ts'
import type { Measure, MetricDefinition, PlacedMeasure } from '../kit/metric.ts'
import { valueIn, valuesEver } from '../kit/account-attributes.ts'
import { FINE_DIMENSIONS } from '../kit/row-set.ts'
import type { Frame, RowSet, FineDimension } from '../kit/row-set.ts'

export const NONE = '(none)'

export const isFine = (dimension: string): dimension is FineDimension => (FINE_DIMENSIONS as readonly string[]).includes(dimension)

/** Whatever a file may call a column. */
const DIMENSION_NAME = /^[^\p{C}=]{1,64}$/u

/** A filter, written "segment=SMB". */
export interface Filter {
  readonly dimension: string
  readonly values: readonly string[]
}

/** The spellings under which a value may be stored: as the question writes it, and as imports store texts and ids. */
export const spellings = (value: string): string[] => [...new Set([value, composed(value), plainId(value)])]

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
  rows.own[dimension] !== undefined || (isFine(dimension) ? rows.fine.includes(dimension) : rows.placement === 'account')

/** Dimensions of whoever owns an account, which rows about a CSM carry themselves. */
const OF_OWNERS = ['csm', 'team']

/**
 * The first measure that is not known by a dimension, if any. What some rows say themselves is not what accounts are like,
 * though it may bear the same name. `attributes`: those that accounts have, where that is known.
 */
function blindMeasure(metric: MetricDefinition, dimension: string, attributes?: readonly string[]): PlacedMeasure | undefined {
  const measures = measuresOfValue(metric).filter(({ undividedBy = [] }) => !undividedBy.includes(dimension))
  const ofRows = measures.some(({ of }) => of.own[dimension] !== undefined) && !OF_OWNERS.includes(dimension)
  const isBlind = ({ of }: Measure): boolean => !carries(of, dimension) || (isAttribute(of, dimension) && (ofRows || attributes?.includes(dimension) === false))
  return measures.length === 0 ? measuresOfValue(metric)[0] : measures.find(isBlind)
}

/** Whether a metric can be broken down and filtered by a dimension. */
export const divides = (metric: MetricDefinition, dimension: string): boolean => blindMeasure(metric, dimension) === undefined

/** Why a metric cannot be divided by a dimension; null where it can. */
export function refusalOf(metric: MetricDefinition, dimension: string, attributes?: readonly string[]): BinnacleError | null {
  if (!DIMENSION_NAME.test(dimension)) return refuse('unknown_dimension', `"${dimension}" is not a dimension.`, 'List the dimensions to see their names.')
  const blind = blindMeasure(metric, dimension, attributes)
  if (blind === undefined) return null
  return refuse(
    'dimension_not_supported',
    `${metric.name} cannot be broken down or filtered by ${dimension}: "${blind.label}" is not known by ${dimension}.`,
    isFine(dimension) ? 'Use a dimension of the account, such as segment or csm.' : 'Ask without this dimension.',
  )
}

export function checkDimension(metric: MetricDefinition, dimension: string): void {
  const refusal = refusalOf(metric, dimension)
  if (refusal !== null) throw refusal
}

/** Whether a dimension of the rows is an attribute of their account, which has a history. */
export const isAttribute = (rows: RowSet, dimension: string): boolean => rows.own[dimension] === undefined && !isFine(dimension) && dimension !== 'account'

/** The rows with one text column `d<i>` per dimension; attributes of the account are those of the frame's moment. */
export function withDimensions(frame: Frame, rows: RowSet, dimensions: readonly string[]): Sql {
  const named = (text: Sql): Sql => sql`if(${text} = '', ${param('String', NONE)}, ${text})`
  let source = sql`(${rows.rows(frame)}) AS r0`
  const columns: Sql[] = []
  dimensions.forEach((dimension, i) => {
    const own = rows.own[dimension]
    if (own !== undefined) columns.push(sql`${named(sql`toString(${trusted(own)})`)} AS d${trusted(String(i))}`)
    else if (isFine(dimension)) columns.push(sql`${named(sql`toString(${trusted(dimension)})`)} AS d${trusted(String(i))}`)
    else if (dimension === 'account') columns.push(sql`account_id AS d${trusted(String(i))}`)
    else {
      const at = trusted(`h${i}`)
      source = sql`${source} LEFT JOIN (${valuesEver(frame, dimension, at)}) AS ${at} ON ${at}_account = r0.account_id`
      columns.push(sql`${named(valueIn(frame, at))} AS d${trusted(String(i))}`)
    }
  })
  if (columns.length === 0) return sql`SELECT r0.* FROM ${source}`
  return sql`SELECT r0.*, ${columns.reduce((a, b) => sql`${a}, ${b}`)} FROM ${source}`
}
