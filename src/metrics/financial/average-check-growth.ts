import { REVENUE_SETTINGS, defineMetric, ratio } from '../metric.ts'
import { repeatBuyers } from '../rows/buyers.ts'

export const averageCheckGrowth = defineMetric({
  id: 'average_check_growth',
  name: 'Growth of the average check',
  says: 'How much larger the later checks of an account are than its first, over accounts that first bought in the period and bought again.',
  level: 'financial',
  kind: 'cohort',
  grain: 'account',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{growth} / {first}',
  nullWhen: 'Nobody who first bought in the period bought again.',
  measures: {
    growth: { of: repeatBuyers, each: 'later_check - first_check', label: 'Mean later check less first check', kind: 'money' },
    first: { of: repeatBuyers, each: 'first_check', label: 'First checks', kind: 'money' },
    buyers: { of: repeatBuyers, each: '1', label: 'Repeat buyers', kind: 'count' },
  },
  value: ratio('growth', 'first', 'no_repeat_buyers'),
  n: 'buyers',
  interval: 'bootstrap',
  settings: REVENUE_SETTINGS,
})
