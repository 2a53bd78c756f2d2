import { addMonths, startOf } from '../../kernel/period.ts'
import type { Period } from '../../kernel/period.ts'
import type { Settings } from '../../kernel/settings.ts'
import { wilson } from '../../statistics/wilson.ts'
import { MOMENTS } from '../kit/moment.ts'
import type { Measure } from '../kit/metric.ts'
import type { Parts } from '../kit/value.ts'
import { accountPeriods } from './account-periods.ts'

/** The full calendar months before the end of the period whose churn is pooled. */
const months = ({ until }: Period, settings: Settings): Period[] => {
  const end = startOf('month', until)
  return Array.from({ length: Number(settings.ltv_churn_months) }, (_, i) => ({ from: addMonths(end, -i - 1), until: addMonths(end, -i) }))
}

/** Customers lost and exposed, month by month, added up: the churn that lifetime values rest on. */
export const pooledChurn = {
  lost: {
    of: accountPeriods,
    each: 'was_customer AND NOT is_customer',
    over: months,
    moment: MOMENTS.p2p,
    label: 'Customers lost in the months pooled',
    kind: 'count',
  },
  exposed: { of: accountPeriods, each: 'was_customer', over: months, moment: MOMENTS.p2p, label: 'Customers at the opening of these months', kind: 'count' },
} as const satisfies Record<string, Measure>

/** Bounds of the monthly churn, from which the bounds of a lifetime value follow. */
export const churnBounds = ({ number }: Parts): readonly [number, number] | null => wilson(number.lost ?? 0, number.exposed ?? 0)
