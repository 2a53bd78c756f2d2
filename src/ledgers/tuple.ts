import { trusted } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'

/** The elements of a tuple by name: ClickHouse only numbers them. The names stand in the order in which the tuple is made. */
export const elementsOf = <Name extends string>(tuple: string, names: readonly Name[]): Readonly<Record<Name, Sql>> =>
  Object.fromEntries(names.map((name, i) => [name, trusted(`${tuple}.${i + 1}`)])) as Record<Name, Sql>
