import { median } from './quantile.ts'

/**
 * The median of the slopes between every two points, and the median intercept: a trend that a few odd values do not turn.
 * P. K. Sen, JASA 63 (1968). In units of y per unit of x. Null when all points share one x.
 */
export function theilSen(points: readonly { readonly x: number; readonly y: number }[]): { slope: number; intercept: number } | null {
  const slopes = points.flatMap((a, i) => points.slice(i + 1).flatMap((b) => (a.x === b.x ? [] : [(b.y - a.y) / (b.x - a.x)])))
  const slope = median(slopes)
  if (slope === null) return null
  const intercept = median(points.map(({ x, y }) => y - slope * x))
  return intercept === null ? null : { slope, intercept }
}
