import type { Day } from '../../kernel/period.ts'
import { emptySql, identifier, param, sql } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import type { Book } from '../../metrics/kit/book.ts'

/** What raw values are read from, for which day, and of whom. */
export interface StandingFrame {
  readonly book: Book
  /** Today, or a day before it. */
  readonly day: Day
  /** The day of the knowledge by which it is read: today. */
  readonly known_by: Day
  /** Nothing recorded after this instant is read. */
  readonly until: string
  /** Some accounts alone; all where it is null. */
  readonly only: Some | null
}

/** Some accounts that count, and with them all that are counted as one of them. */
export interface Some {
  readonly accounts: readonly string[]
  readonly with_merged: readonly string[]
}

/** The rest of a condition: rows of the accounts that are wanted. `raw`: rows name accounts as their sources do. */
export const ofWanted = ({ only }: Pick<StandingFrame, 'only'>, accounts: 'counted' | 'raw' = 'counted'): Sql =>
  only === null ? emptySql : sql` AND account_id IN ${param('Array(String)', accounts === 'raw' ? only.with_merged : only.accounts)}`

export const dayParam = (day: Day): Sql => param('Date32', day)

/** Columns of an answer as they are. */
export const plain = (...names: readonly string[]): Record<string, Sql> => Object.fromEntries(names.map((name) => [name, sql`t.${identifier(name)}`]))
/** Days as text, the empty text for none. */
export const days = (...names: readonly string[]): Record<string, Sql> =>
  Object.fromEntries(names.map((name) => [name, sql`ifNull(toString(t.${identifier(name)}), '')`]))
/** Numbers, -1 for none. */
export const numbersOrNone = (...names: readonly string[]): Record<string, Sql> =>
  Object.fromEntries(names.map((name) => [name, sql`ifNull(t.${identifier(name)}, -1)`]))

export type Cell = string | number | undefined
export const dayOrNull = (cell: Cell): Day | null => (cell === undefined || cell === '' ? null : String(cell))
export const numberOrNull = (cell: Cell): number | null => (cell === undefined || Number(cell) === -1 ? null : Number(cell))
