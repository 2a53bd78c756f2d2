import type { ShownBand } from '../../health/bands.ts'
import { bandRank, plainBand } from '../../health/bands.ts'
import { defineSign } from '../sign.ts'

/** A fall of the whole fleet from which on it is taken off. */
const FLEET_FALL = 3

export interface BandDown {
  readonly before: ShownBand
  readonly after: ShownBand
  readonly own_before: ShownBand
  readonly own_after: ShownBand
  readonly weighted: number | null
  readonly score: number | null
  readonly fleet_fall: number
  readonly own_cap: boolean
}

const isLower = (after: ShownBand, before: ShownBand): boolean => after !== 'unknown' && before !== 'unknown' && bandRank(after) < bandRank(before)

const keepsBand = (weighted: number | null, band: ShownBand): boolean =>
  weighted !== null && band !== 'unknown' && bandRank(plainBand(weighted)) >= bandRank(band)

export const bandDown = defineSign<BandDown>({
  id: 'band_down',
  name: 'Band down',
  says: 'The band is lower than a week ago, and neither the season nor what has a sign of its own explains it.',
  class: 'risk',
  expires: 30,
  restsOnScore: true,
  lingers: 14,
  opens: [],
  values({ week_before, band, own_band, weighted, score, fleet_fall, own_cap }) {
    if (week_before === null) return null
    return { before: week_before.band, after: band, own_before: week_before.own_band, own_after: own_band, weighted, score, fleet_fall, own_cap }
  },
  holds({ before, after, own_before, own_after, weighted, fleet_fall, own_cap }) {
    const isSeason = fleet_fall >= FLEET_FALL && !own_cap && weighted !== null && keepsBand(weighted + fleet_fall, own_before)
    return isLower(after, before) && isLower(own_after, own_before) && !isSeason
  },
  // A day's score as it is known later keeps the old band, or it was right to say that it fell.
  ground: ({ own_before, score }) => score === null || !keepsBand(score, own_before),
  evidence: ({ before, after, score }) => ({ before, after, score }),
  sentence: ({ before, after, score }) =>
    `${before[0]?.toUpperCase()}${before.slice(1)} to ${after}${score === null ? '' : `: ${Math.round(score * 10) / 10}`}`,
})
