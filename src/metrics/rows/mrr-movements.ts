import { mrrMovementLedger } from '../../ledgers/mrr-movement-ledger.ts'
import { sql } from '../../kernel/sql.ts'
import { defineRowSet, inPeriods } from '../kit/row-set.ts'

export const mrrMovements = defineRowSet({
  id: 'mrr_movements',
  says: 'One row per component of a movement: what one subscription of one account changed on one local day.',
  columns: {
    day: { name: 'Day', kind: 'day' },
    kind: { name: 'Kind', kind: 'text' },
    reason: { name: 'Reason', kind: 'text' },
    subscription_id: { name: 'Subscription', kind: 'text' },
    product: { name: 'Product', kind: 'text' },
    plan: { name: 'Plan', kind: 'text' },
    cause: { name: 'Cause', kind: 'text' },
    currency: { name: 'Currency', kind: 'text' },
    native: { name: 'Change in billing currency', kind: 'money' },
    amount: { name: 'Change', kind: 'money' },
  },
  own: { reason: 'reason', cause: 'cause' },
  fine: ['product', 'plan', 'currency'],
  unrated: 'isNull(amount)',
  rows(frame) {
    const { period, rest } = inPeriods(frame, sql`day`)
    return sql`
    SELECT ${period} AS period, account_id, day, kind, reason, subscription_id, product, plan, cause, currency, native, amount, yearly, head
    FROM (${frame.ledger(mrrMovementLedger)}) ${rest}`
  },
})
