import type { Interval } from './interval.ts'
import { finiteInterval, isLevel, LEVEL } from './interval.ts'
import { studentQuantile } from './student-t.ts'

/** Student's interval of a mean; `sd` is the sample's (divisor n - 1). Null for fewer than two values. */
export function tInterval(mean: number, sd: number, n: number, level: number = LEVEL): Interval | null {
  if (!(n >= 2) || !(sd >= 0) || !isLevel(level)) return null
  const t = studentQuantile(0.5 + level / 2, n - 1)
  if (t === null) return null
  const margin = (t * sd) / Math.sqrt(n)
  return finiteInterval(mean - margin, mean + margin)
}
