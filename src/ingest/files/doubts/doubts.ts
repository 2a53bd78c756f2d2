import type { StagedRow } from '../../record/staged-row.ts'
import type { Ambiguity } from '../types.ts'
import { createDayEnds } from './day-ends.ts'
import type { DayEnd } from './day-ends.ts'
import type { Doubt, Doubtful } from './doubt.ts'
import { doubtParts } from './held-parts.ts'
import { doubtPrice } from './per-unit.ts'
import { findRivals } from './rivals.ts'
import { createRowStatuses } from './row-statuses.ts'
import { createScaleDoubt, doubtWords } from './scores.ts'
import { createTakenOff } from './taken-off.ts'
import { createUnended } from './unended.ts'

/** All that may have to be asked about the rows of a file. */
export interface Doubts {
  /** Looks at the cells of a row; true when the row is left out. */
  see(cells: readonly string[]): boolean
  /** Looks at the fact that a row became, and mends the fact; false when the row is refused. */
  mend(row: StagedRow): boolean
  isOpen(atEnd: boolean): boolean
  reset(): void
  questions(): Ambiguity[]
  notes(): string[]
  leftOut(): number
}

export function createDoubts(from: Doubtful, ends: { readonly header: string; readonly end: DayEnd }): Doubts {
  const [statuses, takenOff, unended] = [createRowStatuses(from), createTakenOff(from), createUnended(from)]
  const [scale, dayEnds] = [createScaleDoubt(from), createDayEnds(from, ends)]
  const seeing: Doubt[] = [...findRivals(from), ...doubtParts(from), ...doubtPrice(from), ...doubtWords(from), dayEnds]
  const all = [...seeing, statuses, takenOff, unended, ...(scale === null ? [] : [scale])]
  return {
    see(cells) {
      if (statuses.leavesOut(cells)) return true
      for (const doubt of seeing) doubt.see(cells)
      return false
    },
    mend(row) {
      takenOff.sign(row)
      unended.take(row)
      dayEnds.take(row)
      return scale?.take(row) ?? true
    },
    isOpen: (atEnd) => all.some((doubt) => doubt.isOpen(atEnd)),
    reset: () => all.forEach((doubt) => doubt.reset()),
    questions: () => all.flatMap((doubt) => doubt.questions()),
    notes: () => all.flatMap((doubt) => doubt.notes()),
    leftOut: () => statuses.leftOut(),
  }
}
