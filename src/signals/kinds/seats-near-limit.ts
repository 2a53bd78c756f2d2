import { activeUsers } from '../../health/account-day.ts'
import { seatsOn } from '../../health/caps.ts'
import { addDays } from '../../kernel/period.ts'
import { defineSign } from '../sign.ts'

const DAYS = 28
const AGAIN = 14
const LEAST_SEATS = 5
const FULL = 0.9

export interface SeatsUsed {
  readonly users: number
  readonly users_before: number
  readonly seats: number
  readonly seats_before: number
}

export const seatsNearLimit = defineSign<SeatsUsed>({
  id: 'seats_near_limit',
  name: 'Seats near the limit',
  says: 'Nine of ten seats are in use, now and two weeks ago.',
  class: 'opportunity',
  expires: 60,
  opens: [{ fact: 'subscription_version' }, { fact: 'usage_event', days: 28 }],
  values({ facts, day, until }) {
    const on = (before: number) => ({
      users: activeUsers(facts.use, addDays(until, -before), DAYS),
      seats: seatsOn(facts.contracts, addDays(day, -before)),
    })
    const [now, then] = [on(0), on(AGAIN)]
    return { ...now, users_before: then.users, seats_before: then.seats }
  },
  holds: ({ users, users_before, seats, seats_before }) => seats >= LEAST_SEATS && users >= FULL * seats && users_before >= FULL * seats_before,
  evidence: ({ users, seats }) => ({ users, seats, share: users / seats }),
  sentence: ({ users, seats }) => `${users} of ${seats} seats in use`,
})
