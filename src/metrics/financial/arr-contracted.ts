import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { total } from '../kit/value.ts'
import { EXACT_YEARS, subscriptionBalances } from '../rows/subscription-balances.ts'

export const arrContracted = defineMetric({
  id: 'arr_contracted',
  name: 'Contracted ARR',
  says: 'The part of ARR under terms of twelve months or more.',
  level: 'financial',
  kind: 'stock',
  grain: 'subscription',
  unit: 'money',
  better: 'up',
  rollUp: 'semi',
  dimensions: 'subscription',
  formula: '{arr}',
  nullWhen: 'Never: nothing under such a term is 0.',
  measures: {
    arr: {
      of: subscriptionBalances,
      each: 'arr',
      when: 'term_months >= 12',
      label: 'Yearly value of subscriptions under terms of 12 months or more',
      kind: 'money',
    },
    subscriptions: {
      of: subscriptionBalances,
      each: '1',
      when: 'term_months >= 12',
      label: 'Subscriptions under such a term',
      kind: 'count',
    },
  },
  value: total('arr'),
  n: 'subscriptions',
  aliases: ['contracted ARR', 'CARR'],
  settings: MRR_SETTINGS,
  revisions: [EXACT_YEARS],
})
