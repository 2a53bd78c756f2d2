import type { Settings } from '../kernel/settings.ts'
import { sql } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import { elementsOf } from './tuple.ts'

/** Discounts that lower MRR under the setting (C7). */
export const discountsInMrr = (settings: Settings): Sql => {
  switch (settings.mrr_discounts) {
    case 'all':
      return sql`1`
    case 'forever_only':
      return sql`duration = 'forever'`
    case 'none':
      return sql`0`
    default:
      return sql`duration IN ('repeating', 'forever')`
  }
}

/** Months in one billing interval as a fraction, so that it is divided once (C5: 365/12 days a month, 7 days a week): so many intervals are so many months. */
export const MONTHLY = sql`multiIf(interval_unit = 'quarter', (1, 3), interval_unit = 'year', (1, 12), interval_unit = 'week', (365, 84),
  interval_unit = 'day', (365, 12), (1, 1))`
export const monthly = elementsOf('monthly', ['intervals', 'months'])
export const INTERVALS = sql`if(interval_months > 0, interval_months, 1)`

/** The price of so many months. Exact until the one division, then rounded once to six places, half to even (C6). */
const netOfInterval = (months: Sql): Sql => sql`CAST(roundBankers(
    greatest(toDecimal256(unit_amount, 6) * toDecimal256(if(amount_per IN ('', 'unit'), quantity, 1), 6) * toDecimal256(100 - least(percent_off, 100), 6)
        - toDecimal256(amount_off * 100, 18), toDecimal256(0, 18))
      * toDecimal256(${months} * ${monthly.intervals}, 0)
    / (toDecimal256(100 * ${monthly.months}, 0) * toDecimal256(${INTERVALS}, 6)), 6), 'Decimal(38, 6)')`

/** The price of so many months where an amount is told for a month or a year, whatever the billing interval: only discounts go by the interval. */
const netOfMonths = (months: Sql): Sql => sql`CAST(roundBankers(
    greatest(toDecimal256(unit_amount, 6) * toDecimal256(100 - least(percent_off, 100), 6) * toDecimal256(${monthly.months}, 0) * toDecimal256(${INTERVALS}, 6)
        - toDecimal256(amount_off * 100, 18) * toDecimal256(${monthly.intervals} * if(amount_per = 'year', 12, 1), 0), toDecimal256(0, 18))
      * toDecimal256(${months}, 0)
    / (toDecimal256(100 * ${monthly.months} * if(amount_per = 'year', 12, 1), 0) * toDecimal256(${INTERVALS}, 6)), 6), 'Decimal(38, 6)')`

/**
 * What terms cost in so many months, net of discounts. Of rows with unit_amount, quantity, amount_per, interval_months, `monthly` (see
 * MONTHLY), percent_off, and amount_off a billing interval.
 */
export const netOf = (months: Sql): Sql => sql`if(amount_per IN ('month', 'year'), ${netOfMonths(months)}, ${netOfInterval(months)})`
