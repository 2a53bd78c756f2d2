import type { Interval } from './interval.ts'
import { finiteInterval, isLevel, LEVEL } from './interval.ts'
import { quantileSorted } from './quantile.ts'
import type { Random } from './random.ts'
import { seededRandom } from './random.ts'

export interface BootstrapOptions {
  readonly seed: number | string
  readonly draws?: number
  readonly level?: number
  /** Fewer rows (accounts) than this have no interval (C26). */
  readonly least?: number
}

export const BOOTSTRAP_LEAST = 20
const DRAWS = 2000
const DEFINED_SHARE = 0.95

/** The percentile interval of what `draw` gives; draws without a value are left out, and beyond 1 in 20 there is no interval. */
export function percentiles(draw: (random: Random) => number, { seed, draws = DRAWS, level = LEVEL }: BootstrapOptions): Interval | null {
  if (!isLevel(level) || !(draws >= 1)) return null
  const random = seededRandom(seed)
  const values = new Float64Array(draws)
  let defined = 0
  for (let i = 0; i < draws; i++) {
    const value = draw(random)
    if (Number.isFinite(value)) values[defined++] = value
  }
  if (defined < DEFINED_SHARE * draws) return null
  const sorted = values.subarray(0, defined).sort()
  const [lower, upper] = [quantileSorted(sorted, (1 - level) / 2), quantileSorted(sorted, (1 + level) / 2)]
  return lower === null || upper === null ? null : finiteInterval(lower, upper)
}
