import { REVENUE_SETTINGS, defineMetric } from '../kit/metric.ts'
import { matured, ratio } from '../kit/value.ts'
import { addMonths } from '../../kernel/period.ts'
import type { Period } from '../../kernel/period.ts'
import { withSourceRange } from '../rows/earned-growth.ts'
import { revenueYears } from '../rows/owned-accounts.ts'
import { bill, wonBy } from '../rows/contract-examples.ts'

const twelveMonths = ({ until }: Period): Period[] => [{ from: addMonths(until, -12), until }]
const part = (name: string, label: string) =>
  ({ of: revenueYears, each: 'revenue', when: `part = '${name}'`, over: twelveMonths, label, kind: 'money' }) as const

export const egr = defineMetric({
  id: 'egr',
  name: 'Earned growth rate',
  says: 'Growth that customers give themselves: net revenue retention plus revenue of customers won by referral, less 100 %, over two years of revenue.',
  level: 'financial',
  kind: 'p2p',
  grain: 'account',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '({kept} + {earned} - {base}) / {base}',
  nullWhen: 'There was no revenue in the year before, or the facts do not reach back 24 months.',
  measures: {
    earned_growth: {
      of: revenueYears,
      each: "if(part IN ('kept', 'earned'), revenue, 0) - revenue_before",
      over: twelveMonths,
      label: 'Kept and earned, less the year before',
      kind: 'money',
    },
    base: { of: revenueYears, each: 'revenue_before', over: twelveMonths, label: 'Revenue of the year before', kind: 'money' },
    kept: part('kept', 'Revenue from the customers of the year before'),
    earned: part('earned', 'Revenue from earned new customers'),
    bought: part('bought', 'Revenue from bought new customers'),
    unknown: part('unknown', 'Revenue from new customers of unknown source'),
    returned: part('returned', 'Revenue from customers who returned'),
    customers: { of: revenueYears, each: 'revenue_before > 0', over: twelveMonths, label: 'Customers of the year before', kind: 'count' },
  },
  value: matured(24, withSourceRange(ratio('earned_growth', 'base', 'no_base_revenue'))),
  n: 'customers',
  intervalName: 'if unknown sources were bought or earned',
  ownInterval: 'the range that accounts of unknown source leave: bought or earned',
  aliases: ['EGR', 'earned growth'],
  settings: [...REVENUE_SETTINGS, 'earned_sources'],
  disagreements: [{ anchor: 'Reichheld', says: 'a customer won in mid-year compares a part year with a full one and lifts retention; {egr_mrr} does not.' }],
  examples: [
    {
      says: 'egr_book: of 1.00 the year before 0.85 was kept, 0.25 came by referral, 0.20 was bought',
      facts: {
        account_attribute: [wonBy('e', 'Referral'), wonBy('b', 'ads')],
        charge: [
          bill('old', '2022-03-01', 1),
          bill('old', '2022-10-01', 1),
          bill('old', '2023-10-01', 0.85),
          bill('e', '2023-10-01', 0.25),
          bill('b', '2023-10-01', 0.2),
        ],
      },
      ask: { from: '2023-04-01', until: '2024-04-01' },
      value: 0.1,
      parts: { base: 1, kept: 0.85, earned: 0.25, bought: 0.2 },
    },
  ],
})
