import { exchangeRateLedger } from '../../ledgers/exchange-rate-ledger.ts'
import { mrrMovementLedger } from '../../ledgers/mrr-movement-ledger.ts'
import { param, sql, trusted } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { converted, days, defineRowSet, ratesAt } from '../row-set.ts'
import type { Frame } from '../row-set.ts'

const indexes = (list: readonly number[]): Sql => param('Array(UInt16)', list)

/**
 * The account at both ends of the period: what every point-to-point ratio and every stock per account is made of.
 * Per account and price one array of balances at all boundaries, so that a series of any length is one pass.
 */
/** Money of the opening set that no rate could convert: what point-to-point ratios stumble over, and nothing else. */
export const P2P_GAP = 'gap_opening OR (was_customer AND gap_kept)'

export const accountPeriods = defineRowSet({
  id: 'account_periods',
  says: 'One row per account and period in which it had MRR at either end or a movement between.',
  columns: {
    opening: { name: 'Opening MRR', kind: 'money' },
    closing: { name: 'Closing MRR', kind: 'money' },
    kept: { name: 'Closing MRR at the opening rate', kind: 'money' },
    moved: { name: 'Movements', kind: 'money' },
    was_customer: { name: 'Customer at the opening', kind: 'boolean' },
    is_customer: { name: 'Customer at the close', kind: 'boolean' },
  },
  slices: ['product', 'plan', 'currency'],
  unrated: 'gap_opening OR gap_closing OR gap_moved',
  rows(frame: Frame) {
    const boundaries = [...new Set(frame.periods.flatMap(({ from, until }) => [from, until]))].sort()
    const at = (day: string): number => boundaries.indexOf(day) + 1
    const kept = frame.slices.filter((slice) => slice !== 'currency')
    const slices = trusted(kept.map((slice) => `${slice}, `).join(''))
    const outer = trusted(frame.slices.map((slice) => `${slice}, `).join(''))
    return sql`
    SELECT period, account_id, ${outer}
      sum(opening_part) AS opening, sum(closing_part) AS closing, sum(kept_part) AS kept, sum(moved_part) AS moved,
      max(gap_open) AS gap_opening, max(gap_close) AS gap_closing, max(gap_keep) AS gap_kept, max(gap_move) AS gap_moved,
      max(n0 != 0) AS was_customer, max(n1 != 0) AS is_customer
    FROM (
      SELECT period, account_id, ${slices} currency,
        at[${indexes(frame.periods.map(({ from }) => at(from)))}[period + 1]] AS i0, at[${indexes(frame.periods.map(({ until }) => at(until)))}[period + 1]] AS i1,
        natives[i0] AS n0, natives[i1] AS n1,
        rate_at[${indexes(frame.periods.map(({ from }) => at(from)))}[period + 1]] AS r0, rate_at[${indexes(frame.periods.map(({ until }) => at(until)))}[period + 1]] AS r1,
        ${trusted(converted('n0', 'r0'))} AS opening_part, ${trusted(converted('n1', 'r1'))} AS closing_part, ${trusted(converted('n1', 'r0'))} AS kept_part,
        amounts[i1] - amounts[i0] AS moved_part,
        n0 != 0 AND r0 = 0 AS gap_open, n1 != 0 AND r1 = 0 AS gap_close, n1 != 0 AND r0 = 0 AS gap_keep, gaps[i1] != gaps[i0] AS gap_move
      FROM (
        SELECT account_id, ${slices} toString(currency) AS currency,
          arraySort(groupArray((day, native, ifNull(amount, 0), isNull(amount)))) AS steps,
          arrayPushFront(arrayCumSum(arrayMap(s -> s.2, steps)), toDecimal128(0, 6)) AS natives,
          arrayPushFront(arrayCumSum(arrayMap(s -> s.3, steps)), toDecimal128(0, 6)) AS amounts,
          arrayPushFront(arrayCumSum(arrayMap(s -> s.4, steps)), 0) AS gaps,
          arrayMap(b -> arrayCount(s -> s.1 < b, steps) + 1, ${days(boundaries)}) AS at
        FROM (${frame.ledger(mrrMovementLedger)})
        WHERE day < ${param('Date32', boundaries.at(-1) ?? '1900-01-01')}
        GROUP BY account_id, ${slices} currency, if(currency = ${param('String', frame.settings.reporting_currency)}, ('', '', ''), (subscription_id, product, plan))
      ) AS balances
      LEFT JOIN (${ratesAt(frame.ledger(exchangeRateLedger), boundaries)}) AS rates USING (currency)
      ARRAY JOIN range(${param('UInt16', frame.periods.length)}) AS period
      WHERE n0 != 0 OR n1 != 0 OR i1 > i0
    )
    GROUP BY period, ${outer} account_id`
  },
})
