import { REVENUE_SETTINGS, computed, defineMetric } from '../kit/metric.ts'
import { accountRevenue } from '../rows/revenue-rows.ts'
import { bill } from '../rows/contract-examples.ts'

export const arppu = defineMetric({
  id: 'arppu',
  name: 'Average revenue per paying user',
  says: 'Net revenue of the period per account that paid in it.',
  level: 'financial',
  kind: 'flow',
  grain: 'account',
  unit: 'money',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{revenue} / {payers}',
  nullWhen: 'Nobody paid.',
  measures: {
    revenue: { of: accountRevenue, each: 'revenue', label: 'Net revenue', kind: 'money' },
    payers: { of: accountRevenue, each: 'revenue > 0', label: 'Accounts with net revenue above 0', kind: 'count' },
    lumpy: { of: accountRevenue, each: 'lumpy', label: 'Of it billed for more than a month', kind: 'money' },
  },
  value: computed(
    ({ number }) =>
      (number.payers ?? 0) === 0
        ? { value: null, null_reason: 'no_payers' }
        : { value: (number.revenue ?? 0) / (number.payers ?? 1), flags: (number.lumpy ?? 0) > 0.25 * (number.revenue ?? 0) ? ['lumpy'] : [] },
    { numerator: 'revenue', denominator: 'payers', ratio: {} },
  ),
  n: 'payers',
  interval: 'bootstrap',
  aliases: ['ARPPU'],
  settings: REVENUE_SETTINGS,
  examples: [
    {
      says: 'arpa_arppu: 1,884 from the 8 who paid',
      facts: { charge: Array.from({ length: 8 }, (_, i) => bill(`a${i}`, '2024-03-15', 235.5)) },
      value: 235.5,
    },
  ],
})
