import type { ShownBand } from '../../health/bands.ts'
import type { Mover } from '../../health/movers.ts'
import { largestMovers, movers } from '../../health/movers.ts'
import type { Snapshot } from '../../health/snapshot.ts'
import type { Day } from '../../kernel/period.ts'

/** Points by which a score has to move to be told. */
export const TOLD_CHANGE = 5

/** A score that moved between two snapshots, with what moved it most. */
export interface ScoreChange {
  readonly account_id: string
  readonly from: Day
  readonly until: Day
  readonly before: number | null
  readonly after: number | null
  readonly band_before: ShownBand
  readonly band_after: ShownBand
  /** Points that add up, with `rest`, to the change. Empty where a side has no score. */
  readonly causes: readonly Mover[]
  readonly rest: number
  readonly appeared: readonly string[]
  readonly vanished: readonly string[]
  /** The whole fleet moved that day: nothing is announced of it yet. */
  readonly is_held: boolean
}

/** What a snapshot was made of, as a change is explained by it. */
const sideOf = ({ weighted, inputs, caps }: Snapshot): Parameters<typeof movers>[0] => {
  const binding = caps.toSorted((a, b) => a.at_most - b.at_most || (a.id < b.id ? -1 : 1))[0]
  return {
    weighted,
    contributions: inputs.flatMap(({ id, share, score }) => (score === null || share === 0 ? [] : [{ id, share, score }])),
    cap: binding === undefined ? null : { id: binding.id, at_most: binding.at_most },
  }
}

/**
 * Why a score moved from one snapshot to another. Both are as they were said on their days, so that what was learnt between
 * them stands under what happened; another model stands under `model`.
 */
export function explainChange(before: Snapshot, after: Snapshot): ScoreChange {
  const [from, until] = [sideOf(before), sideOf(after)]
  const { lines, appeared, vanished, ...scores } = before.model === after.model ? movers(from, from, from, until) : movers(from, from, until, until)
  const { shown, rest } = largestMovers(lines ?? [])
  return {
    account_id: after.account_id,
    from: before.day,
    until: after.day,
    before: scores.before,
    after: scores.after,
    band_before: before.band,
    band_after: after.band,
    causes: shown,
    rest,
    appeared,
    vanished,
    is_held: after.is_held,
  }
}
