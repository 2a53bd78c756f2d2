/**
 * The non-decreasing values nearest to those given (least squares), by pooling adjacent violators. R. E. Barlow, D. J.
 * Bartholomew, J. M. Bremner and H. D. Brunk, Statistical Inference under Order Restrictions (1972), 1.2.
 */
export function poolAdjacentViolators(values: readonly number[], weights?: readonly number[]): number[] {
  const blocks: { sum: number; weight: number; count: number }[] = []
  values.forEach((value, i) => {
    const weight = weights?.[i] ?? 1
    let block = { sum: value * weight, weight, count: 1 }
    for (let last = blocks.at(-1); last !== undefined && last.sum * block.weight >= block.sum * last.weight; last = blocks.at(-1)) {
      block = { sum: last.sum + block.sum, weight: last.weight + block.weight, count: last.count + block.count }
      blocks.pop()
    }
    blocks.push(block)
  })
  return blocks.flatMap(({ sum, weight, count }) => new Array<number>(count).fill(sum / weight))
}

/** A non-decreasing map from scores to chances: straight between the knots, level beyond them. */
export interface Isotonic {
  readonly scores: readonly number[]
  readonly chances: readonly number[]
}

/** Fits chances to outcomes by score; rows of one score are taken together. Null without rows. */
export function fitIsotonic(scores: ArrayLike<number>, outcomes: ArrayLike<number>): Isotonic | null {
  if (scores.length === 0 || scores.length !== outcomes.length) return null
  const order = Array.from(scores, (_, i) => i).sort((i, j) => scores[i]! - scores[j]!)
  const distinct: { score: number; sum: number; weight: number }[] = []
  for (const i of order) {
    const last = distinct.at(-1)
    if (last !== undefined && last.score === scores[i]) {
      last.sum += outcomes[i]!
      last.weight++
    } else {
      distinct.push({ score: scores[i]!, sum: outcomes[i]!, weight: 1 })
    }
  }
  const chances = poolAdjacentViolators(
    distinct.map(({ sum, weight }) => sum / weight),
    distinct.map(({ weight }) => weight),
  )
  return { scores: distinct.map(({ score }) => score), chances }
}

/** The chance at a score. */
export function predictIsotonic({ scores, chances }: Isotonic, score: number): number {
  let [low, high] = [0, scores.length - 1]
  if (score <= scores[0]!) return chances[0]!
  if (score >= scores[high]!) return chances[high]!
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (scores[middle]! <= score) low = middle
    else high = middle
  }
  const part = (score - scores[low]!) / (scores[high]! - scores[low]!)
  return chances[low]! + part * (chances[high]! - chances[low]!)
}
