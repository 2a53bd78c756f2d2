import { customerSince } from '../../health/account-day.ts'
import { daysBetween } from '../../kernel/period.ts'
import { defineSign } from '../sign.ts'

const DARK = 0.5
const CUSTOMER_DAYS = 30

export interface Darkness {
  readonly coverage: number
  readonly customer_days: number
  readonly missing: readonly string[]
}

export const healthDark = defineSign<Darkness>({
  id: 'health_dark',
  name: 'Health dark',
  says: 'Too little is known of a customer to say how it is.',
  class: 'data',
  expires: 90,
  restsOnScore: true,
  opens: [],
  values({ facts, day, coverage, missing_inputs }) {
    const since = customerSince(facts, day)
    return since === null ? null : { coverage, customer_days: daysBetween(since, day), missing: missing_inputs }
  },
  holds: ({ coverage, customer_days }) => coverage < DARK && customer_days >= CUSTOMER_DAYS,
  evidence: ({ coverage, missing }) => ({ coverage, missing: missing.join(', ') }),
  sentence: ({ missing }) => `Nothing known of ${missing.join(', ')}: why?`,
})
