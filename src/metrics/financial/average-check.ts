import { REVENUE_SETTINGS, defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { purchaseRows } from '../rows/buyers.ts'

export const averageCheck = defineMetric({
  id: 'average_check',
  name: 'Average check',
  says: 'What a purchase comes to; a purchase is a day on which an account was charged.',
  level: 'financial',
  kind: 'flow',
  grain: 'purchase',
  unit: 'money',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{charged} / {purchases}',
  nullWhen: 'There was no purchase.',
  measures: {
    charged: { of: purchaseRows, each: 'amount', label: 'Charged', kind: 'money' },
    purchases: { of: purchaseRows, each: '1', label: 'Purchases', kind: 'count' },
  },
  value: ratio('charged', 'purchases', 'no_purchases'),
  n: 'purchases',
  interval: 'bootstrap',
  aliases: ['average purchase value', 'average order value'],
  disagreements: [{ anchor: 'Shops that count orders', says: 'count free orders; here a purchase is a day with a charge above 0.' }],
  settings: REVENUE_SETTINGS,
})
