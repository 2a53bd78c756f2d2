import { param, sql } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { accountDimensionLedger } from '../../ledgers/account-dimension-ledger.ts'
import { csmCapacityLedger } from '../../ledgers/csm-capacity-ledger.ts'
import { elementsOf } from '../../ledgers/tuple.ts'
import { froms, untils } from './row-set.ts'
import type { Frame } from './row-set.ts'

/** A value with the day from which it is known. */
const since = elementsOf('since', ['day', 'value'])

/** Each account with the values an attribute ever had, oldest first: columns NAME_account, NAME_days, NAME_values. */
export const valuesEver = (frame: Frame, attribute: string, name: Sql): Sql => sql`
  SELECT account_id AS ${name}_account, arrayMap(since -> ${since.day}, known) AS ${name}_days,
    arrayMap(since -> toString(${since.value}), known) AS ${name}_values
  FROM (SELECT account_id, arraySort(groupArray((day, value))) AS known FROM (${frame.ledger(accountDimensionLedger)})
    WHERE dimension = ${param('String', attribute)} GROUP BY account_id)`

/**
 * The value that counts in the period of a row at the moment of the frame, from days and values in order. At the close it is the one
 * in force just before; at the opening that of then or, where there was none, the first of the period, so that a movement
 * stays where it opened. Empty for none.
 */
export function valueAt(frame: Frame, days: Sql, values: Sql, period: Sql = sql`period`): Sql {
  const [from, until] = [sql`${froms(frame)}[${period} + 1]`, sql`${untils(frame)}[${period} + 1]`]
  if (frame.moment === 'close') return sql`${values}[if(${days}[1] < ${until}, arrayCount(x -> x < ${until}, ${days}), length(${days}) + 1)]`
  return sql`${values}[if(${days}[1] < ${until}, greatest(1, arrayCount(x -> x < ${from}, ${days})), length(${days}) + 1)]`
}

/** The same from a join of `valuesEver`. */
export const valueIn = (frame: Frame, name: Sql): Sql => valueAt(frame, sql`${name}_days`, sql`${name}_values`)

/** Rows that name a CSM in the column `csm`, with the CSM's team in their period as `team`. */
export const withTeam = (frame: Frame, rows: Sql): Sql => sql`
  SELECT o.*, ${valueAt(frame, sql`team_days`, sql`team_values`, sql`o.period`)} AS team
  FROM (${rows}) AS o
  LEFT JOIN (
    SELECT csm_id AS team_csm, arrayMap(since -> ${since.day}, known) AS team_days, arrayMap(since -> ${since.value}, known) AS team_values
    FROM (SELECT csm_id, arraySort(groupArray((day, toString(team)))) AS known FROM (${frame.ledger(csmCapacityLedger)}) GROUP BY csm_id)
  ) AS teams ON team_csm = o.csm`
