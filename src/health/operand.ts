import { addDays, addMonths } from '../kernel/period.ts'
import type { Day, Period } from '../kernel/period.ts'
import { usualPeriodOf } from '../metrics/ask/account-values.ts'
import { termKey } from '../kernel/rule/rule.ts'
import type { RuleTerm } from '../kernel/rule/rule.ts'

/** What the product reads of an account by itself. */
export const READINGS = ['usage', 'support', 'feedback', 'billing'] as const
export type BuiltInReading = (typeof READINGS)[number]

/** A metric of an account on a day. */
export interface MetricOperand extends RuleTerm {
  readonly kind: 'metric'
  readonly options: Readonly<Record<string, string>>
}

/** What an input reads of an account on a day: a reading of the product, or a metric. */
export type Operand = { readonly kind: 'reading'; readonly reading: BuiltInReading } | MetricOperand

export const reading = (of: BuiltInReading): Operand => ({ kind: 'reading', reading: of })
export const ofTerm = (term: RuleTerm): MetricOperand => ({ kind: 'metric', options: {}, ...term })

/** Equal keys read the same. */
export function operandKey(operand: Operand): string {
  if (operand.kind === 'reading') return operand.reading
  const options = Object.entries(operand.options).sort(([a], [b]) => (a < b ? -1 : 1))
  return `${termKey(operand)}${options.map(([name, value]) => ` ${name}=${JSON.stringify(value)}`).join('')}`
}

/** From when until when a metric is read on a day, the day counted. */
export function termPeriod({ span }: RuleTerm, day: Day): Period {
  if (span === null) return usualPeriodOf(day)
  const { n, unit } = span
  const until = addDays(day, 1)
  return { from: unit === 'months' ? addMonths(until, -n) : addDays(until, unit === 'weeks' ? -7 * n : -n), until }
}
