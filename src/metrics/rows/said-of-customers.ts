import { invoice } from '../../facts/invoice.ts'
import { usageEvent } from '../../facts/usage-event.ts'
import { addDays } from '../../kernel/period.ts'
import type { Day } from '../../kernel/period.ts'
import { identifier, joinSql, param, sql, table } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { IS_LIVED, IS_TOLD, SNAPSHOTS, saidOnce } from '../../ledgers/health-said.ts'
import { subscriptionVersion } from '../../facts/subscription-version.ts'
import type { Flag } from '../../kernel/words/flags.ts'
import type { Measure } from '../kit/metric.ts'
import type { Parts } from '../kit/value.ts'
import { days, defineRowSet } from '../kit/row-set.ts'
import type { Frame, RowSet } from '../kit/row-set.ts'

/** A close that is longer ago than this says nothing of the end of a period. */
const OLDEST = 7

const lastDays = ({ periods }: Frame): Day[] => periods.map(({ until }) => addDays(until, -1))
const edge = (day: Day | undefined): Sql => param('Date32', day ?? '1900-01-01')

/** The last day of the latest period. */
export const latest = (frame: Frame): Sql => edge(lastDays(frame).sort().at(-1))

/** Days of which something was said, beside each period that they lie in or before: period, is_lived, day and the last day of the period. */
export const toldDays = (frame: Frame, where: Sql): Sql => sql`
  SELECT toInt32(place) AS period, is_lived, day, ${days(lastDays(frame))}[place + 1] AS last_day
  FROM ${frame.everyShard(sql`SELECT DISTINCT ${IS_LIVED} AS is_lived, day FROM ${table(SNAPSHOTS)} WHERE ${IS_TOLD} AND ${where} AND day <= ${latest(frame)}`)}
  ARRAY JOIN range(toUInt32(${param('UInt16', frame.periods.length)})) AS place
  WHERE day <= last_day`

/** The close that tells of the end of each period: the last one that was lived, else the last one replayed. */
export const closes = (frame: Frame): Sql => sql`
  SELECT period, tupleElement(close, 1) AS is_lived, tupleElement(close, 2) AS day
  FROM (SELECT period, max((is_lived, day)) AS close
    FROM (${toldDays(frame, sql`day >= addDays(${edge(lastDays(frame).sort()[0])}, -${param('UInt16', OLDEST)})`)})
    WHERE day >= addDays(last_day, -${param('UInt16', OLDEST)}) GROUP BY period)`

/** What was said at the close that tells of each period, by account. */
export const saidAtClose = (frame: Frame, columns: readonly string[]): Sql => sql`
  SELECT c.period AS period, s.account_id AS account_id, s.day AS day, s.is_lived AS is_lived,
    ${joinSql(
      columns.map((column) => sql`s.${identifier(column)} AS ${identifier(column)}`),
      ', ',
    )}
  FROM (${saidOnce(columns, sql`(${IS_LIVED}, day) IN (SELECT is_lived, day FROM (${closes(frame)}))`)}) AS s
  INNER JOIN (${closes(frame)}) AS c ON c.day = s.day AND c.is_lived = s.is_lived`

/** SQL: a number as an exact decimal, so that sums are the same in whatever order rows are read. */
export const sixDecimals = (number: Sql): Sql => sql`toDecimal128(toString(round(${number}, 6)), 6)`

export const NEEDS_CUSTOMERS: RowSet['needs'] = [[subscriptionVersion]]
/** Support and feedback alone are less than half of the usual model. */
export const NEEDS_SCORES: RowSet['needs'] = [...NEEDS_CUSTOMERS, [usageEvent, invoice]]

export const saidOfCustomers = defineRowSet({
  id: 'said_of_customers',
  says: 'One row per customer of whom something was said at the last close at or before the end of the period, no more than seven days before it.',
  columns: {
    day: { name: 'Said at the close of', kind: 'day' },
    score: { name: 'Health', kind: 'number' },
    band: { name: 'Band', kind: 'text' },
    coverage: { name: 'Share known', kind: 'number' },
    arr: { name: 'ARR', kind: 'money' },
    model: { name: 'Model', kind: 'text' },
    is_lived: { name: 'Said on its day', kind: 'boolean' },
  },
  own: { band: 'band' },
  needs: NEEDS_SCORES,
  rows: (frame) => sql`
    SELECT period, account_id, day, is_lived, score, toString(band) AS band, coverage, toString(model) AS model, ${sixDecimals(sql`said_arr`)} AS arr,
      CAST(roundBankers(toDecimal256(arr, 6) * toDecimal256(ifNull(score, 0), 12), 6), 'Decimal(38, 6)') AS weighted
    FROM (SELECT * EXCEPT (arr), arr AS said_arr FROM (${saidAtClose(frame, ['score', 'band', 'coverage', 'model', 'arr'])}))`,
})

/** How many of the rows were not said on their day. */
export const replayedOf = (of: RowSet): Measure => ({ of, each: '1', when: 'NOT is_lived', label: 'Worked out later', kind: 'count' })

/** What was worked out later, as if all sources had been connected, is no better than it says. */
export const flagReplayed = ({ number: { replayed = 0 } }: Parts): { readonly flags?: readonly Flag[] } => (replayed > 0 ? { flags: ['optimistic'] } : {})
