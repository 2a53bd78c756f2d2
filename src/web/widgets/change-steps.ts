import type { Change } from '../../contract/change.ts'
import type { Step } from '../charts/layout.ts'
import type { StepWords } from '../charts/waterfall.tsx'
import { DASH, formatDay, formatPeriod, formatShort, formatValue, moneyDigits } from '../format.ts'

type Measured = Pick<Change, 'unit' | 'currency'>

/** Units in which whole numbers are written without decimals. */
const WHOLE: ReadonlySet<string> = new Set(['count', 'days'])

/** As many decimals as it takes for the largest of some differences to be more than nothing. */
export function digitsOf(amounts: readonly number[], unit: string): number {
  const most = Math.max(0, ...amounts.map(Math.abs))
  if (unit === 'money') return moneyDigits(amounts)
  if (WHOLE.has(unit) && amounts.every(Number.isInteger)) return 0
  const [size, usual] = unit === 'share' ? [most * 100, 1] : [most, 2]
  return size === 0 || size >= 0.5 * 10 ** -usual ? usual : Math.min(9, Math.ceil(-Math.log10(size)) + 1)
}

/** A difference with its sign. In a column all have the same decimals. */
export function amountText(amount: number, { unit, currency }: Measured, digits = digitsOf([amount], unit)): string {
  const size = Math.abs(amount)
  const text = unit === 'share' ? formatValue(size, 'share', null, digits).replace('%', 'pp') : formatValue(size, unit, currency, digits)
  const sign = Number(size.toFixed(unit === 'share' ? digits + 2 : digits)) === 0 ? '' : amount > 0 ? '+' : '\u2212'
  return sign + text
}

export const sideText = (value: number | null, { unit, currency }: Measured, digits?: number): string =>
  value === null ? DASH : formatValue(value, unit, currency, digits ?? (unit === 'points' ? 2 : undefined))

export const wordsOf = (measured: Measured): StepWords => ({
  amount: (step, short) => {
    if (step.amount === null) return DASH
    if (step.kind !== 'total') return amountText(step.amount, measured)
    return short && measured.unit === 'money' ? formatShort(step.amount, measured.unit, measured.currency) : sideText(step.amount, measured)
  },
  tick: (value, more) => formatShort(value, measured.unit, measured.currency, more),
})

/** The bridge as bars: the two values, and between them each step coloured by whether it was for the better. */
export function stepsOf({ from, to, steps, better, reported_on }: Change): Step[] {
  const kindOf = (amount: number): Step['kind'] =>
    better === 'context' || from.flags.includes('partial') !== to.flags.includes('partial') ? 'flat' : amount > 0 === (better === 'up') ? 'up' : 'down'
  const same = from.period.label === to.period.label
  const reported = reported_on === null ? undefined : `As reported on ${formatDay(reported_on.slice(0, 10))}`
  return [
    {
      id: 'from',
      name: same ? 'As reported' : formatPeriod(from.period),
      kind: 'total',
      amount: from.value,
      result: undefined,
      ...(reported === undefined ? {} : { says: reported }),
    },
    ...steps.map(({ kinds, label, says, amount }): Step => ({
      id: kinds.join(' '),
      name: kinds.length > 1 ? 'Since then' : label,
      kind: kindOf(amount),
      amount,
      result: undefined,
      says,
    })),
    { id: 'to', name: same ? 'Now' : formatPeriod(to.period), kind: 'total', amount: to.value, result: undefined },
  ]
}
