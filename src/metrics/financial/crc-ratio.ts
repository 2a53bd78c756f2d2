import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { computed } from '../kit/value.ts'
import { daysBetween, wholeMonths } from '../../kernel/period.ts'
import { P2P_GAP, accountPeriods } from '../rows/account-periods.ts'
import { COST_DIMENSIONS, costRows } from '../rows/capacity-and-costs.ts'

export const crcRatio = defineMetric({
  id: 'crc_ratio',
  name: 'Retention cost ratio',
  says: 'Price of keeping one unit of recurring revenue for a month.',
  level: 'financial',
  kind: 'flow',
  grain: 'account',
  unit: 'ratio',
  better: 'down',
  rollUp: 'ratio',
  dimensions: 'none',
  formula: '{cost} / ({kept} x {months})',
  nullWhen: 'No recurring revenue was kept.',
  measures: {
    cost: { of: costRows, each: 'amount', when: "purpose = 'retention'", label: 'Cost of keeping customers', kind: 'money' },
    kept: {
      of: accountPeriods,
      undividedBy: COST_DIMENSIONS,
      each: 'least(opening, kept)',
      label: 'Opening MRR that was kept',
      unrated: P2P_GAP,
      kind: 'money',
    },
    customers: { of: accountPeriods, undividedBy: COST_DIMENSIONS, each: 'was_customer', label: 'Customers at the opening', kind: 'count' },
  },
  value: computed(
    ({ number, period }) => {
      const months = wholeMonths(period) ?? (daysBetween(period.from, period.until) * 12) / 365
      return (number.kept ?? 0) === 0
        ? { value: null, null_reason: 'none_retained', beside: { months } }
        : { value: (number.cost ?? 0) / ((number.kept ?? 1) * months), under: (number.kept ?? 1) * months, beside: { months } }
    },
    { numerator: 'cost', denominator: 'kept' },
  ),
  n: 'customers',
  besides: { months: 'Months in the period' },
  settings: MRR_SETTINGS,
})
