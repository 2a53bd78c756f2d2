/** A numerator and a denominator of one part in one period. */
export interface Fraction {
  readonly over: number
  readonly under: number
}

export interface RatioPart {
  readonly before: Fraction
  readonly now: Fraction
}

/** What a part did to a change, by how it did it. Everything but the effect that applies is 0. */
export interface Split<Effect extends string> {
  readonly effects: Readonly<Record<Effect, number>>
  readonly amount: number
}

export const RATIO_EFFECTS = ['rate', 'mix', 'entered', 'left', 'unweighed'] as const
export type RatioEffect = (typeof RATIO_EFFECTS)[number]
export const TOTAL_EFFECTS = ['changed', 'entered', 'left'] as const
export type TotalEffect = (typeof TOTAL_EFFECTS)[number]

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0)

/**
 * What each part did to the change of a ratio R = sum(over) / sum(under). With w a part's share of the denominator, r its
 * own ratio, bars for means of both periods:
 * - in both periods: rate = w̄ (r1 - r0), mix = (w1 - w0) (r̄ - R̄);
 * - only now: entered = w1 (r1 - R̄); only before: left = -w0 (r0 - R̄).
 *
 * A part without a denominator is not present in that period. What it adds to the numerator all the same is `unweighed`,
 * over / sum(under): w r by another name, so that nothing is left out. Both weights add up to 1, hence the terms in R̄ add up to
 * nothing, and all amounts to R1 - R0 (Kitagawa 1955 for the part in both periods, symmetric in time).
 *
 * Null when the denominator of either period is 0: there is no ratio then.
 */
export function splitRatio(parts: readonly RatioPart[]): Split<RatioEffect>[] | null {
  const before = { over: sumOf(parts.map((part) => part.before.over)), under: sumOf(parts.map((part) => part.before.under)) }
  const now = { over: sumOf(parts.map((part) => part.now.over)), under: sumOf(parts.map((part) => part.now.under)) }
  if (before.under === 0 || now.under === 0) return null
  const middle = (before.over / before.under + now.over / now.under) / 2
  return parts.map((part) => {
    const [w0, w1] = [part.before.under / before.under, part.now.under / now.under]
    // Its place above or below the middle, weighed: w (r - R̄) without dividing by the part's own denominator.
    const above = ({ over, under }: Fraction, whole: number): number => (over - under * middle) / whole
    const unweighed = (part.now.under === 0 ? part.now.over / now.under : 0) - (part.before.under === 0 ? part.before.over / before.under : 0)
    const amount = above(part.now, now.under) - above(part.before, before.under)
    const effects = { rate: 0, mix: 0, entered: 0, left: 0, unweighed }
    if (w0 !== 0 && w1 !== 0) {
      effects.rate = ((w0 + w1) / 2) * (part.now.over / part.now.under - part.before.over / part.before.under)
      // (w1 - w0) (r̄ - R̄), without the rounding of two large numbers that cancel out.
      effects.mix = amount - effects.rate
    } else effects[w1 !== 0 ? 'entered' : 'left'] = amount - unweighed
    return { effects, amount }
  })
}

/** What each part did to the change of a total: it entered (from nothing), left (to nothing), or changed. */
export const splitTotal = (parts: readonly { readonly before: number; readonly now: number }[]): Split<TotalEffect>[] =>
  parts.map(({ before, now }) => {
    const amount = now - before
    const effect: TotalEffect = before === 0 ? 'entered' : now === 0 ? 'left' : 'changed'
    return { effects: { changed: 0, entered: 0, left: 0, [effect]: amount }, amount }
  })
