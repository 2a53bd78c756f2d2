import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { expansionQuotas, expansionsByOwner } from '../rows/csm-targets.ts'
import { EXACT_YEARS } from '../rows/subscription-balances.ts'

export const expansionQuotaAttainment = defineMetric({
  id: 'expansion_quota_attainment',
  name: 'Expansion quota attainment',
  says: 'Yearly value of the expansion of the accounts a CSM owned at the opening, over the part of the CSM’s expansion quota that falls into the period. Only CSMs with a quota count.',
  level: 'team-performance',
  kind: 'flow',
  grain: 'CSM',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'csm',
  formula: '{expanded} / {quota}',
  nullWhen: 'There is no quota in the period.',
  measures: {
    expanded: { of: expansionsByOwner, each: 'yearly', when: 'has_expansion', label: 'Yearly value of expansion', kind: 'money' },
    quota: { of: expansionQuotas, each: 'amount', label: 'Quota', kind: 'money' },
    without_quota: { of: expansionsByOwner, each: 'yearly', when: 'NOT has_expansion', label: 'Expansion without a quota', kind: 'money' },
  },
  value: ratio('expanded', 'quota', 'no_quota'),
  revisions: [EXACT_YEARS],
  settings: MRR_SETTINGS,
  aliases: ['upsell attainment'],
})
