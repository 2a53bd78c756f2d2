import { REVENUE_SETTINGS, defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { repeatBuyers } from '../rows/buyers.ts'
import { bill } from '../rows/contract-examples.ts'

const billed = (subscription_id: string, day: string, amount: number, covers_months: number) => ({
  ...bill('a', day, amount),
  charge_id: `${subscription_id} ${day}`,
  subscription_id,
  kind: 'recurring',
  covers_months,
})

export const averageCheckGrowth = defineMetric({
  id: 'average_check_growth',
  name: 'Growth of the average check',
  says: 'How much larger the later checks of an account are than its first one of the like, over accounts that first bought in the period and bought the like again: bills of a subscription are compared per month they pay for, one-off purchases and use with their own.',
  level: 'financial',
  kind: 'cohort',
  grain: 'account',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{growth} / {first}',
  nullWhen: 'Nobody who first bought in the period bought the like again.',
  measures: {
    growth: { of: repeatBuyers, each: 'later_check - first_check', label: 'Mean later check less first check', kind: 'money' },
    first: { of: repeatBuyers, each: 'first_check', label: 'First checks', kind: 'money' },
    buyers: { of: repeatBuyers, each: '1', label: 'Repeat buyers', kind: 'count' },
  },
  value: ratio('growth', 'first', 'no_repeat_buyers'),
  n: 'buyers',
  interval: 'bootstrap',
  settings: REVENUE_SETTINGS,
  revisions: [
    { on: '2026-12-01', says: 'Compares like with like: a bill for a year is no first check of a bill for a month, and a seat added later none of a renewal.' },
  ],
  disagreements: [
    {
      anchor: 'Shops',
      says: 'set the mean of all later orders against the first, whatever was bought: where a year is paid in advance that says how bills are cut, not what is spent.',
    },
  ],
  examples: [
    {
      says: 'a year for 1200, a seat for 100 and a renewal at 1320: the contract grew by a tenth, the seat has no like yet',
      facts: { charge: [billed('c', '2024-03-05', 1200, 12), billed('seat', '2024-06-05', 100, 9), billed('c', '2025-03-05', 1320, 12)] },
      ask: { from: '2024-03-01', until: '2024-04-01', as_of: '2025-04-01' },
      value: 0.1,
    },
    {
      says: 'one who buys freely is set against the first purchase: 40 and 60 after 40',
      facts: { charge: ['2024-03-05', '2024-03-15', '2024-03-25'].map((day, i) => bill('a', day, i === 2 ? 60 : 40)) },
      value: 0.25,
    },
    {
      says: 'a setup and a first bill are no growth',
      facts: { charge: [bill('a', '2024-03-05', 500), billed('c', '2024-03-06', 50, 1)] },
      value: null,
      null_reason: 'no_repeat_buyers',
    },
  ],
})
