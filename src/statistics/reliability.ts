import type { Interval } from './interval.ts'
import { wilson } from './wilson.ts'

/** Rows of like chances: how many, the mean chance they were given, and how often the outcome came. */
export interface ReliabilityBin {
  readonly n: number
  readonly mean_chance: number
  readonly rate: number
  readonly interval: Interval | null
}

/** Bins of (nearly) equal count in the order of the chances. The order of the rows does not matter. */
export function reliability(chances: ArrayLike<number>, outcomes: ArrayLike<number>, bins: number = 10): ReliabilityBin[] {
  const rows = Array.from(chances, (p, i) => ({ p, y: outcomes[i]! })).sort((a, b) => a.p - b.p || a.y - b.y)
  return Array.from({ length: bins }, (_, bin) => rows.slice(Math.floor((bin * rows.length) / bins), Math.floor(((bin + 1) * rows.length) / bins)))
    .filter((part) => part.length > 0)
    .map((part) => {
      const [chance, events] = [part.reduce((sum, { p }) => sum + p, 0), part.reduce((sum, { y }) => sum + y, 0)]
      return { n: part.length, mean_chance: chance / part.length, rate: events / part.length, interval: wilson(events, part.length) }
    })
}

/**
 * Expected calibration error: the mean distance of rate and mean chance over bins, by their counts. M. P. Naeini, G. F. Cooper
 * and M. Hauskrecht, AAAI (2015). Null without rows.
 */
export function calibrationError(bins: readonly Pick<ReliabilityBin, 'n' | 'mean_chance' | 'rate'>[]): number | null {
  const n = bins.reduce((sum, bin) => sum + bin.n, 0)
  return n > 0 ? bins.reduce((sum, bin) => sum + bin.n * Math.abs(bin.rate - bin.mean_chance), 0) / n : null
}
