import type { Result } from '../contract/question.ts'
import type { Unit } from '../kernel/words/units.ts'
import * as values from '../kernel/words/value.ts'

/** A value in its unit, for people; exact text is printed digit by digit. */
export const formatValue = (value: number, unit: Unit, currency: string | null, exact: string | null = null): string =>
  values.formatValue('terminal', value, unit, { currency, exact })

/** A difference with its sign; shares differ by percentage points. */
export const formatChange = (change: number, unit: Unit, currency: string | null): string =>
  `${change > 0 ? '+' : ''}${formatValue(change, unit, currency).replace(/ %$/, ' pp')}`

/** The value of a result, or a dash with the reason why there is none. */
export const formatResult = (result: Result): string =>
  result.value === null
    ? `– (${result.refusal?.message ?? result.null_reason ?? 'no value'})`
    : formatValue(result.value, result.unit, result.currency, result.exact)

/** A number without a unit: to the cent where it is large, with six places where it is small. */
export const formatNumber = (value: number | null): string => (value === null ? '–' : values.formatNumber('terminal', value, 0, Math.abs(value) >= 100 ? 2 : 6))
