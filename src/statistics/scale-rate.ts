import { finite } from './finite.ts'

/** A year and a twelfth of it, in days, wherever a rate is carried to another length of period (C5, C30). */
export const YEAR_DAYS = 365
export const MONTH_DAYS = YEAR_DAYS / 12

const survive = (lossRate: number, times: number): number | null => {
  if (!(lossRate <= 1) || !(times > 0) || !Number.isFinite(lossRate) || !Number.isFinite(times)) return null
  return finite(-Math.expm1(times * Math.log1p(-lossRate)))
}

/**
 * A loss rate measured over `fromDays`, as it would be over `toDays` if it went on alike: 1 - (1 - rate)^(to / from).
 * C. S. Gold, Fighting Churn with Data (2020), listing 2.5. An estimate, to be labelled as one.
 * Null for a rate above 1 or a length that is not positive. A negative rate (net gain) compounds in the same way.
 */
export const scaleRate = (rate: number, fromDays: number, toDays: number): number | null => (fromDays > 0 ? survive(rate, toDays / fromDays) : null)

/** A monthly loss rate over twelve months: 3 % is 30.62 %, not 36 %. An estimate, to be labelled as one. */
export const annualise = (monthlyRate: number): number | null => survive(monthlyRate, 12)
