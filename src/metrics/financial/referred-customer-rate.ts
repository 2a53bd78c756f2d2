import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { newCustomers } from '../rows/referred.ts'
import { wonBy } from '../rows/contract-examples.ts'

export const referredCustomerRate = defineMetric({
  id: 'referred_customer_rate',
  name: 'Referred customer rate',
  says: 'Share of the new customers of the period whom a customer had referred, or whose source is earned. Those of unknown source stand apart: they count as not referred.',
  level: 'financial',
  kind: 'flow',
  grain: 'account',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{referred} / {won}',
  nullWhen: 'There was no new customer.',
  measures: {
    referred: { of: newCustomers, each: '1', when: "referred != ''", label: 'Referred new customers', kind: 'count' },
    won: { of: newCustomers, each: '1', label: 'New customers', kind: 'count' },
    unknown: { of: newCustomers, each: '1', when: "origin = 'unknown'", label: 'New customers of unknown source', kind: 'count' },
  },
  value: ratio('referred', 'won', 'no_new_customers'),
  n: 'won',
  interval: 'wilson',
  shareOfWhole: true,
  aliases: ['Customer Rate', 'referral rate of new customers', 'share of referred customers'],
  settings: [...MRR_SETTINGS, 'reactivation_window_days', 'earned_sources'],
  disagreements: [
    {
      anchor: 'Some texts',
      says: 'speak of a "Customer Rate" without defining it; this is our reading. New customers for each customer there was are {new_customer_rate}.',
    },
  ],
  examples: [
    {
      says: 'of four new customers one was named by a customer, one has an earned source, one was bought, of one nobody knows',
      accounts: [{ closing: 100 }, { closing: 50 }, { closing: 10 }, { closing: 10 }, { opening: 10, closing: 10 }],
      facts: {
        referral: [{ referral_id: 'f', account_id: '4 0', referred_account_id: '0 0', referred_at: '2024-02-15T12:00:00Z' }],
        account_attribute: [wonBy('1 0', 'referral'), wonBy('2 0', 'ads')],
      },
      value: 0.5,
      parts: { unknown: 1 },
    },
    { says: 'nobody is new', accounts: [{ opening: 10, closing: 10 }], value: null, null_reason: 'no_new_customers' },
  ],
})
