import { defineMetric } from '../kit/metric.ts'
import { total } from '../kit/value.ts'
import { acts } from '../rows/customers.ts'

export const advocacyActs = defineMetric({
  id: 'advocacy_acts',
  name: 'Advocacy acts',
  says: 'Reviews, case studies, reference calls, talks and the like in the period.',
  level: 'customer-health',
  kind: 'flow',
  grain: 'act',
  unit: 'count',
  better: 'up',
  rollUp: 'add',
  dimensions: 'account',
  formula: '{acts}',
  nullWhen: 'Never.',
  measures: {
    acts: { of: acts, each: '1', label: 'Acts', kind: 'count' },
  },
  value: total('acts'),
  n: 'acts',
  aliases: ['reviews', 'case studies', 'advocacy'],
  settings: ['time_zone'],
  examples: [
    {
      says: 'two acts in the period, one after it',
      facts: {
        advocacy_act: ['2024-03-01', '2024-03-31', '2024-04-01'].map((day) => ({ act_id: day, account_id: 'a', acted_at: `${day}T12:00:00Z`, kind: 'review' })),
      },
      value: 2,
      exact: '2',
    },
  ],
})
