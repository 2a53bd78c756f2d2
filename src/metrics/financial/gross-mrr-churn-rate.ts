import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { P2P_GAP, accountPeriods } from '../rows/account-periods.ts'
import { mrrMovements } from '../rows/mrr-movements.ts'

export const grossMrrChurnRate = defineMetric({
  id: 'gross_mrr_churn_rate',
  name: 'Gross MRR churn rate',
  says: 'Share of the opening MRR that was lost, gains left out: 100 % less gross revenue retention.',
  level: 'financial',
  kind: 'p2p',
  grain: 'account',
  unit: 'share',
  better: 'down',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{lost} / {opening}',
  nullWhen: 'Opening MRR is 0.',
  measures: {
    lost: {
      of: accountPeriods,
      each: 'opening - least(opening, kept)',
      label: 'Opening MRR lost',
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
    closing: { of: accountPeriods, each: 'closing', unrated: 'gap_closing', label: 'Closing MRR', kind: 'money' },
    lost_by_movements: {
      of: mrrMovements,
      each: '-amount',
      when: "kind IN ('churn', 'contraction')",
      label: 'Churn and contraction movements',
      kind: 'money',
    },
  },
  value: ratio('lost', 'opening', 'no_opening_mrr'),
  n: 'customers',
  interval: 'bootstrap',
  shareOfWhole: true,
  aliases: ['gross churn', 'gross revenue churn'],
  settings: MRR_SETTINGS,
  disagreements: [
    {
      anchor: 'Some calculators',
      says: 'divide by the mean of the MRR at both ends; then churn and retention no longer add up to one.',
      value: ({ number }) =>
        (number.opening ?? 0) + (number.closing ?? 0) === 0 ? null : (2 * (number.lost ?? 0)) / ((number.opening ?? 0) + (number.closing ?? 0)),
    },
    {
      anchor: 'ChartMogul',
      says: 'adds up all churn and contraction movements over the opening MRR.',
      value: ({ number }) => ((number.opening ?? 0) === 0 ? null : (number.lost_by_movements ?? 0) / (number.opening ?? 1)),
    },
  ],
  examples: [
    {
      says: 'chartmogul_mrr_churn: 100 opening, 10 churn, 10 contraction, 10 expansion (ChartMogul)',
      accounts: [{ opening: 10 }, { opening: 20, closing: 10 }, { opening: 10, closing: 20 }, { opening: 60, closing: 60 }],
      value: 0.2,
    },
  ],
})
