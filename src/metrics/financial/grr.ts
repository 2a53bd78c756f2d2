import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { P2P_GAP, accountPeriods } from '../rows/account-periods.ts'
import { mrrMovements } from '../rows/mrr-movements.ts'

export const grr = defineMetric({
  id: 'grr',
  name: 'Gross revenue retention',
  says: 'Share of the opening MRR that is still there at the close, gains left out.',
  level: 'financial',
  kind: 'p2p',
  grain: 'account',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{kept} / {opening}',
  nullWhen: 'Opening MRR is 0.',
  measures: {
    kept: {
      of: accountPeriods,
      each: 'least(opening, kept)',
      label: 'Opening MRR kept, each account at most its own',
      unrated: P2P_GAP,
      kind: 'money',
    },
    opening: { of: accountPeriods, each: 'opening', label: 'Opening MRR', unrated: P2P_GAP, kind: 'money' },
    customers: {
      of: accountPeriods,
      each: 'was_customer',
      label: 'Customers at the opening',
      kind: 'count',
    },
    lost_by_movements: {
      of: mrrMovements,
      each: '-amount',
      when: "kind IN ('churn', 'contraction')",
      label: 'Churn and contraction movements',
      kind: 'money',
    },
  },
  value: ratio('kept', 'opening', 'no_opening_mrr'),
  n: 'customers',
  interval: 'bootstrap',
  shareOfWhole: true,
  aliases: ['GRR', 'gross retention', 'gross dollar retention'],
  settings: MRR_SETTINGS,
  disagreements: [
    {
      anchor: 'ChartMogul',
      says: 'subtracts every churn and contraction movement, also of accounts that were not there at the opening.',
      value: ({ number }) => ((number.opening ?? 0) === 0 ? null : 1 - (number.lost_by_movements ?? 0) / (number.opening ?? 1)),
    },
  ],
  examples: [
    {
      says: '200 opening, 20 more from one, 50 lost by another',
      accounts: [{ opening: 150, closing: 170 }, { opening: 50 }],
      value: 0.75,
    },
    { says: 'nothing at the opening', accounts: [{ closing: 5 }], value: null },
  ],
})
