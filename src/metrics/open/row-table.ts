import { identifier, joinSql, param, sql, trusted } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import type { ColumnKind } from '../kit/row-set.ts'

export interface RowColumn {
  readonly id: string
  readonly name: string
  readonly type: ColumnKind
}
export type Cell = string | number | boolean | null

/** A whole table that leaves the product: rows of a query in the fact store, read as they are sent, or the few that were computed here. */
export type RowTable = { readonly columns: readonly RowColumn[] } & (
  | { readonly query: Sql; readonly order: Sql }
  | { readonly cells: readonly (readonly Cell[])[] }
)

/** How each kind of column is stored in a file that keeps types; money exactly. */
const TYPES: Readonly<Record<RowColumn['type'], string>> = {
  text: 'Nullable(String)',
  money: 'Nullable(Decimal(38, 6))',
  number: 'Nullable(Float64)',
  day: 'Nullable(Date32)',
  boolean: 'Nullable(Bool)',
}

/** A dimension may be named as a person likes, so its name is quoted, not checked. */
export const columnName = (id: string): Sql => trusted(`\`${id.replaceAll(/[\\`]/g, '\\$&')}\``)

const cast = (value: Sql, { id, type }: RowColumn): Sql => sql`CAST(${value} AS ${trusted(TYPES[type])}) AS ${columnName(id)}`

/** One query whose rows are the table, each column of its declared type. */
export function tableQuery(table: RowTable): Sql {
  if ('query' in table) {
    const columns = table.columns.map((column) => cast(sql`r.${identifier(column.id)}`, column))
    return sql`SELECT ${joinSql(columns, ', ')} FROM (${table.query}) AS r ORDER BY ${table.order}`
  }
  const texts = table.columns.map((_, i) =>
    param(
      'Array(Nullable(String))',
      table.cells.map((row) => textOf(row[i] ?? null)),
    ),
  )
  const names = table.columns.map((_, i) => identifier(`c${i}`))
  const columns = table.columns.map((column, i) => cast(names[i] ?? sql``, column))
  const arrays = texts.map((text, i) => sql`${text} AS ${names[i] ?? sql``}`)
  return sql`SELECT ${joinSql(columns, ', ')} FROM (SELECT 1) ARRAY JOIN ${joinSql(arrays, ', ')}`
}

const textOf = (cell: Cell): string | null => (cell === null ? null : String(cell))
