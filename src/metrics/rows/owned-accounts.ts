import { mrrMovementLedger } from '../../ledgers/mrr-movement-ledger.ts'
import { revenueLedger } from '../../ledgers/revenue-ledger.ts'
import { settingList } from '../../kernel/settings.ts'
import { identifier, param, sql } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { valueIn, valuesEver } from '../kit/account-attributes.ts'
import { defineRowSet, froms, untils } from '../kit/row-set.ts'
import type { Frame, RowSet } from '../kit/row-set.ts'
import { accountPeriods } from './account-periods.ts'
import { accountArr } from './subscription-balances.ts'

/** Accounts with the attribute as a column, for measures whose meaning hangs on it. */
function withValue(dimensions: readonly string[]): (frame: Frame) => Sql {
  return (frame) => {
    const names = dimensions.map((dimension) => ({ dimension, name: identifier(dimension) }))
    let source = sql`(${accountPeriods.rows(frame)}) AS a`
    for (const { dimension, name } of names)
      source = sql`${source} LEFT JOIN (${valuesEver(frame, dimension, name)}) AS h_${name} ON ${name}_account = account_id`
    return sql`SELECT period, account_id, opening, closing, kept, was_customer, is_customer, gap_opening, gap_closing, gap_kept, ${names
      .map(({ name }) => sql`${valueIn(frame, name)} AS ${name}`)
      .reduce((a, b) => sql`${a}, ${b}`)} FROM ${source}`
  }
}

const columns: RowSet['columns'] = {
  opening: { name: 'Opening MRR', kind: 'money' },
  closing: { name: 'Closing MRR', kind: 'money' },
}

export const ownedAccounts = defineRowSet({
  id: 'owned_accounts',
  says: 'One row per account with MRR at either end of the period, with its owner and load.',
  columns: { csm: { name: 'CSM', kind: 'text' }, ...columns, arr: { name: 'ARR', kind: 'money' }, load_weight: { name: 'Load weight', kind: 'text' } },
  own: { csm: 'csm' },
  attributes: ['csm', 'load_weight'],
  unrated: 'gap_closing',
  rows: (frame) => sql`
    SELECT o.*, y.arr AS arr FROM (${withValue(['csm', 'load_weight'])(frame)}) AS o
    LEFT JOIN (${accountArr(frame)}) AS y ON y.period = toInt32(o.period) AND y.account_id = o.account_id`,
})

export const segmentAccounts = defineRowSet({
  id: 'segment_accounts',
  says: 'One row per account with MRR at either end of the period, with its segment.',
  columns: {
    segment: { name: 'Segment', kind: 'text' },
    opening: { name: 'Opening MRR', kind: 'money' },
    was_customer: { name: 'Customer at the opening', kind: 'boolean' },
    is_customer: { name: 'Customer at the close', kind: 'boolean' },
  },
  attributes: ['segment'],
  rows: withValue(['segment']),
})

/** Whether a source counts as earned growth, is unknown, or was bought (metric `egr`). */
export const originOf = (source: Sql, frame: Frame): Sql => sql`
  multiIf(lower(${source}) IN ('', 'unknown', '(none)'), 'unknown',
    lower(${source}) IN ${param('Array(String)', settingList(frame.settings.earned_sources))}, 'earned', 'bought')`

export const sourcedAccounts = defineRowSet({
  id: 'sourced_accounts',
  says: 'One row per account with MRR at either end of the period, with how it was won and whether it joined in the period.',
  columns: {
    ...columns,
    kept: { name: 'Closing MRR at the opening rate', kind: 'money' },
    acquisition_source: { name: 'Won by', kind: 'text' },
    part: { name: 'Counts as', kind: 'text' },
  },
  attributes: ['acquisition_source'],
  unrated: 'gap_opening OR gap_kept',
  rows: (frame) => sql`
    SELECT s.*, multiIf(was_customer, 'kept', arrayExists(d -> d >= ${froms(frame)}[period + 1] AND d < ${untils(frame)}[period + 1], joined.new_days),
      ${originOf(sql`acquisition_source`, frame)}, 'returned') AS part
    FROM (${withValue(['acquisition_source'])(frame)}) AS s
    LEFT JOIN (SELECT account_id AS joined_account, groupArray(day) AS new_days FROM (${frame.ledger(mrrMovementLedger)}) WHERE kind = 'new' AND head = 1
      GROUP BY account_id) AS joined
      ON joined_account = s.account_id`,
})

export const revenueYears = defineRowSet({
  id: 'revenue_years',
  says: 'One row per account with revenue in the twelve months of the period or the twelve before.',
  columns: {
    revenue_before: { name: 'Revenue of the twelve months before', kind: 'money' },
    revenue: { name: 'Revenue', kind: 'money' },
    acquisition_source: { name: 'Won by', kind: 'text' },
    part: { name: 'Counts as', kind: 'text' },
  },
  attributes: ['acquisition_source'],
  unrated: 'unrated',
  rows: (frame) => sql`
    SELECT period, account_id, revenue_before, revenue, unrated, ${valueIn(frame, identifier('acquisition_source'))} AS acquisition_source,
      multiIf(revenue_before > 0, 'kept', first_bill < ${froms(frame)}[period + 1], 'returned', ${originOf(sql`acquisition_source`, frame)}) AS part
    FROM (
      SELECT period, account_id, sumIf(ifNull(amount, 0), day < ${froms(frame)}[period + 1]) AS revenue_before,
        sumIf(ifNull(amount, 0), day >= ${froms(frame)}[period + 1]) AS revenue, max(isNull(amount)) AS unrated, any(first_bill) AS first_bill
      FROM (
        SELECT account_id, day, amount, minOrNullIf(billed_on, native > 0 AND kind != 'refund') OVER (PARTITION BY account_id) AS first_bill
        FROM (${frame.ledger(revenueLedger)}))
      ARRAY JOIN arrayFilter(i -> day >= addMonths(${froms(frame)}[i + 1], -12) AND day < ${untils(frame)}[i + 1],
        range(${param('UInt16', frame.periods.length)})) AS period
      GROUP BY period, account_id
    ) AS r LEFT JOIN (${valuesEver(frame, 'acquisition_source', identifier('acquisition_source'))}) AS h ON acquisition_source_account = account_id`,
})
