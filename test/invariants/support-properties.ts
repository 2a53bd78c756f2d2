import { Q1, Q2, label } from './subject.ts'
import type { Property } from './subject.ts'

/** Times of which both clocks count the same tickets. */
const TIMES = ['full_resolution_time', 'first_resolution_time', 'requester_wait_time'] as const

const i19: Property = {
  id: 'I19',
  says: 'business time is no longer than calendar time',
  check: async ({ answers }) => {
    const failures: string[] = []
    for (const period of [Q1, Q2])
      for (const id of TIMES) {
        const [calendar, business] = [
          await answers.metric(id, { ...period, options: { clock: 'calendar' } }),
          await answers.metric(id, { ...period, options: { clock: 'business' } }),
        ]
        // Tickets whose calendar is not known count by one of the clocks only.
        if (business.parts.unclocked !== 0) continue
        if (business.value !== null && (calendar.value === null || business.value > calendar.value + 1e-9))
          failures.push(`${label(id, period)}: business ${business.value}, calendar ${calendar.value}`)
        if (business.value !== null && business.numerator !== calendar.numerator)
          failures.push(`${label(id, period)}: ${business.numerator} tickets in business time, ${calendar.numerator} in all`)
      }
    return failures
  },
}

const RATES = [
  'first_response_sla',
  'reopen_rate',
  'account_coverage',
  'task_on_time_rate',
  'playbook_completion_rate',
  'signal_precision',
  'onboarding_on_time_rate',
] as const

const i13: Property = {
  id: 'I13 team',
  says: 'shares of support and team work lie in 0..1',
  check: async ({ answers }) => {
    const failures: string[] = []
    for (const period of [Q1, Q2])
      for (const id of RATES) {
        const { value } = await answers.metric(id, period)
        if (value !== null && !(value >= 0 && value <= 1)) failures.push(`${label(id, period)}: ${value}`)
      }
    return failures
  },
}

export const supportProperties: readonly Property[] = [i13, i19]
