import type { Day } from '../kernel/period.ts'
import { daysBetween } from '../kernel/period.ts'
import { refuse } from '../kernel/errors.ts'
import type { Band } from './bands.ts'
import { plainBand } from './bands.ts'

/** A score that somebody responses for, for a while. The computed one stays beside it. */
export interface Override {
  readonly value: number
  readonly owner: string
  readonly reason: string
  readonly from: Day
  /** Its last day. */
  readonly until: Day
}

export const LONGEST_OVERRIDE = 30

export function checkOverride({ value, owner, reason, from, until }: Override): void {
  if (!(value >= 0 && value <= 100)) throw refuse('bad_override', `${value} is no score.`, 'Give a number from 0 to 100.')
  if (owner.trim() === '' || reason.trim() === '')
    throw refuse('bad_override', 'Nobody responses for it, or it has no reason.', 'Name an owner and give a reason.')
  const days = daysBetween(from, until)
  if (!(days >= 0 && days <= LONGEST_OVERRIDE))
    throw refuse(
      'bad_override',
      `From ${from} to ${until} is not within ${LONGEST_OVERRIDE} days.`,
      `End it at most ${LONGEST_OVERRIDE} days after its beginning.`,
    )
}

/** Of overrides in the order in which they were recorded the last that is in force. */
export const overrideOn = (overrides: readonly Override[], day: Day): Override | null =>
  overrides.findLast(({ from, until }) => from <= day && day <= until) ?? null

/** The score that is shown, and its band at once. */
export const shownScore = (computed: number | null, override: Override | null): { score: number | null; band: Band | null } => {
  const score = override?.value ?? computed
  return { score, band: score === null ? null : plainBand(score) }
}
