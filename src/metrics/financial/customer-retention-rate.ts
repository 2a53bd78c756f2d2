import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { accountPeriods } from '../rows/account-periods.ts'

export const customerRetentionRate = defineMetric({
  id: 'customer_retention_rate',
  name: 'Customer retention rate',
  says: 'Share of the customers at the opening who are customers at the close.',
  level: 'financial',
  kind: 'p2p',
  grain: 'account',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{kept} / {opening}',
  nullWhen: 'There was no customer at the opening.',
  measures: {
    kept: {
      of: accountPeriods,
      each: 'was_customer AND is_customer',
      label: 'Customers of the opening still there at the close',
      kind: 'count',
    },
    opening: {
      of: accountPeriods,
      each: 'was_customer',
      label: 'Customers at the opening',
      kind: 'count',
    },
  },
  value: ratio('kept', 'opening', 'no_opening_customers'),
  n: 'opening',
  interval: 'wilson',
  aliases: ['CRR', 'retention rate', 'logo retention'],
  settings: MRR_SETTINGS,
  disagreements: [
    {
      anchor: 'Some texts',
      says: 'use (closing - new) / opening; the same only while every new customer is still there at the close and nobody returned.',
    },
  ],
  examples: [
    {
      says: 'crr_seed, wilson_90_100: 100 at the start, 10 lost, 5 new',
      accounts: [
        { count: 90, opening: 1, closing: 1 },
        { count: 10, opening: 1 },
        { count: 5, closing: 1 },
      ],
      value: 0.9,
      ci: [0.82563434, 0.94477086],
    },
    {
      says: 'crr_join_and_leave: 8 acquired of whom 3 left at once: they do not count',
      accounts: [
        { count: 90, opening: 1, closing: 1 },
        { count: 10, opening: 1 },
        { count: 5, closing: 1 },
        { count: 3, between: 1 },
      ],
      value: 0.9,
    },
    {
      says: 'crr_returning: 2 old customers return: they were not in the opening set',
      accounts: [
        { count: 90, opening: 1, closing: 1 },
        { count: 10, opening: 1 },
        { count: 5, closing: 1 },
        { count: 2, earlier: true, closing: 1 },
      ],
      value: 0.9,
    },
    { says: 'crr_zero: nobody at the opening', accounts: [{ count: 3, closing: 1 }], value: null, null_reason: 'no_opening_customers' },
    {
      says: 'wilson_8_9: eight of nine',
      accounts: [{ count: 8, opening: 1, closing: 1 }, { opening: 1 }],
      value: 8 / 9,
      ci: [0.56500029, 0.98010911],
    },
  ],
})
