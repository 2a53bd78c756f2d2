import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { computed } from '../kit/value.ts'
import { customerDays, purchaseRows } from '../rows/buyers.ts'
import { churnBounds, pooledChurn } from '../rows/pooled-churn.ts'

export const clv = defineMetric({
  id: 'clv',
  name: 'Customer lifetime value',
  says: 'Revenue expected from a customer over the whole relation: purchase value x purchases a year x years of relation.',
  level: 'financial',
  kind: 'model',
  grain: 'account group',
  unit: 'money',
  better: 'up',
  rollUp: 'none',
  dimensions: 'account',
  formula: '({charged} / {purchases}) x ({purchases} / ({days} / 365)) x 1 / (1 - (1 - {lost} / {exposed})^12)',
  nullWhen: 'There was no purchase or no customer, or nobody was lost in the months pooled, so that no lifespan follows.',
  measures: {
    charged: { of: purchaseRows, each: 'amount', label: 'Charged', kind: 'money' },
    purchases: { of: purchaseRows, each: '1', label: 'Purchases', kind: 'count' },
    days: { of: customerDays, each: 'days_paid', label: 'Days as a customer, all accounts together', kind: 'count' },
    ...pooledChurn,
  },
  value: computed((parts) => {
    const { number } = parts
    const [purchases, days, lost, exposed] = [number.purchases ?? 0, number.days ?? 0, number.lost ?? 0, number.exposed ?? 0]
    if (purchases === 0) return { value: null, null_reason: 'no_purchases' }
    if (days === 0) return { value: null, null_reason: 'no_exposure' }
    if (exposed === 0 || lost === 0) return { value: null, null_reason: 'no_lifespan' }
    const over = (churn: number): number => (number.charged ?? 0) / (days / 365) / (1 - (1 - churn) ** 12)
    const bounds = churnBounds(parts)
    const ci = bounds === null || bounds[0] === 0 ? null : ([over(bounds[1]), over(bounds[0])] as const)
    return { value: over(lost / exposed), ci, ci_method: 'through the interval of churn' }
  }),
  n: 'purchases',
  ownInterval: 'through the interval of churn (Wilson)',
  aliases: ['CLV', 'customer lifetime value (revenue)'],
  settings: [...MRR_SETTINGS, 'revenue_basis', 'ltv_churn_months'],
  disagreements: [
    {
      anchor: 'Some texts',
      says: 'take the lifespan as given: 500 a year for 5 years is 2,500. The mean of relations that ended is biased low, since the living are left out; it follows from churn here.',
    },
  ],
})
