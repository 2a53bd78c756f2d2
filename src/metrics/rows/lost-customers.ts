import { mrrMovementLedger } from '../../ledgers/mrr-movement-ledger.ts'
import { bare } from '../../kernel/bare.ts'
import { sql } from '../../kernel/sql.ts'
import { inPeriods } from '../kit/row-set.ts'
import type { RowSet } from '../kit/row-set.ts'
import { accountPeriods } from './account-periods.ts'
import { mrrMovements } from './mrr-movements.ts'

/** Dimensions that tell apart who was lost, and say nothing of those who stayed. */
export const OF_LOSSES = ['reason', 'cause', 'churn_type'] as const

/** Who did not pay did not decide to leave; who paused may come back. */
const TYPE = "multiIf(reason = '', '', reason = 'delinquent', 'involuntary', reason = 'pause', 'pause', 'voluntary')"

/** A customer is lost once, for the reason that explains most of it, though its subscriptions may have ended for several. */
const OF_ACCOUNTS = bare({ reason: 'reason', cause: 'reason', churn_type: TYPE })

/** Of a customer who left several times in the period the last movement counts: the one after which it was gone. */
export const lostCustomers: RowSet = {
  ...accountPeriods,
  id: 'lost_customers',
  says: 'One row per account and period in which it had MRR at either end or a movement between, with why it left last.',
  columns: { ...accountPeriods.columns, reason: { name: 'Reason of leaving', kind: 'text' } },
  own: OF_ACCOUNTS,
  plain: accountPeriods,
  rows(frame) {
    const { period, rest } = inPeriods(frame, sql`day`)
    return sql`
    SELECT p.*, l.reason AS reason FROM (${accountPeriods.rows(frame)}) AS p
    LEFT JOIN (
      SELECT toInt32(place_of) AS left_period, account_id AS left_account, argMax(reason, day) AS reason
      FROM (SELECT ${period} AS place_of, account_id, day, reason
        FROM (SELECT account_id, day, toString(reason) AS reason FROM (${frame.ledger(mrrMovementLedger)}) WHERE kind = 'churn' AND head = 1) ${rest})
      GROUP BY left_period, left_account) AS l ON l.left_period = toInt32(p.period) AND l.left_account = p.account_id`
  },
}

/** Movements of which accounts are counted that left. */
export const lossMovements: RowSet = { ...mrrMovements, id: 'loss_movements', own: OF_ACCOUNTS, plain: mrrMovements }

/** Movements of which the money is added up that left, component by component. */
export const lossComponents: RowSet = { ...mrrMovements, id: 'loss_components', own: bare({ ...mrrMovements.own, churn_type: TYPE }), plain: mrrMovements }
