import { revenueLedger } from '../../ledgers/revenue-ledger.ts'
import { sql } from '../../kernel/sql.ts'
import { defineRowSet, inPeriods } from '../kit/row-set.ts'

export const chargeRows = defineRowSet({
  id: 'charges',
  says: 'One row per charge or refund in the period, net of tax.',
  columns: {
    day: { name: 'Day', kind: 'day' },
    charge_id: { name: 'Charge', kind: 'text' },
    kind: { name: 'Kind', kind: 'text' },
    subscription_id: { name: 'Subscription', kind: 'text' },
    product: { name: 'Product', kind: 'text' },
    currency: { name: 'Currency', kind: 'text' },
    native: { name: 'Amount in billing currency', kind: 'money' },
    amount: { name: 'Amount', kind: 'money' },
  },
  own: { kind: 'kind' },
  fine: ['product', 'currency'],
  unrated: 'isNull(amount)',
  rows(frame) {
    const { period, rest } = inPeriods(frame, sql`day`)
    return sql`
    SELECT ${period} AS period, account_id, day, charge_id, kind, subscription_id, product, currency, native, amount
    FROM (${frame.ledger(revenueLedger)}) ${rest}`
  },
})

export const accountRevenue = defineRowSet({
  id: 'account_revenue',
  says: 'One row per account with a charge or refund in the period.',
  columns: {
    revenue: { name: 'Net revenue', kind: 'money' },
    lumpy: { name: 'Of it for more than a month', kind: 'money' },
  },
  unrated: 'unrated',
  rows(frame) {
    const { period, rest } = inPeriods(frame, sql`day`)
    return sql`
    SELECT period, account_id, sum(ifNull(amount, 0)) AS revenue, sumIf(ifNull(amount, 0), ifNull(covers_months, 1) > 1) AS lumpy,
      max(isNull(amount)) AS unrated
    FROM (SELECT ${period} AS period, account_id, amount, covers_months FROM (${frame.ledger(revenueLedger)}) ${rest}) GROUP BY period, account_id`
  },
})
