import { addDays, addMonths } from '../kernel/period.ts'
import type { Day, Period } from '../kernel/period.ts'
import { termKey } from '../kernel/rule/rule.ts'
import type { RuleTerm, Span } from '../kernel/rule/rule.ts'

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

/** So much time up to a day, the day counted. */
export const spanPeriod = (day: Day, { n, unit }: Span): Period => {
  const until = addDays(day, 1)
  return { from: unit === 'months' ? addMonths(until, -n) : addDays(until, unit === 'weeks' ? -7 * n : -n), until }
}
