import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { P2P_GAP, accountPeriods } from '../rows/account-periods.ts'
import { mrrMovements } from '../rows/mrr-movements.ts'

export const netMrrChurnRate = defineMetric({
  id: 'net_mrr_churn_rate',
  name: 'Net MRR churn rate',
  says: 'Share of the opening MRR lost net of gains from the same customers: 100 % less net revenue retention. Negative when they grew.',
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
      each: 'if(was_customer, opening - kept, 0)',
      label: 'MRR lost by the opening customers, less their gains',
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
    net_movements: {
      of: mrrMovements,
      each: 'amount',
      when: "kind NOT IN ('new', 'none')",
      label: 'All movements but new',
      kind: 'money',
    },
  },
  value: ratio('lost', 'opening', 'no_opening_mrr'),
  n: 'customers',
  interval: 'bootstrap',
  aliases: ['net churn', 'net revenue churn'],
  settings: MRR_SETTINGS,
  disagreements: [
    {
      anchor: 'ChartMogul',
      says: 'subtracts expansion and also the reactivation of customers who were not there at the opening.',
      value: ({ number }) => ((number.opening ?? 0) === 0 ? null : -(number.net_movements ?? 0) / (number.opening ?? 1)),
    },
  ],
  examples: [
    {
      says: 'chartmogul_mrr_churn: 100 opening, 10 churn, 10 contraction, 10 expansion (ChartMogul)',
      accounts: [{ opening: 10 }, { opening: 20, closing: 10 }, { opening: 10, closing: 20 }, { opening: 60, closing: 60 }],
      value: 0.1,
    },
  ],
})
