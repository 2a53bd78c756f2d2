import type { Day } from '../kernel/period.ts'
import type { Interval } from '../statistics/interval.ts'
import { LEVEL } from '../statistics/interval.ts'
import { median } from '../statistics/quantile.ts'
import { wilson } from '../statistics/wilson.ts'
import type { Verdict } from './verdict.ts'

/** So many decisions and matured warnings are enough to say how good a rule is. */
export const ENOUGH = { decisions: 10, matured: 10 } as const

/** One warning with what became of it; `lead` in days where it was a hit. */
export interface Warning {
  readonly account: string
  readonly raised: Day
  readonly verdict: Verdict
  readonly lead: number | null
}

export interface Share {
  readonly of: number
  readonly n: number
  readonly rate: number | null
  readonly ci: Interval | null
}

export const shareOf = (of: number, n: number): Share => ({ of, n, rate: n === 0 ? null : of / n, ci: wilson(of, n) })

export interface ReportCard {
  readonly verdicts: Readonly<Record<Verdict, number>>
  readonly matured: number
  readonly precision: Share
  readonly recall: Share
  /** Accounts of rated decisions that a hit came before, and those that none did. */
  readonly caught: readonly string[]
  readonly missed: readonly string[]
  readonly base_rate: number | null
  readonly lift: number | null
  readonly leads: readonly number[]
  readonly median_lead: number | null
  readonly median_lead_ci: Interval | null
  readonly enough: boolean
}

/** Chance of fewer than `l` of `n` on one side of the median. */
function below(l: number, n: number): number {
  let [term, sum] = [0.5 ** n, 0]
  for (let k = 0; k < l; k++) {
    sum += term
    term = (term * (n - k)) / (k + 1)
  }
  return sum
}

/** The median by order statistics: no assumption on how the values lie. None under 6 values, where none is as sure. */
export function medianInterval(values: readonly number[], level: number = LEVEL): Interval | null {
  const sorted = values.toSorted((a, b) => a - b)
  const [n, tail] = [sorted.length, (1 - level) / 2]
  let l = 0
  while (2 * (l + 1) <= n && below(l + 1, n) <= tail + 1e-12) l++
  const [low, high] = [sorted[l - 1], sorted[n - l]]
  return l === 0 || low === undefined || high === undefined ? null : [low, high]
}

/** How good a kind of warning was: `rated` are the accounts of decisions that it could have come before. */
export function reportCard(warnings: readonly Warning[], rated: readonly string[], baseRate: number | null): ReportCard {
  const count = (verdict: Verdict): number => warnings.filter((warning) => warning.verdict === verdict).length
  const verdicts = { hit: count('hit'), miss: count('miss'), too_late: count('too_late'), not_matured: count('not_matured'), late_data: count('late_data') }
  const matured = verdicts.hit + verdicts.miss + verdicts.too_late
  const first = new Map<string, Warning>()
  for (const warning of warnings.toSorted((a, b) => (a.raised < b.raised ? -1 : 1)))
    if (warning.verdict === 'hit' && !first.has(warning.account)) first.set(warning.account, warning)
  const leads = [...first.values()]
    .map(({ lead }) => lead)
    .filter((lead) => lead !== null)
    .sort((a, b) => a - b)
  const [caught, missed] = [rated.filter((account) => first.has(account)), rated.filter((account) => !first.has(account))]
  const precision = shareOf(verdicts.hit, matured)
  return {
    verdicts,
    matured,
    precision,
    recall: shareOf(caught.length, rated.length),
    caught,
    missed,
    base_rate: baseRate,
    lift: precision.rate === null || baseRate === null || baseRate === 0 ? null : precision.rate / baseRate,
    leads,
    median_lead: median(leads),
    median_lead_ci: medianInterval(leads),
    enough: isEnough(rated.length, matured),
  }
}

export const isEnough = (decisions: number, matured: number): boolean => decisions >= ENOUGH.decisions && matured >= ENOUGH.matured

/** What a card says where there is too little to know; null where there is enough. */
export function notEnough(decisions: number, matured: number): string | null {
  if (decisions < ENOUGH.decisions) return `not enough churn to know: ${decisions} of ${ENOUGH.decisions} decisions`
  return matured < ENOUGH.matured ? `not enough signals to know: ${matured} of ${ENOUGH.matured} matured` : null
}

/** Of accounts scored and undecided on a day the tenth with the lowest scores, ties by ARR, then id. */
export function worstTenth<A extends { readonly account: string; readonly score: number; readonly arr: number }>(accounts: readonly A[]): A[] {
  const ordered = accounts.toSorted((a, b) => a.score - b.score || b.arr - a.arr || (a.account < b.account ? -1 : 1))
  return ordered.slice(0, Math.ceil(accounts.length / 10))
}
