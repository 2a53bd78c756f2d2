import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { total } from '../kit/value.ts'
import { newCustomers } from '../rows/referred.ts'
import { wonBy } from '../rows/contract-examples.ts'

export const referredNewCustomers = defineMetric({
  id: 'referred_new_customers',
  name: 'Referred new customers',
  says: 'Accounts that became customers in the period for the first time because a customer recommended us.',
  level: 'customer-health',
  kind: 'flow',
  grain: 'account',
  unit: 'count',
  better: 'up',
  rollUp: 'add',
  dimensions: 'account',
  formula: '{named} + {by_source}',
  nullWhen: 'Never.',
  measures: {
    referred: { of: newCustomers, each: '1', when: "referred != ''", label: 'Referred new customers', kind: 'count' },
    named: { of: newCustomers, each: '1', when: "referred = 'named'", label: 'Named in a referral', kind: 'count' },
    by_source: { of: newCustomers, each: '1', when: "referred = 'source'", label: 'Others with an earned source', kind: 'count' },
  },
  value: total('referred'),
  n: 'referred',
  settings: [...MRR_SETTINGS, 'earned_sources'],
  examples: [
    {
      says: 'one named by a customer, one with an earned source, one bought',
      accounts: [{ closing: 100 }, { closing: 50 }, { closing: 10 }],
      facts: {
        referral: [{ referral_id: 'f', account_id: 'r', referred_account_id: '0 0', referred_at: '2024-02-15T12:00:00Z' }],
        account_attribute: [wonBy('1 0', 'referral')],
      },
      value: 2,
    },
  ],
})
