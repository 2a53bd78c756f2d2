import type { Steps } from '../kernel/steps.ts'

export interface Minimum {
  readonly point: readonly number[]
  readonly value: number
  readonly converged: boolean
}

interface Vertex {
  readonly point: number[]
  readonly value: number
}

const STEPS = 4000

/** A positive parameter searched by its logarithm, which is kept within e^-15 and e^15. */
export const positive = (logarithm: number): number => Math.exp(Math.min(Math.max(logarithm, -15), 15))

const between = (from: readonly number[], to: readonly number[], share: number): number[] => from.map((x, j) => x + share * (to[j]! - x))

/** One simplex walked down from a start until it is small in size and in value. */
function* descend(f: (point: readonly number[]) => number, start: readonly number[], size: number, tolerance: number): Steps<Minimum> {
  const at = (point: number[]): Vertex => {
    const value = f(point)
    return { point, value: Number.isNaN(value) ? Infinity : value }
  }
  const simplex = [at([...start]), ...start.map((_, j) => at(start.map((x, k) => (k === j ? x + size : x))))]
  const last = simplex.length - 1
  for (let step = 0; step < STEPS; step++) {
    yield
    simplex.sort((a, b) => a.value - b.value)
    const [best, worst] = [simplex[0]!, simplex[last]!]
    const spread = Math.max(...simplex.map(({ point }) => Math.max(...point.map((x, j) => Math.abs(x - best.point[j]!)))))
    if (spread < tolerance && worst.value - best.value <= 1e-12 * (1 + Math.abs(best.value))) return { ...best, converged: true }
    const centre = start.map((_, j) => simplex.slice(0, last).reduce((sum, { point }) => sum + point[j]!, 0) / last)
    const reflected = at(between(centre, worst.point, -1))
    if (reflected.value < best.value) {
      const expanded = at(between(centre, worst.point, -2))
      simplex[last] = expanded.value < reflected.value ? expanded : reflected
      continue
    }
    if (reflected.value < simplex[last - 1]!.value) {
      simplex[last] = reflected
      continue
    }
    const contracted = at(between(centre, reflected.value < worst.value ? reflected.point : worst.point, 0.5))
    if (contracted.value < Math.min(reflected.value, worst.value)) simplex[last] = contracted
    else for (let i = 1; i <= last; i++) simplex[i] = at(between(best.point, simplex[i]!.point, 0.5))
  }
  simplex.sort((a, b) => a.value - b.value)
  return { ...simplex[0]!, converged: false }
}

/**
 * The point near `start` where f is least: the simplex of J. A. Nelder and R. Mead, Computer Journal 7 (1965), begun anew at
 * its own result until that no longer helps, since a simplex can collapse short of the minimum. It can pause after each step.
 */
export function* nelderMead(
  f: (point: readonly number[]) => number,
  start: readonly number[],
  { size = 0.5, tolerance = 1e-8 }: { readonly size?: number; readonly tolerance?: number } = {},
): Steps<Minimum> {
  let best = yield* descend(f, start, size, tolerance)
  for (let again = 0; again < 5; again++) {
    const next = yield* descend(f, best.point, size / 2, tolerance)
    const gain = best.value - next.value
    if (next.value <= best.value) best = next
    if (!(gain > 1e-10 * (1 + Math.abs(best.value)))) break
  }
  return best
}

/** The least of what is found from several starts. */
export function* leastOf(f: (point: readonly number[]) => number, starts: readonly (readonly number[])[]): Steps<Minimum> {
  let least: Minimum | undefined
  for (const start of starts) {
    const found = yield* nelderMead(f, start)
    if (least === undefined || found.value < least.value) least = found
  }
  return least ?? { point: [], value: Infinity, converged: false }
}
