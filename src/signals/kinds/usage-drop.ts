import { median } from '../../statistics/quantile.ts'
import { medianDeviation } from '../../statistics/robust-z.ts'
import { weeksOf, wholeWeeks } from '../season.ts'
import { defineSign } from '../sign.ts'

export const DROP_WEEKS = 9
const LEAST_WEEK = 20
const DROP = { raise: 0.6, keep: 0.75, z: -3 }
/** Makes the median deviation of a normal sample its standard deviation. */
const NORMAL = 1.4826

/** The last week against the eight before it. */
export interface LastWeek {
  readonly now: number
  readonly median: number
  readonly expected: number
  readonly z: number
}

/** Weeks with the last one first, and how each was for everybody. */
export function lastWeek(weeks: readonly number[], season: readonly number[]): LastWeek | null {
  const usual = weeks.slice(1, DROP_WEEKS).map((events, i) => events / (season[i + 1] ?? 1))
  const [middle, deviation, index] = [median(usual), medianDeviation(usual), season[0] ?? 1]
  const now = weeks[0]
  if (weeks.length < DROP_WEEKS || now === undefined || middle === null || deviation === null || !(middle > 0)) return null
  const expected = middle * index
  return { now, median: middle, expected, z: (now - expected) / Math.max(NORMAL * deviation * index, Math.sqrt(expected)) }
}

export const usageDrop = defineSign<LastWeek>({
  id: 'usage_drop',
  name: 'Use dropped',
  says: 'A lively account used far less in a week than in the eight before.',
  class: 'risk',
  expires: 45,
  opens: [{ fact: 'usage_event', days: 63 }],
  values: ({ facts, until, season }) =>
    wholeWeeks(facts.use, until) < DROP_WEEKS ? null : lastWeek(weeksOf(facts.use, until, DROP_WEEKS), season(DROP_WEEKS, until)),
  holds: ({ now, median: usual, expected, z }) => usual >= LEAST_WEEK && now < DROP.raise * expected && z <= DROP.z,
  stillOn: ({ now, expected }) => now < DROP.keep * expected,
  evidence: ({ now, median: usual, expected, z }) => ({ now, median: usual, expected, z, drop: 1 - now / expected }),
  sentence: ({ now, expected }) => `Use dropped ${Math.round(100 * (1 - now / expected))} % in a week (${now} against ${Math.round(expected)})`,
})
