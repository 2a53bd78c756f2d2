import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { ratio, withheld } from '../kit/value.ts'
import { sourcedAccounts } from '../rows/owned-accounts.ts'
import { contract, wonBy } from '../rows/contract-examples.ts'

export const earnedGrowthRatio = defineMetric({
  id: 'earned_growth_ratio',
  name: 'Earned growth ratio',
  says: 'Share of all growth of MRR that was earned rather than bought.',
  level: 'financial',
  kind: 'p2p',
  grain: 'account',
  unit: 'ratio',
  better: 'up',
  rollUp: 'none',
  dimensions: 'account',
  formula: '{earned_growth} / {growth}',
  nullWhen: 'MRR did not grow, or opening MRR is 0.',
  measures: {
    earned_growth: {
      of: sourcedAccounts,
      each: "if(part IN ('kept', 'earned'), kept, 0) - opening",
      label: 'Kept and earned, less the opening',
      kind: 'money',
    },
    growth: { of: sourcedAccounts, each: 'kept - opening', label: 'Growth at the opening rate', kind: 'money' },
    opening: { of: sourcedAccounts, each: 'opening', label: 'Opening MRR', kind: 'money' },
    customers: { of: sourcedAccounts, each: 'was_customer', label: 'Customers at the opening', kind: 'count' },
  },
  value: withheld(withheld(ratio('earned_growth', 'growth', 'no_growth'), 'no_growth', ['growth', '<=', 0]), 'no_opening_mrr', ['opening', '=', 0]),
  n: 'customers',
  settings: [...MRR_SETTINGS, 'earned_sources', 'reactivation_window_days'],
  examples: [
    {
      says: 'egr_book: of a growth of 30 there were 10 earned: 15 lost, 25 by referral, 20 bought',
      facts: {
        account_attribute: [wonBy('e', 'Referral'), wonBy('b', 'ads')],
        subscription_version: [
          contract('old', '2023-06-01', { unit_amount: 100 }),
          contract('old', '2024-03-10', { unit_amount: 85 }),
          contract('e', '2024-03-10', { unit_amount: 25 }),
          contract('b', '2024-03-10', { unit_amount: 20 }),
        ],
      },
      value: 1 / 3,
    },
  ],
})
