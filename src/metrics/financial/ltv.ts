import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { computed } from '../kit/value.ts'
import type { Parts } from '../kit/value.ts'
import { accountPeriods } from '../rows/account-periods.ts'
import { churnBounds, pooledChurn } from '../rows/pooled-churn.ts'

/** Profit a customer brings in a month. */
const monthly = ({ number, settings }: Parts): number => ((number.mrr ?? 0) / (number.customers ?? 1)) * Number(settings.gross_margin)

export const ltv = defineMetric({
  id: 'ltv',
  name: 'Lifetime value',
  says: 'Profit expected from a customer over the whole relation: MRR per customer x gross margin / monthly churn.',
  level: 'financial',
  kind: 'model',
  grain: 'account group',
  unit: 'money',
  better: 'up',
  rollUp: 'none',
  dimensions: 'account',
  formula: '({mrr} / {customers}) x {gross_margin} / ({lost} / {exposed})',
  nullWhen: 'Nobody was lost in the months pooled (a lower bound is given), or there is no customer.',
  measures: {
    mrr: { of: accountPeriods, each: 'closing', unrated: 'gap_closing', label: 'MRR', kind: 'money' },
    customers: { of: accountPeriods, each: 'is_customer', label: 'Customers', kind: 'count' },
    ...pooledChurn,
  },
  value: computed((parts) => {
    const { number } = parts
    if ((number.customers ?? 0) === 0) return { value: null, null_reason: 'no_customers' }
    if ((number.exposed ?? 0) === 0) return { value: null, null_reason: 'no_exposure' }
    const bounds = churnBounds(parts)
    const ci = bounds === null || bounds[0] === 0 ? null : ([monthly(parts) / bounds[1], monthly(parts) / bounds[0]] as const)
    if ((number.lost ?? 0) === 0)
      return { value: null, null_reason: 'no_churn', flags: bounds === null ? [] : [`at_least_${(monthly(parts) / bounds[1]).toFixed(2)}`] }
    return { value: monthly(parts) / ((number.lost ?? 0) / (number.exposed ?? 1)), ci, ci_method: 'through the interval of churn' }
  }),
  n: 'customers',
  ownInterval: 'through the interval of churn (Wilson)',
  aliases: ['LTV', 'customer lifetime value (profit)'],
  settings: [...MRR_SETTINGS, 'gross_margin', 'ltv_churn_months'],
  disagreements: [
    {
      anchor: 'ChartMogul',
      says: 'takes the mean of the six monthly rates and no margin.',
      value: ({ number }) =>
        (number.lost ?? 0) === 0 || (number.customers ?? 0) === 0
          ? null
          : ((number.mrr ?? 0) / (number.customers ?? 1)) * ((number.exposed ?? 0) / (number.lost ?? 1)),
    },
    { anchor: 'ProfitWell', says: 'divides ARPU by 1 - retention, smoothed and net of expansion.' },
  ],
})
