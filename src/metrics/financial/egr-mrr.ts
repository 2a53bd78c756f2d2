import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { withSourceRange } from '../rows/earned-growth.ts'
import { sourcedAccounts } from '../rows/owned-accounts.ts'

const joined = (part: string, label: string) => ({ of: sourcedAccounts, each: 'kept', when: `part = '${part}'`, label, kind: 'money' }) as const

export const egrMrr = defineMetric({
  id: 'egr_mrr',
  name: 'Earned growth rate (MRR)',
  says: 'Growth that customers give themselves: net retention plus new MRR won by referral, less 100 %, on opening and closing MRR.',
  level: 'financial',
  kind: 'p2p',
  grain: 'account',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '({kept} + {earned} - {opening}) / {opening}',
  nullWhen: 'Opening MRR is 0.',
  measures: {
    earned_growth: {
      of: sourcedAccounts,
      each: "if(part IN ('kept', 'earned'), kept, 0) - opening",
      label: 'Kept and earned, less the opening',
      kind: 'money',
    },
    opening: { of: sourcedAccounts, each: 'opening', label: 'Opening MRR', kind: 'money' },
    kept: { of: sourcedAccounts, each: 'kept', when: "part = 'kept'", label: 'Closing MRR of the opening customers', kind: 'money' },
    earned: joined('earned', 'New MRR that was earned'),
    bought: joined('bought', 'New MRR that was bought'),
    unknown: joined('unknown', 'New MRR of unknown source'),
    returned: joined('returned', 'MRR of customers who returned'),
    customers: { of: sourcedAccounts, each: 'was_customer', label: 'Customers at the opening', kind: 'count' },
  },
  value: withSourceRange(ratio('earned_growth', 'opening', 'no_opening_mrr')),
  n: 'customers',
  intervalName: 'if unknown sources were bought or earned',
  ownInterval: 'the range that accounts of unknown source leave: bought or earned',
  aliases: ['EGR', 'earned growth rate'],
  settings: [...MRR_SETTINGS, 'earned_sources', 'reactivation_window_days'],
  disagreements: [{ anchor: 'Reichheld', says: 'uses revenue of two years; this form does not suffer from customers won in mid-year.' }],
})
