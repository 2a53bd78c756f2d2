import { tookPlace } from '../../health/account-facts.ts'
import { addDays, daysBetween } from '../../kernel/period.ts'
import { defineSign } from '../sign.ts'
import { ticketsBetween } from '../tickets.ts'

const QUIET = 30
const NOISE = { days: 60, least: 4, times: 2 }
const USUAL_DAYS = 180

export interface Silence {
  readonly noise: number
  /** Tickets that 60 days usually had. */
  readonly usual: number
  readonly quiet_days: number | null
  readonly tickets_now: number
  readonly touches_now: number
}

export const silenceAfterNoise = defineSign<Silence>({
  id: 'silence_after_noise',
  name: 'Silence after noise',
  says: 'Many tickets, then none for 30 days, and nobody talked to the account.',
  class: 'risk',
  expires: 60,
  opens: [
    { fact: 'ticket', days: 90 },
    { fact: 'touchpoint', days: 30 },
  ],
  values({ facts, day }) {
    const back = (days: number) => addDays(day, -days)
    const noise = ticketsBetween(facts.tickets, back(QUIET + NOISE.days - 1), back(QUIET))
    const last = noise
      .map(({ opened_on }) => opened_on)
      .sort()
      .at(-1)
    return {
      noise: noise.length,
      usual: ticketsBetween(facts.tickets, back(QUIET + NOISE.days + USUAL_DAYS - 1), back(QUIET + NOISE.days)).length * (NOISE.days / USUAL_DAYS),
      quiet_days: last === undefined ? null : daysBetween(last, day),
      tickets_now: ticketsBetween(facts.tickets, back(QUIET - 1), day).length,
      touches_now: facts.touchpoints.filter((touch) => touch.two_way && tookPlace(touch) && touch.day >= back(QUIET - 1) && touch.day <= day).length,
    }
  },
  holds: ({ noise, usual, tickets_now, touches_now }) => noise >= NOISE.least && noise >= NOISE.times * usual && tickets_now === 0 && touches_now === 0,
  evidence: ({ noise, usual, quiet_days }) => ({ noise, usual, quiet_days }),
  sentence: ({ noise, quiet_days }) => `${noise} tickets, then nothing for ${quiet_days ?? QUIET} days`,
})
