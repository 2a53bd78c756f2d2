import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { ratio, withBeside } from '../kit/value.ts'
import { poissonInterval } from '../../statistics/poisson.ts'
import { customerDays, purchaseRows } from '../rows/buyers.ts'

const YEAR = 365

export const purchaseFrequency = defineMetric({
  id: 'purchase_frequency',
  name: 'Purchase frequency',
  says: 'Purchases per customer and year.',
  level: 'financial',
  kind: 'window',
  grain: 'account',
  unit: 'per_year',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{purchases} / ({days} / 365)',
  nullWhen: 'Nobody was a customer in the period.',
  measures: {
    purchases: { of: purchaseRows, each: '1', label: 'Purchases', kind: 'count' },
    days: { of: customerDays, each: 'days_paid', label: 'Days as a customer, all accounts together', kind: 'count' },
  },
  value: withBeside(ratio('purchases', 'days', 'no_exposure', { times: YEAR }), ({ number: { purchases = 0, days = 0 } }, { value }) =>
    value === null ? {} : { under: days / YEAR, ci: poissonInterval(purchases, days / YEAR), ci_method: 'poisson' },
  ),
  n: 'purchases',
  ownInterval: 'Poisson',
  disagreements: [{ anchor: 'Shops that count orders', says: 'count free orders; here a purchase is a day with a charge above 0.' }],
  settings: MRR_SETTINGS,
})
