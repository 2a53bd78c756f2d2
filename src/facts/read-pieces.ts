import { identifier, joinSql, param, sql } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import type { FactStore } from './store.ts'

/** So many rows of an answer, column by column. */
export type Piece<Cell> = Readonly<Record<string, readonly Cell[]>>

/** Rows of a piece: enough that it is parsed at once, few enough that its text stays small. */
const PIECE = 1024

/**
 * The rows of a query in pieces, which the store lays out as columns: a row by itself costs several times what its cells do.
 * `columns` are selected from `t`, the rows of the query; none of them may be null, since a list would leave it out.
 */
export async function* readPieces<Cell>(store: FactStore, rows: Sql, columns: Readonly<Record<string, Sql>>): AsyncIterable<Piece<Cell>> {
  const names = Object.keys(columns)
  const lists = Object.entries(columns).map(([name, of]) => sql`groupArray(${of}) AS ${identifier(name)}`)
  const pieces = sql`SELECT ${joinSql(lists, ', ')} FROM (${rows}) AS t GROUP BY intDiv(rowNumberInAllBlocks(), ${param('UInt32', PIECE)})`
  for await (const chunk of store.readChunks<Piece<Cell>>(pieces))
    for (const piece of chunk) {
      const ragged = names.find((name) => piece[name]?.length !== piece[names[0] ?? '']?.length)
      if (ragged !== undefined) throw new Error(`${ragged} is missing in some rows`)
      yield piece
    }
}
