import type { Touchpoint } from '../../health/account-facts.ts'
import type { Day } from '../../kernel/period.ts'
import { addDays } from '../../kernel/period.ts'
import { defineSign } from '../sign.ts'

const DAYS = 45
const LEAST = 2

export interface MovedMeetings {
  readonly moved: number
  readonly last: Day | null
  readonly held_since: boolean
}

const isMoved = ({ state }: Touchpoint): boolean => state === 'rescheduled' || state === 'declined'

export const meetingMoved = defineSign<MovedMeetings>({
  id: 'meeting_moved',
  name: 'Meeting moved',
  says: 'Meetings were moved or declined again and again, and none was held since.',
  class: 'risk',
  expires: 60,
  opens: [{ fact: 'touchpoint', days: 45 }],
  values({ facts, day }) {
    const moved = facts.touchpoints.filter((touch) => isMoved(touch) && touch.day > addDays(day, -DAYS) && touch.day <= day)
    const last =
      moved
        .map((touch) => touch.day)
        .sort()
        .at(-1) ?? null
    const held = facts.touchpoints.some(({ state, day: at }) => state === 'held' && last !== null && at > last && at <= day)
    return { moved: moved.length, last, held_since: held }
  },
  holds: ({ moved, held_since }) => moved >= LEAST && !held_since,
  evidence: ({ moved, last }) => ({ moved, last }),
  sentence: ({ moved }) => `Moved ${moved === 2 ? 'twice' : `${moved} times`}; no meeting since`,
})
