import { daysBetween } from '../../kernel/period.ts'
import type { Period } from '../../kernel/period.ts'
import { measuresOfValue } from '../kit/metric.ts'
import type { Measure, MetricDefinition } from '../kit/metric.ts'
import { clipped, measurePeriods } from './settle-question.ts'
import type { SettledQuestion } from './settle-question.ts'

/** Days that differ where a window is counted in months. */
const SLACK = 3

/**
 * Whether a period can be set against another (C29): both are over, or each number of it tells of a moment or
 * of a window of the same length in both.
 */
export function isAlike(asked: SettledQuestion, metric: MetricDefinition, wanted: Period, before: Period): boolean {
  if (wanted.until <= asked.asOf || metric.kind === 'stock') return true
  const [now, then] = [wanted, before].map((period) => clipped(asked, period))
  if (now === undefined || now === null || then === undefined || then === null) return true
  const daysOf = (measure: Measure, period: Period): number =>
    measurePeriods(measure, period, asked.book.settings).reduce((sum, { from, until }) => sum + daysBetween(from, until), 0)
  return measuresOfValue(metric).every((measure) => measure.over !== undefined && Math.abs(daysOf(measure, now) - daysOf(measure, then)) <= SLACK)
}
