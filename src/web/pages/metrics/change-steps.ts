import type { Change } from '../../../contract/change.ts'
import type { Step } from '../../charts/layout.ts'
import type { StepWords } from '../../charts/waterfall.tsx'
import { DASH, formatChange, formatDay, formatPeriod, formatShort, formatValue } from '../../format.ts'

type Measured = Pick<Change, 'unit' | 'currency'>

/** A difference with its sign; one that one decimal would round to nothing gets as many as it takes. */
export function amountText(amount: number, { unit, currency }: Measured): string {
  const points = Math.abs(amount) * 100
  if (unit !== 'share' || points === 0 || points >= 0.05) return formatChange(amount, unit, currency)
  const digits = Math.min(9, Math.ceil(-Math.log10(points)) + 1)
  return `${amount > 0 ? '+' : '\u2212'}${points.toFixed(digits)}\u202fpp`
}

export const sideText = (value: number | null, { unit, currency }: Measured): string => (value === null ? DASH : formatValue(value, unit, currency))

export const wordsOf = (measured: Measured): StepWords => ({
  amount: (step, short) => {
    if (step.amount === null) return DASH
    if (step.kind !== 'total') return amountText(step.amount, measured)
    return short && measured.unit === 'money' ? formatShort(step.amount, measured.unit, measured.currency) : sideText(step.amount, measured)
  },
  tick: (value) => formatShort(value, measured.unit, measured.currency),
})

/** The bridge as bars: the two values, and between them each step coloured by whether it was for the better. */
export function stepsOf({ from, to, steps, better, reported_on }: Change): Step[] {
  const kindOf = (amount: number): Step['kind'] => (better === 'context' ? 'flat' : amount > 0 === (better === 'up') ? 'up' : 'down')
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
    ...steps.map(({ kinds, label, says, amount }): Step => ({ id: kinds.join(' '), name: kinds.length > 1 ? 'Since then' : label, kind: kindOf(amount), amount, result: undefined, says })),
    { id: 'to', name: same ? 'Now' : formatPeriod(to.period), kind: 'total', amount: to.value, result: undefined },
  ]
}
