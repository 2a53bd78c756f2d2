import { identifier, joinSql, sql, trusted } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import type { Period } from '../../kernel/period.ts'
import type { NullReason } from '../../kernel/words/reasons.ts'
import type { Book } from '../kit/book.ts'
import { measuresOfValue } from '../kit/metric.ts'
import type { MetricDefinition, PlacedMeasure } from '../kit/metric.ts'
import { formOf } from '../kit/value.ts'
import type { Form } from '../kit/value.ts'
import { measurePeriods } from './settle-question.ts'
import { momentFor, rowsFor, scopeFor } from './scope.ts'
import type { Scope } from './scope.ts'
import { addedUp, gapsOf, groupNames, hasGaps, measureKey, nothingOf, sumsOf } from './sums.ts'
import type { Scan, SumColumn } from './sums.ts'
import { arithmeticSql, measuresNamed, reasonSql, reasonsOf } from './value-sql.ts'
import type { SumsAt } from './value-sql.ts'

/** A metric in the periods that are asked for, each as far as it has happened. */
export interface WantedValue {
  readonly metric: MetricDefinition
  readonly scope: Scope
  readonly periods: readonly Period[]
}

/** A wanted value with the columns of its measures, by their names. */
export interface Placed extends WantedValue {
  /** Its place among the wanted ones. */
  readonly place: number
  readonly form: Form
  readonly columns: ReadonlyMap<string, SumColumn>
}

/** Values whose row sets are scanned together: they share at least one with another. */
export interface ValueQuery {
  readonly values: readonly Placed[]
  readonly scans: readonly Scan[]
}

/** The measures that a value needs: those that it names, or all where it is computed. What none of the dimensions divides is known once for all groups. */
function measuresNeeded({ metric, scope }: WantedValue, form: Form): [string, PlacedMeasure][] {
  const names = form.kind === 'computed' ? null : measuresNamed(form)
  const needed = new Set(measuresOfValue(metric))
  return Object.entries(metric.measures).filter(
    ([name, measure]) =>
      needed.has(measure) &&
      (names === null || names.includes(name)) &&
      (names !== null || scopeFor(scope, measure).by.length === scope.by.length || scope.by.length === 0),
  )
}

/** Scans with what they have come to hold so far. */
interface Growing extends Scan {
  readonly periods: Period[]
  readonly columns: SumColumn[]
  readonly keys: Map<string, SumColumn>
}

const keyOf = (scope: Scope, measure: PlacedMeasure): string =>
  JSON.stringify([
    rowsFor(scope, measure).id,
    momentFor(scope, measure),
    scopeFor(scope, measure).by,
    scopeFor(scope, measure).filters,
    scope.settle(measure.of.options),
  ])

function placeAmong(periods: Period[], { from, until }: Period): number {
  const found = periods.findIndex((one) => one.from === from && one.until === until)
  return found === -1 ? periods.push({ from, until }) - 1 : found
}

/** Groups wanted values by the row sets that they share, each row set being scanned once for all of them. */
export function valueQueries(wanted: readonly WantedValue[], book: Book): ValueQuery[] {
  const scans = new Map<string, Growing>()
  const columnOf = (scope: Scope, measure: PlacedMeasure, periods: readonly Period[]): { key: string; column: SumColumn } => {
    const key = keyOf(scope, measure)
    const scan: Growing = scans.get(key) ?? {
      scope: scopeFor(scope, measure),
      rows: rowsFor(scope, measure),
      moment: momentFor(scope, measure),
      periods: [],
      columns: [],
      keys: new Map(),
    }
    scans.set(key, scan)
    const places = periods.map((period) => measurePeriods(measure, period, book.settings).map((one) => placeAmong(scan.periods, one)))
    const columnKey = JSON.stringify([measureKey(measure), places])
    const column = scan.keys.get(columnKey) ?? { id: `s${[...scans.keys()].indexOf(key)}_${scan.columns.length}`, measure, places }
    if (!scan.keys.has(columnKey)) scan.columns.push(column)
    scan.keys.set(columnKey, column)
    return { key, column }
  }
  const groups: { keys: Set<string>; values: Placed[] }[] = []
  for (const [place, one] of wanted.entries()) {
    const form = formOf(one.metric.value, one.scope.settle(one.metric.options))
    const found = measuresNeeded(one, form).map(([name, measure]) => ({ name, ...columnOf(one.scope, measure, one.periods) }))
    const placed: Placed = { ...one, place, form, columns: new Map(found.map(({ name, column }) => [name, column])) }
    const keys = new Set(found.map(({ key }) => key))
    const joined = groups.filter((group) => [...group.keys].some((key) => keys.has(key)))
    for (const group of joined) groups.splice(groups.indexOf(group), 1)
    groups.push({ keys: new Set([...joined.flatMap((group) => [...group.keys]), ...keys]), values: [...joined.flatMap(({ values }) => values), placed] })
  }
  return groups.map(({ keys, values }) => ({ values, scans: [...keys].flatMap((key) => scans.get(key) ?? []) }))
}

/** All scans as one table: a row for each period asked for and group. */
function tableOf({ scans }: ValueQuery, scope: Scope, asked: number, local: boolean): Sql {
  const columns = scans.flatMap((scan) => scan.columns)
  const names = groupNames(asked, scope.by.length)
  const [only] = scans
  if (scans.length === 1 && only !== undefined) return sumsOf(only, local)
  const isWhole = (scan: Scan): boolean => scan.scope.by.length < scope.by.length
  const branches = scans.map((scan) => {
    const kept = scope.by.map((dimension) => scan.scope.by.indexOf(dimension))
    const groups = [
      ...(asked > 1 ? [sql`asked`] : []),
      ...kept.map((at, i) => (at === -1 ? sql`'' AS g${trusted(String(i))}` : sql`g${trusted(String(at))} AS g${trusted(String(i))}`)),
    ]
    const sums = columns.flatMap((column) =>
      scan.columns.includes(column) ? [identifier(column.id), ...(hasGaps(column) ? [gapsOf(column)] : [])] : nothingOf(column),
    )
    return sql`SELECT ${joinSql([...groups, sql`${trusted(isWhole(scan) ? '1' : '0')} AS undivided`, ...sums], ', ')} FROM (${sumsOf(scan, local)})`
  })
  const united = sql`(${joinSql(branches, '\n    UNION ALL ')})`
  const undivided = scans.filter(isWhole)
  if (undivided.length === 0) return addedUp(united, names, columns)
  // What a dimension does not divide stands beside each of its values: it is spread over the groups that differ in it alone.
  const spread = undivided.flatMap((scan) => {
    const within = [...(asked > 1 ? [sql`asked`] : []), ...scan.scope.by.map((dimension) => sql`g${trusted(String(scope.by.indexOf(dimension)))}`)]
    const over = sql`OVER (${within.length === 0 ? sql`` : sql`PARTITION BY ${joinSql(within, ', ')}`})`
    return scan.columns.flatMap((column) =>
      [identifier(column.id), ...(hasGaps(column) ? [gapsOf(column)] : [])].map((id) => sql`sum(a.${id}) ${over} AS ${id}`),
    )
  })
  const own = scans
    .filter((scan) => !isWhole(scan))
    .flatMap((scan) => scan.columns.flatMap((column) => [identifier(column.id), ...(hasGaps(column) ? [gapsOf(column)] : [])]))
  return sql`
    SELECT * FROM (
      SELECT ${joinSql([...names, sql`undivided`, ...own, ...spread], ', ')}
      FROM (${addedUp(united, [...names, identifier('undivided')], columns)}) AS a)
    WHERE NOT undivided`
}

const sumsAt = ({ columns }: Placed): SumsAt => {
  const of = (measure: string): SumColumn => {
    const column = columns.get(measure)
    if (column === undefined) throw new Error(`no column of ${measure}`)
    return column
  }
  return { sum: (measure) => identifier(of(measure).id), gaps: (measure) => (hasGaps(of(measure)) ? gapsOf(of(measure)) : null) }
}

/** The value, null where it has none, and the place of the reason among those named, 0 where it has one; null of what is computed. */
export function toldOf(placed: Placed, book: Book): { readonly value: Sql; readonly reason: Sql; readonly reasons: readonly NullReason[] } | null {
  const { form, periods } = placed
  if (form.kind === 'computed') return null
  const reason = reasonSql(form, sumsAt(placed), periods, book)
  return { reason, value: sql`if((${reason}) = 0, toNullable(${arithmeticSql(form, sumsAt(placed))}), NULL)`, reasons: reasonsOf(form) }
}

/** What is selected of a wanted value. */
type Shown = (value: Placed) => readonly Sql[]

/** The value at place i as `v<i>` and its reason as `r<i>`, a place among `reasonsOf`; of a computed one its sums. */
export const valueColumns =
  (book: Book): Shown =>
  (placed) => {
    const told = toldOf(placed, book)
    const sums = [...placed.columns.values()]
    if (told === null) return sums.flatMap((column) => [identifier(column.id), ...(hasGaps(column) ? [gapsOf(column)] : [])])
    return [sql`${told.reason} AS ${identifier(`r${placed.place}`)}`, sql`${told.value} AS ${identifier(`v${placed.place}`)}`]
  }

/** The query of values that share row sets, grouped by the dimensions of their scope, which `heads` may name otherwise. */
export function valueSql(query: ValueQuery, show: Shown, heads?: readonly Sql[]): Sql {
  const [first] = query.values
  if (first === undefined) throw new Error('a query of no values')
  const { scope, periods } = first
  const asked = periods.length
  // Accounts lie whole on one shard: what is grouped by them is settled there.
  const local = scope.store.shards > 1 && scope.by.includes('account') && query.scans.every(({ rows }) => rows.placement === 'account')
  const selected = [...(heads ?? groupNames(asked, scope.by.length)), ...query.values.flatMap(show)]
  const whole = sql`
  SELECT ${joinSql([...new Map(selected.map((one) => [JSON.stringify(one.parts), one])).values()], ',\n    ')}
  FROM (${tableOf(query, scope, asked, local)})`
  return local ? sql`SELECT * FROM ${scope.store.shardLocal(whole)}` : whole
}
