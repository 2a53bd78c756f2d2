import { param, sql, trusted } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import type { Derivation } from './ledger.ts'

/** The day that stands for "never". */
export const NEVER = trusted("toDate32('2299-12-31')")

/** The local day of a column of instants; null stays null. */
export const localDay = (from: Pick<Derivation, 'settings'>, column: string): Sql =>
  sql`toDate32(toTimeZone(${trusted(column)}, ${param('String', from.settings.time_zone)}))`
