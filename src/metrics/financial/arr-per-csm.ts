import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { csmCapacity, perCapacity } from '../rows/capacity-and-costs.ts'
import { ownedAccounts } from '../rows/owned-accounts.ts'
import { csmsWith } from '../rows/contract-examples.ts'
import { EXACT_YEARS } from '../rows/subscription-balances.ts'

export const arrPerCsm = defineMetric({
  id: 'arr_per_csm',
  name: 'ARR per CSM',
  says: 'ARR of the accounts a CSM owns, per full-time equivalent. Read it against a target band: too low wastes, too high neglects.',
  level: 'financial',
  kind: 'stock',
  grain: 'CSM',
  unit: 'money',
  better: 'context',
  rollUp: 'ratio',
  dimensions: 'csm',
  formula: '{assigned} / {capacity}',
  nullWhen: 'There is no capacity.',
  measures: {
    assigned: { of: ownedAccounts, each: 'arr', when: "csm != ''", label: 'ARR of owned accounts', kind: 'money' },
    capacity: { of: csmCapacity, each: 'fte', label: 'FTE', kind: 'number' },
    unassigned: { of: ownedAccounts, each: 'arr', when: "csm = ''", label: 'Without an owner', kind: 'money' },
    accounts: { of: ownedAccounts, each: 'is_customer', when: "csm != ''", label: 'Customers with an owner', kind: 'count' },
  },
  value: perCapacity,
  n: 'accounts',
  revisions: [EXACT_YEARS],
  settings: MRR_SETTINGS,
  examples: [
    {
      says: 'loaded_arr: 8,160 and 35,400 by two CSMs, the ramp of one left aside',
      facts: csmsWith({ mrr: 680, ramp: 1 }, { mrr: 2950, ramp: 0.5 }),
      value: 21_780,
    },
  ],
})
