import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { matured, ratio } from '../kit/value.ts'
import { addMonths } from '../../kernel/period.ts'
import type { Period } from '../../kernel/period.ts'
import { P2P_GAP, accountPeriods } from '../rows/account-periods.ts'

const twelveMonths = ({ until }: Period): Period[] => [{ from: addMonths(until, -12), until }]

export const annualRevenueRetentionRate = defineMetric({
  id: 'annual_revenue_retention_rate',
  name: 'Annual revenue retention rate',
  says: 'Share of the MRR of twelve months ago that is still there, gains left out; net retention of the same twelve months beside it.',
  level: 'financial',
  kind: 'p2p',
  grain: 'account',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{kept} / {opening}',
  nullWhen: 'MRR twelve months ago was 0, or the facts do not reach back twelve months.',
  measures: {
    kept: {
      of: accountPeriods,
      each: 'least(opening, kept)',
      over: twelveMonths,
      label: 'That MRR kept, each account at most its own',
      unrated: P2P_GAP,
      kind: 'money',
    },
    opening: { of: accountPeriods, each: 'opening', over: twelveMonths, label: 'MRR twelve months before the end', unrated: P2P_GAP, kind: 'money' },
    kept_net: {
      of: accountPeriods,
      each: 'if(was_customer, kept, 0)',
      over: twelveMonths,
      label: 'What these customers pay at the end, gains included',
      unrated: P2P_GAP,
      kind: 'money',
    },
    customers: { of: accountPeriods, each: 'was_customer', over: twelveMonths, label: 'Customers twelve months before the end', kind: 'count' },
  },
  value: matured(12, ratio('kept', 'opening', 'no_opening_mrr')),
  n: 'customers',
  interval: 'bootstrap',
  shareOfWhole: true,
  aliases: ['ARR', 'annual retention rate', 'annual retention rate in money'],
  settings: MRR_SETTINGS,
  disagreements: [{ anchor: 'Some texts', says: 'call this ARR; those letters mean annual recurring revenue here.' }],
})
