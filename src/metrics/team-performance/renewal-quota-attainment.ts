import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { renewalQuotas, renewalsByOwner } from '../rows/csm-targets.ts'
import { contract } from '../rows/contract-examples.ts'
import { EXACT_YEARS } from '../rows/subscription-balances.ts'

const yearly = (account_id: string, unit_amount: string) => contract(account_id, '2023-03-15', { unit_amount, interval_months: 12 })

export const renewalQuotaAttainment = defineMetric({
  id: 'renewal_quota_attainment',
  name: 'Renewal quota attainment',
  says: 'Yearly value renewed by the accounts a CSM owned at the opening, over the part of the CSM’s renewal quota that falls into the period. Only CSMs with a quota count. Read it beside {csm_churn_oe}: renewals hang on more than the team.',
  level: 'team-performance',
  kind: 'flow',
  grain: 'CSM',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'csm',
  formula: '{renewed} / {quota}',
  nullWhen: 'There is no quota in the period.',
  measures: {
    renewed: { of: renewalsByOwner, each: 'new_value', when: 'has_renewal', label: 'Yearly value renewed', kind: 'money' },
    quota: { of: renewalQuotas, each: 'amount', label: 'Quota', kind: 'money' },
    without_quota: { of: renewalsByOwner, each: 'new_value', when: 'NOT has_renewal', label: 'Renewed without a quota', kind: 'money' },
    contracts: { of: renewalsByOwner, each: '1', when: 'has_renewal', label: 'Contracts renewed', kind: 'count' },
  },
  value: ratio('renewed', 'quota', 'no_quota'),
  n: 'contracts',
  revisions: [EXACT_YEARS],
  settings: [...MRR_SETTINGS, 'renewal_min_term_months', 'renewal_grace_days'],
  aliases: ['renewal attainment', 'quota attainment'],
  examples: [
    {
      says: '900 renewed of a third of a quarter’s quota of 3,000 by days (1,021.98)',
      facts: {
        subscription_version: [yearly('a', '900')],
        csm_assignment: [{ account_id: 'a', csm_id: 'x' }],
        quota: [{ csm_id: 'x', kind: 'renewal', starts_on: '2024-01-01', months: '3', amount: '3000', currency: 'USD' }],
      },
      value: 900 / 1021.978022,
    },
  ],
})
