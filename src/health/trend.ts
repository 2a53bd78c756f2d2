import { TREND } from '../ledgers/health-said.ts'
import { theilSen } from '../statistics/theil-sen.ts'

/** Points a week, over weekly scores as they were reported, the oldest first; gaps keep their places. */
export function healthTrend(weekly: readonly (number | null)[]): number | null {
  const points = weekly.slice(-TREND.weeks).flatMap((y, x) => (y === null ? [] : [{ x, y }]))
  return points.length < TREND.least ? null : (theilSen(points)?.slope ?? null)
}

export const isSteady = (slope: number): boolean => Math.abs(slope) < TREND.steady
