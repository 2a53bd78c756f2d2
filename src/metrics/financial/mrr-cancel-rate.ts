import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { P2P_GAP } from '../rows/account-periods.ts'
import { OF_LOSSES, lostCustomers } from '../rows/lost-customers.ts'

export const mrrCancelRate = defineMetric({
  id: 'mrr_cancel_rate',
  name: 'MRR cancellation rate',
  says: 'Opening MRR of the customers who were lost, over all opening MRR.',
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
      of: lostCustomers,
      each: 'if(is_customer, 0, opening)',
      label: 'Opening MRR of customers who were lost',
      unrated: P2P_GAP,
      kind: 'money',
    },
    opening: { of: lostCustomers, each: 'opening', undividedBy: OF_LOSSES, label: 'Opening MRR', unrated: P2P_GAP, kind: 'money' },
    customers: {
      of: lostCustomers,
      each: 'was_customer',
      undividedBy: OF_LOSSES,
      label: 'Customers at the opening',
      kind: 'count',
    },
  },
  value: ratio('lost', 'opening', 'no_opening_mrr'),
  n: 'customers',
  interval: 'bootstrap',
  shareOfWhole: true,
  aliases: ['cancelled MRR rate'],
  settings: MRR_SETTINGS,
  disagreements: [
    {
      anchor: 'Baremetrics',
      says: 'puts cancellations and downgrades in one revenue churn; see {gross_mrr_churn_rate}.',
    },
  ],
  examples: [
    {
      says: '20 of 100 leaves',
      accounts: [{ opening: 20 }, { opening: 80, closing: 90 }],
      value: 0.2,
    },
  ],
})
