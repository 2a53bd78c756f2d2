export type Band = 'red' | 'amber' | 'green'
export type ShownBand = Band | 'unknown'

/** From these scores on a band begins. */
export const EDGES = { amber: 40, green: 70 } as const
/** Points past an edge that move a band at once, and days beyond it that do. */
export const HOLD = { points: 3, days: 7 } as const

export const BANDS: readonly Band[] = ['red', 'amber', 'green']
const LOWER_EDGES = [-Infinity, EDGES.amber, EDGES.green] as const

export const plainBand = (score: number): Band => (score >= EDGES.green ? 'green' : score >= EDGES.amber ? 'amber' : 'red')
export const bandRank = (band: Band): number => BANDS.indexOf(band)
export const lowestBand = (bands: readonly Band[]): Band => BANDS.find((band) => bands.includes(band)) ?? 'green'
/** Steps between two bands. */
export const bandDistance = (a: Band, b: Band): number => Math.abs(bandRank(a) - bandRank(b))

/**
 * The band that is held of the weighted scores of daily snapshots, the last of them today's: an edge is passed by points, or
 * by days beyond it without a gap. The first score, also after a gap, has its plain band.
 */
export function holdBand(held: Band | null, scores: readonly (number | null)[]): Band | null {
  const now = scores.at(-1) ?? null
  if (now === null) return null
  if (held === null) return plainBand(now)
  const goal = bandRank(plainBand(now))
  let rank = bandRank(held)
  while (rank !== goal) {
    const up = goal > rank
    const edge = LOWER_EDGES[up ? rank + 1 : rank] as number
    const isBeyond = (score: number | null | undefined): boolean => score !== null && score !== undefined && (up ? score >= edge : score < edge)
    const byPoints = up ? now >= edge + HOLD.points : now <= edge - HOLD.points
    const week = scores.slice(-HOLD.days)
    if (!byPoints && !(week.length === HOLD.days && week.every(isBeyond))) break
    rank += up ? 1 : -1
  }
  return BANDS[rank] ?? null
}

export interface BandReasons {
  readonly held: Band | null
  readonly low: number
  readonly missing_families: readonly string[]
  readonly missing_inputs: readonly string[]
}

/** What is missing never makes green. */
export function mayBeGreen({ low, missing_families, missing_inputs }: Omit<BandReasons, 'held'>): boolean {
  return missing_families.length === 0 && (missing_inputs.length === 0 || low >= EDGES.green)
}

/** The band that is shown: of the held one, the caps in force, and what is not known, the lowest. */
export function shownBand(reasons: BandReasons, caps: readonly { readonly at_most: number }[]): ShownBand {
  if (reasons.held === null) return 'unknown'
  return lowestBand([reasons.held, ...caps.map(({ at_most }) => plainBand(at_most)), ...(mayBeGreen(reasons) ? [] : (['amber'] as const))])
}
