import type { Result } from '../contract/question.ts'

const group = (text: string, least: number, most: number): string =>
  // Exact for text too: decimals of any length are formatted digit by digit.
  new Intl.NumberFormat('en-US', { minimumFractionDigits: least, maximumFractionDigits: most }).format(text as unknown as number)

/** Money as exact text with its currency: "1,234.50 USD". Digits beyond the cent are shown when there are any. */
export const formatMoney = (exact: string, currency: string | null): string => `${group(exact, 2, 6)}${currency === null ? '' : ` ${currency}`}`

const number = (value: number, most: number): string => group(String(value), 0, most)

/** A value in its unit, for people. */
export function formatValue(value: number, unit: string, currency: string | null, exact: string | null = null): string {
  switch (unit) {
    case 'money':
      return formatMoney(exact ?? value.toFixed(2), currency)
    case 'share':
    case 'percent':
      return `${group(String(value * 100), 1, 2)} %`
    case 'count':
      return exact === null ? number(value, 6) : group(exact, 0, 6)
    default:
      return `${number(value, 4)}${['ratio', 'index', 'number'].includes(unit) ? '' : ` ${unit.replaceAll('_', ' ')}`}`
  }
}

/** The value of a result, or a dash with the reason why there is none. */
export const formatResult = (result: Result): string =>
  result.value === null
    ? `– (${result.refusal?.message ?? result.null_reason ?? 'no value'})`
    : formatValue(result.value, result.unit, result.currency, result.exact)

/** A number without a unit: to the cent where it is large, with six places where it is small. */
export const formatNumber = (value: number | null): string => (value === null ? '–' : number(value, Math.abs(value) >= 100 ? 2 : 6))
