import type { Steps } from '../kernel/steps.ts'
import { finite } from './finite.ts'
import { hypergeometric } from './hypergeometric.ts'
import { logBeta, logGamma } from './log-gamma.ts'
import { leastOf, positive } from './nelder-mead.ts'

/**
 * Repeat buying without a contract: while alive a customer buys as a Poisson process, and after each purchase may be gone for
 * good. Rates are gamma(r, alpha), chances of leaving beta(a, b). P. S. Fader, B. G. S. Hardie and K. L. Lee, "Counting your
 * customers the easy way", Marketing Science 24 (2005). Time is in any one unit; alpha is in it too.
 */
export interface BgNbd {
  readonly r: number
  readonly alpha: number
  readonly a: number
  readonly b: number
}

/** Purchases after the first, time from the first to the last (0 without repeats), and time from the first until now. */
export interface BuyingHistory {
  readonly repeats: number
  readonly last: number
  readonly age: number
}

/** Fewer repeat buyers than this do not carry four parameters. */
export const REPEAT_BUYERS_LEAST = 200

const sound = ({ r, alpha, a, b }: BgNbd): boolean => [r, alpha, a, b].every((value) => value > 0 && Number.isFinite(value))

const readable = ({ repeats, last, age }: BuyingHistory): boolean =>
  Number.isInteger(repeats) && repeats >= 0 && last >= 0 && last <= age && (repeats === 0) === (last === 0) && Number.isFinite(age)

/** Log-likelihood of customers; `counts` how many share a history. */
export function bgNbdLogLikelihood({ r, alpha, a, b }: BgNbd, histories: readonly BuyingHistory[], counts?: readonly number[]): number {
  const front: number[] = []
  const constant = r * Math.log(alpha) - logGamma(r) - logBeta(a, b)
  const frontOf = (x: number): number => (front[x] ??= constant + logGamma(r + x) + logBeta(a, b + x))
  let sum = 0
  histories.forEach(({ repeats: x, last, age }, i) => {
    const alive = -(r + x) * Math.log(alpha + age)
    const gone = x === 0 ? -Infinity : Math.log(a / (b + x - 1)) - (r + x) * Math.log(alpha + last)
    const most = Math.max(alive, gone)
    sum += (counts?.[i] ?? 1) * (frontOf(x) + most + Math.log(Math.exp(alive - most) + Math.exp(gone - most)))
  })
  return sum
}

/** Like histories are counted once, which makes a fit cost in proportion to the different ones. */
function grouped(histories: readonly BuyingHistory[]): { distinct: BuyingHistory[]; counts: number[] } {
  const groups = new Map<string, { history: BuyingHistory; count: number }>()
  for (const history of histories) {
    const key = `${history.repeats} ${history.last} ${history.age}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { history, count: 1 })
    else group.count++
  }
  const values = [...groups.values()]
  return { distinct: values.map(({ history }) => history), counts: values.map(({ count }) => count) }
}

/**
 * Maximum likelihood, from several starts. Time is scaled by the longest age while searching, so its unit does not matter.
 * Null with fewer than `least` repeat buyers (200), or with a history that cannot be.
 */
export function* fitBgNbd(
  histories: readonly BuyingHistory[],
  { least = REPEAT_BUYERS_LEAST }: { readonly least?: number } = {},
): Steps<(BgNbd & { readonly log_likelihood: number }) | null> {
  const repeaters = histories.filter(({ repeats }) => repeats > 0).length
  if (repeaters < Math.max(1, least) || !histories.every(readable)) return null
  const unit = histories.reduce((most, { age }) => Math.max(most, age), 0)
  const scaled = histories.map(({ repeats, last, age }) => ({ repeats, last: last / unit, age: age / unit }))
  const { distinct, counts } = grouped(scaled)
  const model = (point: readonly number[]): BgNbd => {
    const [r, alpha, a, b] = point.map(positive) as [number, number, number, number]
    return { r, alpha, a, b }
  }
  const cost = (point: readonly number[]): number => -bgNbdLogLikelihood(model(point), distinct, counts) / histories.length
  const starts = [
    [0, 0, 0, 0],
    [-1, -2, 0, 1],
    [0, -2, -1, 1],
  ]
  const found = yield* leastOf(cost, starts)
  if (!Number.isFinite(found.value)) return null
  const fit = model(found.point)
  const best = { ...fit, alpha: fit.alpha * unit }
  return { ...best, log_likelihood: bgNbdLogLikelihood(best, histories) }
}

/** The chance that a customer is still alive; 1 without repeats, since one leaves after a repeat purchase only. */
export function bgNbdAlive(model: BgNbd, history: BuyingHistory): number | null {
  if (!readable(history) || !sound(model)) return null
  const { r, alpha, a, b } = model
  const { repeats: x, last, age } = history
  if (x === 0) return 1
  const odds = (a / (b + x - 1)) * Math.exp((r + x) * Math.log((alpha + age) / (alpha + last)))
  return 1 / (1 + odds)
}

/** a - 1 stands below the line and its limit is finite, so that a hair's breadth from 1 is as good as 1. */
const awayFromOne = (a: number): number => (Math.abs(a - 1) < 1e-6 ? 1 + 1e-6 : a)

/** Purchases expected of a customer in the next `time`, given the history. */
export function bgNbdExpected(model: BgNbd, history: BuyingHistory, time: number): number | null {
  const alive = bgNbdAlive(model, history)
  if (alive === null || !(time >= 0)) return null
  if (time === 0) return 0
  const { r, alpha, b } = model
  const { repeats: x, age } = history
  const a = awayFromOne(model.a)
  const c = a + b + x - 1
  const gauss = hypergeometric(r + x, b + x, Math.abs(c) < 1e-6 ? 1e-6 : c, time / (alpha + age + time))
  const expected = (c / (a - 1)) * (1 - ((alpha + age) / (alpha + age + time)) ** (r + x) * gauss) * alive
  return finite(expected)
}

/** Repeat purchases expected of a new customer by `time`. */
export const bgNbdExpectedNew = (model: BgNbd, time: number): number | null => bgNbdExpected(model, { repeats: 0, last: 0, age: 0 }, time)

/** Purchases expected in each of the next `periods` units of time, each discounted by its distance, added up. */
export function bgNbdDiscounted(model: BgNbd, history: BuyingHistory, periods: number, discount: number): number | null {
  let [sum, before] = [0, 0]
  for (let period = 1; period <= periods; period++) {
    const until = bgNbdExpected(model, history, period)
    if (until === null) return null
    sum += (until - before) / (1 + discount) ** period
    before = until
  }
  return finite(sum)
}
