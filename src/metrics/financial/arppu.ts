import { REVENUE_SETTINGS, defineMetric } from '../kit/metric.ts'
import { ratio, withBeside } from '../kit/value.ts'
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
  value: withBeside(ratio('revenue', 'payers', 'no_payers'), ({ number: { lumpy = 0, revenue = 0 } }, { value }) => ({
    flags: value !== null && lumpy > 0.25 * revenue ? ['lumpy'] : [],
  })),
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
