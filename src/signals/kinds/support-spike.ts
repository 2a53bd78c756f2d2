import { customerSince } from '../../health/account-day.ts'
import { addDays, daysBetween } from '../../kernel/period.ts'
import { poissonQuantile } from '../../statistics/poisson.ts'
import { ticketsBetween } from '../tickets.ts'
import { defineSign } from '../sign.ts'

const WEEKS = 8
const LEAST = 3
const LEAST_USUAL = 0.25
const SURE = 0.99
const CUSTOMER_DAYS = 63

export interface Spike {
  readonly tickets: number
  readonly usual: number
  /** The most that chance explains. */
  readonly limit: number
}

/** Tickets of a week against those of the eight weeks before. */
export function spikeOf(tickets: number, before: number): Spike {
  const usual = Math.max(LEAST_USUAL, before / WEEKS)
  return { tickets, usual, limit: poissonQuantile(SURE, usual) ?? Infinity }
}

export const supportSpike = defineSign<Spike>({
  id: 'support_spike',
  name: 'Support spike',
  says: 'More tickets in a week than chance explains at the pace of the eight weeks before.',
  class: 'risk',
  expires: 30,
  instant: true,
  lingers: 14,
  opens: [{ fact: 'ticket', days: 7 }],
  values({ facts, day }) {
    const since = customerSince(facts, day)
    if (since === null || daysBetween(since, day) < CUSTOMER_DAYS) return null
    const back = (days: number) => addDays(day, -days)
    return spikeOf(ticketsBetween(facts.tickets, back(6), day).length, ticketsBetween(facts.tickets, back(62), back(7)).length)
  },
  holds: ({ tickets, limit }) => tickets >= LEAST && tickets > limit,
  evidence: ({ tickets, usual, limit }) => ({ tickets, usual, limit }),
  sentence: ({ tickets, usual, limit }) => `${tickets} tickets in a week; usual ${Math.round(usual * 10) / 10}, limit ${limit}`,
})
