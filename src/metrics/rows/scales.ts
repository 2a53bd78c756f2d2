import type { Measure, Revision } from '../kit/metric.ts'
import { withBeside } from '../kit/value.ts'
import type { Form } from '../kit/value.ts'
import { responsesLeftOut } from './survey-responses.ts'

/** A scale as one number, to tell scales apart in a tally. */
export const SCALE_CODE = 'toFloat64(highest) * 1000 + toFloat64(lowest)'

export const scaleOf = (code: number): { lowest: number; highest: number } => {
  const highest = Math.round(code / 1000)
  return { lowest: code - 1000 * highest, highest }
}

/** Flags a share that was made of answers on different scales (metric `csat`). */
export const flagScales = (value: Form): Form =>
  withBeside(value, ({ tallies }) => ((tallies.scales?.values.length ?? 0) > 1 ? { flags: ['scales_pooled'] } : {}))

/** Answers to surveys of a kind that are not counted, for `flagLeftOut`. */
export const leftOut = (kind: 'nps' | 'csat' | 'ces'): { readonly left_out: Measure } => ({
  left_out: { of: responsesLeftOut, each: '1', when: `kind = '${kind}'`, label: 'Answers off their scale, not counted', kind: 'count' },
})

/** Says that there are answers which the value leaves out. */
export const flagLeftOut = (value: Form): Form => withBeside(value, ({ number }) => ((number.left_out ?? 0) > 0 ? { flags: ['off_scale'] } : {}))

export const WHOLE_SCALES = {
  on: '2026-12-01',
  says: 'A survey of recommendation that does not ask from 0 to 10 is left out whole, and said; its answers were read as if it did.',
} as const satisfies Revision
