import { formatDay } from '../kernel/words/days.ts'
import type { Result } from './question.ts'

/** Which rates are missing, from which day on, and what would cure it; empty when none is. Without the full stop at its end. */
export function missingRateWords({ missing_rates: gaps }: Pick<Result, 'missing_rates'>): string {
  if (gaps.length === 0) return ''
  const first = gaps.map(({ from }) => from).toSorted()[0] ?? ''
  const said = gaps.map(
    ({ currency, per, from, until }) =>
      `no exchange rate from ${currency} to ${per} is known ${until === null ? '' : `before ${formatDay(until)} `}and one is needed from ${formatDay(from)} on`,
  )
  const text = said.join('; ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}. Import exchange rates that begin on ${formatDay(first)} or before`
}
