import { finite } from './finite.ts'
import { fitLogistic, logit } from './logistic.ts'

/** How good chances are that were given before outcomes (0 or 1) were known. All are null without rows. */

const matched = (chances: ArrayLike<number>, outcomes: ArrayLike<number>): boolean => chances.length > 0 && chances.length === outcomes.length

const rate = (outcomes: ArrayLike<number>): number => Array.from(outcomes).reduce((sum, y) => sum + y, 0) / outcomes.length

/** Mean squared distance of chance and outcome, 0 at best. G. W. Brier, Monthly Weather Review 78 (1950). */
export function brier(chances: ArrayLike<number>, outcomes: ArrayLike<number>): number | null {
  if (!matched(chances, outcomes)) return null
  let sum = 0
  for (let i = 0; i < chances.length; i++) sum += (chances[i]! - outcomes[i]!) ** 2
  return finite(sum / chances.length)
}

/** What part of the Brier score of the base rate is gone, 1 at best, 0 for the base rate. Null when outcomes are all alike. */
export function brierSkill(chances: ArrayLike<number>, outcomes: ArrayLike<number>): number | null {
  const score = brier(chances, outcomes)
  const base = outcomes.length > 0 ? rate(outcomes) * (1 - rate(outcomes)) : 0
  return score === null || !(base > 0) ? null : finite(1 - score / base)
}

/** Mean of -ln of the chance given to what happened. Null as well when something happened that was given no chance. */
export function logLoss(chances: ArrayLike<number>, outcomes: ArrayLike<number>): number | null {
  if (!matched(chances, outcomes)) return null
  let sum = 0
  for (let i = 0; i < chances.length; i++) {
    const [p, y] = [chances[i]!, outcomes[i]!]
    sum -= (y > 0 ? y * Math.log(p) : 0) + (y < 1 ? (1 - y) * Math.log1p(-p) : 0)
  }
  return finite(sum / chances.length)
}

/**
 * The chance that a row with outcome 1 was given more than one with outcome 0, ties for half: the Mann-Whitney form of the
 * area under the ROC curve. J. A. Hanley and B. J. McNeil, Radiology 143 (1982). Null when outcomes are all alike.
 */
export function areaUnderCurve(chances: ArrayLike<number>, outcomes: ArrayLike<number>): number | null {
  if (!matched(chances, outcomes)) return null
  const order = Array.from(chances, (_, i) => i).sort((i, j) => chances[i]! - chances[j]!)
  let [ranks, positives] = [0, 0]
  for (let i = 0; i < order.length;) {
    let end = i
    while (end < order.length && chances[order[end]!] === chances[order[i]!]) end++
    for (let k = i; k < end; k++) {
      if (outcomes[order[k]!] !== 1) continue
      ranks += (i + end + 1) / 2
      positives++
    }
    i = end
  }
  const negatives = order.length - positives
  return positives === 0 || negatives === 0 ? null : (ranks - (positives * (positives + 1)) / 2) / (positives * negatives)
}

/** How often the outcome is met among the tenth with the greatest chances, against the whole; a tie at the edge counts in part. */
export function topDecileLift(chances: ArrayLike<number>, outcomes: ArrayLike<number>): number | null {
  if (!matched(chances, outcomes) || rate(outcomes) === 0) return null
  const places = Math.ceil(chances.length / 10)
  const edge = Array.from(chances).sort((a, b) => b - a)[places - 1]!
  let [above, hits, level, levelHits] = [0, 0, 0, 0]
  for (let i = 0; i < chances.length; i++) {
    if (chances[i]! > edge) {
      above++
      hits += outcomes[i]!
    } else if (chances[i] === edge) {
      level++
      levelHits += outcomes[i]!
    }
  }
  return finite((hits + ((places - above) * levelHits) / level) / places / rate(outcomes))
}

/**
 * The slope of outcomes on the log-odds of the chances: 1 when chances are as bold as they should be, below 1 when too bold.
 * D. R. Cox, Biometrika 45 (1958). Null when outcomes are all alike, a chance is 0 or 1, or chances are all alike.
 */
export function calibrationSlope(chances: ArrayLike<number>, outcomes: ArrayLike<number>): number | null {
  const rows = Array.from(chances, (p) => [logit(p)])
  if (!matched(chances, outcomes) || rows.some(([x]) => !Number.isFinite(x))) return null
  return fitLogistic(rows, outcomes)?.coefficients[1] ?? null
}
