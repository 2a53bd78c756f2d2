import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { accountPeriods } from '../rows/account-periods.ts'

export const arpa = defineMetric({
  id: 'arpa',
  name: 'Average revenue per account',
  says: 'MRR per customer at the end of the period.',
  level: 'financial',
  kind: 'stock',
  grain: 'account',
  unit: 'money',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{mrr} / {customers}',
  nullWhen: 'There is no customer.',
  measures: {
    mrr: { of: accountPeriods, each: 'closing', unrated: 'gap_closing', label: 'MRR', kind: 'money' },
    customers: { of: accountPeriods, each: 'is_customer', label: 'Customers', kind: 'count' },
  },
  value: ratio('mrr', 'customers', 'no_customers'),
  n: 'customers',
  interval: 'bootstrap',
  aliases: ['ARPA', 'average MRR per customer'],
  settings: MRR_SETTINGS,
  disagreements: [{ anchor: 'Baremetrics', says: 'calls this ARPU.' }],
  examples: [{ says: 'arpa_arppu: 3,630 from 10 customers', accounts: [{ count: 10, closing: 363 }, { opening: 5 }], value: 363 }],
})
