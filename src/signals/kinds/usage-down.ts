import { addDays } from '../../kernel/period.ts'
import { median } from '../../statistics/quantile.ts'
import { poissonCdf } from '../../statistics/poisson.ts'
import { wholeWeeks, weeksOf } from '../season.ts'
import { defineSign } from '../sign.ts'

const WEEKS = 13
const RECENT = 4
const BASE = [5, 13] as const
const LEAST_EVENTS = 20
const FALL = { raise: 0.6, keep: 0.75, chance: 0.01 }

/** Use of a few weeks against the same account's own weeks before. */
export interface OwnBaseline {
  readonly observed: number
  readonly expected: number
  readonly base: number
  readonly season: number
  readonly ratio: number
  /** The chance of so little where as much as expected is usual. */
  readonly p: number
}

export interface UsageDown extends OwnBaseline {
  readonly week_before: OwnBaseline
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** Weeks with the last one first, and how each was for everybody. Null where too little was used to say what is usual. */
export function ownBaseline(weeks: readonly number[], season: readonly number[]): OwnBaseline | null {
  const before = weeks.slice(...BASE)
  if (weeks.length < WEEKS || sum(before) < LEAST_EVENTS) return null
  const base = median(before.map((events, i) => events / (season[BASE[0] + i] ?? 1))) ?? 0
  const recent = sum(season.slice(0, RECENT))
  const [observed, expected] = [sum(weeks.slice(0, RECENT)), base * recent]
  return { observed, expected, base, season: recent / RECENT, ratio: observed / expected, p: poissonCdf(observed, expected) }
}

const isDown = ({ observed, expected, p }: OwnBaseline): boolean => observed < FALL.raise * expected && p <= FALL.chance

export const usageDown = defineSign<UsageDown>({
  id: 'usage_down',
  name: 'Use down',
  says: "Use of four weeks is far below the account's own weeks before, more than chance and season explain, now and a week ago.",
  class: 'risk',
  expires: 90,
  opens: [{ fact: 'usage_event', days: 91 }],
  values({ facts, day, until, season }) {
    const weekBefore = addDays(day, -7)
    // Where use comes late, a week ago the same days were complete.
    const [now, before] = [until, weekBefore < until ? weekBefore : until].map((end) =>
      wholeWeeks(facts.use, end) < WEEKS ? null : ownBaseline(weeksOf(facts.use, end, WEEKS), season(WEEKS, end)),
    )
    return now == null || before == null ? null : { ...now, week_before: before }
  },
  holds: (values) => isDown(values) && isDown(values.week_before),
  stillOn: ({ observed, expected }) => observed < FALL.keep * expected,
  evidence: ({ observed, expected, base, season, ratio }) => ({ observed, expected, base, season, ratio }),
  sentence: ({ observed, expected, ratio }) =>
    `Use fell ${Math.round(100 * (1 - ratio))} %: ${observed} events in ${RECENT} weeks where ${Math.round(expected)} were usual`,
})
