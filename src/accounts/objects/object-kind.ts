import type { Day } from '../../kernel/period.ts'
import type { Sql } from '../../kernel/sql.ts'
import type { Book } from '../../metrics/kit/book.ts'
import type { RowColumn } from '../../metrics/open/row-table.ts'

/** A kind of thing that accounts have many of, listed across accounts. */
export interface ObjectKind {
  readonly id: string
  readonly name: string
  /** What stands in a row, beside the account and its owner. */
  readonly columns: readonly RowColumn[]
  /** States by which it can be narrowed, the first of them the usual one; each a condition over the columns. */
  readonly states: Readonly<Record<string, { readonly name: string; readonly where: Sql }>>
  /** The order in which they are read. */
  readonly order: Sql
  /** Rows of the node's own shard: account_id and the columns, as they stand on a day. */
  rows(book: Book, day: Day): Sql
}

export const defineObject = (kind: ObjectKind): ObjectKind => kind
