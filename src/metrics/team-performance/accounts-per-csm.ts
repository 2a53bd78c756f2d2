import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { csmCapacity, perCapacity } from '../rows/capacity-and-costs.ts'
import { ownedAccounts } from '../rows/owned-accounts.ts'

export const accountsPerCsm = defineMetric({
  id: 'accounts_per_csm',
  name: 'Accounts per CSM',
  says: 'Customers a CSM owns, per full-time equivalent.',
  level: 'team-performance',
  kind: 'stock',
  grain: 'CSM',
  unit: 'count',
  better: 'context',
  rollUp: 'ratio',
  dimensions: 'csm',
  formula: '{assigned} / {capacity}',
  nullWhen: 'There is no capacity.',
  measures: {
    assigned: { of: ownedAccounts, each: 'is_customer', when: "csm != ''", label: 'Customers with an owner', kind: 'count' },
    capacity: { of: csmCapacity, each: 'fte', label: 'FTE', kind: 'number' },
    unassigned: { of: ownedAccounts, each: 'is_customer', when: "csm = ''", label: 'Without an owner', kind: 'count' },
    accounts: { of: ownedAccounts, each: 'is_customer', when: "csm != ''", label: 'Customers with an owner', kind: 'count' },
  },
  value: perCapacity,
  n: 'accounts',
  settings: MRR_SETTINGS,
})
