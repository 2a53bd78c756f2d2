import { sessionLedger } from '../../ledgers/session-ledger.ts'
import { emptySql, identifier, joinSql, param, sql } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { defineRowSet, inPeriods } from '../kit/row-set.ts'
import type { Frame, FineDimension } from '../kit/row-set.ts'
import { IN_ORDER, byCountedAccount, fineColumns } from './use.ts'

/** A session belongs to every product and feature that was used in it, and to the platform and role it began with. */
const LISTS: Partial<Record<FineDimension, string>> = { product: 'products', feature: 'features' }

const sliceColumns = (frame: Frame): Sql =>
  frame.fine.length === 0
    ? emptySql
    : sql`${joinSql(
        frame.fine.map((dimension) =>
          LISTS[dimension] === undefined ? identifier(dimension) : sql`arrayJoin(${identifier(LISTS[dimension])}) AS ${identifier(dimension)}`,
        ),
        ', ',
      )}, `

const keepingSessions = (frame: Frame): Sql =>
  frame.kept.length === 0
    ? emptySql
    : joinSql(
        frame.kept.map(({ dimension, values }) => {
          const list = param('Array(String)', values)
          return LISTS[dimension] === undefined ? sql` AND ${identifier(dimension)} IN ${list}` : sql` AND hasAny(${identifier(LISTS[dimension])}, ${list})`
        }),
        '',
      )

export const sessionRows = defineRowSet({
  id: 'sessions',
  says: 'One row per account with sessions that began in the period.',
  columns: {
    sessions: { name: 'Sessions', kind: 'number' },
    minutes: { name: 'Minutes in them', kind: 'number' },
    singles: { name: 'Sessions of a single event', kind: 'number' },
  },
  fine: ['product', 'feature', 'platform', 'user_role'],
  distinct: true,
  rows(frame) {
    const { period, rest } = inPeriods(frame, sql`started_on`)
    return byCountedAccount(
      frame,
      sessionLedger,
      (rows) => sql`
        SELECT period, account_id, ${fineColumns(frame)} count() AS sessions, CAST(sum(milliseconds), 'Decimal(38, 6)') / 60000 AS minutes,
          countIf(events = 1) AS singles,
          sum(toDecimal128(milliseconds, 6) * milliseconds) / 3600000000 AS squares
        FROM (SELECT ${period} AS period, account_id, ${sliceColumns(frame)} milliseconds, events FROM (${rows}) ${rest} ${keepingSessions(frame)})
        GROUP BY ${fineColumns(frame)} account_id, period ${IN_ORDER}`,
    )
  },
})
