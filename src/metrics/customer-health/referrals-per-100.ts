import { poissonInterval } from '../../statistics/poisson.ts'
import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { ratio, withBeside } from '../kit/value.ts'
import { customers, referrals } from '../rows/customers.ts'
import { twelveReferrals } from '../rows/referral-examples.ts'

export const referralsPer100 = defineMetric({
  id: 'referrals_per_100',
  name: 'Referrals per 100 customers',
  says: 'Referrals in the period per hundred customers at its end.',
  level: 'customer-health',
  kind: 'flow',
  grain: 'referral',
  unit: 'per_100',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '100 x {referrals} / {customers}',
  nullWhen: 'There are no customers.',
  measures: {
    referrals: { of: referrals, each: '1', label: 'Referrals', kind: 'count' },
    customers: { of: customers, each: '1', label: 'Customers', kind: 'count' },
  },
  value: withBeside(ratio('referrals', 'customers', 'no_customers', { times: 100 }), ({ number: { referrals: count = 0, customers = 0 } }, { value }) =>
    value === null ? {} : { ci: poissonInterval(count, customers / 100), ci_method: 'Poisson' },
  ),
  n: 'customers',
  ownInterval: 'Poisson',
  settings: MRR_SETTINGS,
  examples: [{ says: 'advocacy: 12 of 200 customers', accounts: [{ count: 200, opening: 10, closing: 10 }], facts: { referral: twelveReferrals }, value: 6 }],
})
