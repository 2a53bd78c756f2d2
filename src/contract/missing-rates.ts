import type { Result } from './question.ts'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const dayWords = (day: string): string => `${Number(day.slice(8, 10))} ${MONTHS[Number(day.slice(5, 7)) - 1] ?? ''} ${day.slice(0, 4)}`

/** Which rates are missing, from which day on, and what would cure it; empty when none is. Without the full stop at its end. */
export function missingRateWords({ missing_rates: gaps }: Pick<Result, 'missing_rates'>): string {
  if (gaps.length === 0) return ''
  const first = gaps.map(({ from }) => from).toSorted()[0] ?? ''
  const said = gaps.map(
    ({ currency, per, from, until }) =>
      `no exchange rate from ${currency} to ${per} is known ${until === null ? '' : `before ${dayWords(until)} `}and one is needed from ${dayWords(from)} on`,
  )
  const text = said.join('; ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}. Import exchange rates that begin on ${dayWords(first)} or before`
}
