import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { csmCapacity, perCapacity } from '../rows/capacity-and-costs.ts'
import { ownedAccounts } from '../rows/owned-accounts.ts'
import { csmsWith } from '../rows/contract-examples.ts'
import { EXACT_YEARS } from '../rows/subscription-balances.ts'

/** An account without a load weight has the usual one, 1. */
const LOADED = "CAST(roundBankers(CAST(arr, 'Decimal(76, 6)') * toDecimal256(ifNull(toDecimal128OrNull(load_weight, 6), 1), 6), 6), 'Decimal(38, 6)')"

export const loadedArrPerCsm = defineMetric({
  id: 'loaded_arr_per_csm',
  name: 'Loaded ARR per CSM',
  says: 'ARR of the accounts a CSM owns, weighted by load, per ramped full-time equivalent spent on accounts.',
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
    assigned: { of: ownedAccounts, each: LOADED, when: "csm != ''", label: 'ARR of owned accounts x load weight', kind: 'money' },
    capacity: { of: csmCapacity, each: 'effective_fte', label: 'FTE x ramp x share of time', kind: 'number' },
    unassigned: { of: ownedAccounts, each: LOADED, when: "csm = ''", label: 'Without an owner', kind: 'money' },
    accounts: { of: ownedAccounts, each: 'is_customer', when: "csm != ''", label: 'Customers with an owner', kind: 'count' },
  },
  value: perCapacity,
  n: 'accounts',
  revisions: [EXACT_YEARS],
  settings: MRR_SETTINGS,
  aliases: ['Loaded ARR/CSM'],
  disagreements: [
    {
      anchor: 'Some texts',
      says: 'say "revenue each CSM oversees"; no authority defines "loaded". ARR is weighted by account load and divided by ramped FTE here.',
    },
  ],
  examples: [
    {
      says: 'loaded_arr: 8,160 and 35,400 by one CSM and one of half ramp',
      facts: csmsWith({ mrr: 680, ramp: 1 }, { mrr: 2950, ramp: 0.5 }),
      value: 29_040,
    },
    { says: 'loaded_arr: the first of them alone', facts: csmsWith({ mrr: 680, ramp: 1 }), value: 8160 },
    { says: 'loaded_arr: the second', facts: csmsWith({ mrr: 2950, ramp: 0.5 }), value: 70_800 },
  ],
})
