import { REVENUE_SETTINGS, defineMetric } from '../kit/metric.ts'
import { total } from '../kit/value.ts'
import { chargeRows } from '../rows/revenue-rows.ts'

export const netRevenue = defineMetric({
  id: 'net_revenue',
  name: 'Net revenue',
  says: 'Bills less refunds of the period, without tax, each at the exchange rate of its day.',
  level: 'financial',
  kind: 'flow',
  grain: 'charge',
  unit: 'money',
  better: 'up',
  rollUp: 'add',
  dimensions: 'subscription',
  formula: '{billed} + {refunded}',
  nullWhen: 'An exchange rate is missing.',
  measures: {
    revenue: { of: chargeRows, each: 'amount', label: 'Net revenue', kind: 'money' },
    billed: { of: chargeRows, each: 'amount', when: 'native > 0', label: 'Billed', kind: 'money' },
    refunded: { of: chargeRows, each: 'amount', when: 'native <= 0', label: 'Refunded', kind: 'money' },
    charges: { of: chargeRows, each: '1', label: 'Charges and refunds', kind: 'count' },
  },
  value: total('revenue'),
  n: 'charges',
  settings: REVENUE_SETTINGS,
})
