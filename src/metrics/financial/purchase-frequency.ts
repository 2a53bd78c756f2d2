import { MRR_SETTINGS, computed, defineMetric } from '../kit/metric.ts'
import { poissonInterval } from '../../statistics/poisson.ts'
import { customerDays, purchaseRows } from '../rows/buyers.ts'

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
  value: computed(
    ({ number }) => {
      const years = (number.days ?? 0) / 365
      if (years === 0) return { value: null, null_reason: 'no_exposure' }
      return { value: (number.purchases ?? 0) / years, under: years, ci: poissonInterval(number.purchases ?? 0, years), ci_method: 'poisson' }
    },
    { numerator: 'purchases', denominator: 'days' },
  ),
  n: 'purchases',
  ownInterval: 'Poisson',
  disagreements: [{ anchor: 'Shops that count orders', says: 'count free orders; here a purchase is a day with a charge above 0.' }],
  settings: MRR_SETTINGS,
})
