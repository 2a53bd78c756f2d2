import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { P2P_GAP, accountPeriods } from '../rows/account-periods.ts'

export const portfolioNrr = defineMetric({
  id: 'portfolio_nrr',
  name: 'Portfolio net revenue retention',
  says: 'Net revenue retention of the accounts a CSM owned at the opening; gross retention and customer retention beside it.',
  level: 'team-performance',
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
      label: 'Closing MRR of these accounts',
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
    kept_gross: { of: accountPeriods, each: 'least(opening, kept)', label: 'Opening MRR kept, gains left out', unrated: P2P_GAP, kind: 'money' },
    retained: { of: accountPeriods, each: 'was_customer AND is_customer', label: 'Customers at both ends', kind: 'count' },
  },
  value: ratio('kept', 'opening', 'no_opening_mrr'),
  n: 'customers',
  interval: 'bootstrap',
  aliases: ['portfolio GRR', 'portfolio CRR', 'NRR per CSM'],
  settings: MRR_SETTINGS,
})
