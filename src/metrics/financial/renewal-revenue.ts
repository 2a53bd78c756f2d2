import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { total } from '../kit/value.ts'
import { contractsRenewed } from '../rows/contracts.ts'
import { EXACT_YEARS } from '../rows/subscription-balances.ts'

export const renewalRevenue = defineMetric({
  id: 'renewal_revenue',
  name: 'Renewal revenue',
  says: 'Yearly value of the contracts that were renewed in the period.',
  level: 'financial',
  kind: 'flow',
  grain: 'contract',
  unit: 'money',
  better: 'up',
  rollUp: 'add',
  dimensions: 'subscription',
  formula: '{value}',
  nullWhen: 'Never: nothing renewed is 0.',
  measures: {
    value: { of: contractsRenewed, each: 'new_value', label: 'Yearly value of renewed contracts', kind: 'money' },
    contracts: { of: contractsRenewed, each: '1', label: 'Contracts renewed', kind: 'count' },
  },
  value: total('value'),
  n: 'contracts',
  revisions: [EXACT_YEARS],
  settings: [...MRR_SETTINGS, 'renewal_min_term_months', 'renewal_grace_days'],
  disagreements: [{ anchor: 'Some texts', says: 'count renewals as expansion; here they stand beside it, and the sum of both gives that reading.' }],
})
