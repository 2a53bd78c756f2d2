import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { P2P_GAP, accountPeriods } from '../rows/account-periods.ts'
import { mrrMovements } from '../rows/mrr-movements.ts'

export const nrr = defineMetric({
  id: 'nrr',
  name: 'Net revenue retention',
  says: 'Closing MRR of the customers at the opening, over their opening MRR, both at the opening exchange rate.',
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
      each: 'if(was_customer, kept, 0)',
      label: 'Closing MRR of the opening customers',
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
  value: ratio('kept', 'opening', 'no_opening_mrr'),
  n: 'customers',
  interval: 'bootstrap',
  aliases: ['NRR', 'net retention', 'net dollar retention', 'NDR'],
  settings: MRR_SETTINGS,
  disagreements: [
    {
      anchor: 'ChartMogul',
      says: 'adds the reactivation of customers who were not there at the opening.',
      value: ({ number }) => ((number.opening ?? 0) === 0 ? null : 1 + (number.net_movements ?? 0) / (number.opening ?? 1)),
    },
    {
      anchor: 'Bain',
      says: "divides the period revenue of last year's customers; earned growth ratio is that reading.",
    },
  ],
  examples: [
    {
      says: '200 opening, 20 expansion, 50 lost; the one won in the period does not count',
      accounts: [{ opening: 150, closing: 170 }, { opening: 50 }, { closing: 30 }],
      value: 0.85,
    },
  ],
})
