import type { AccountDay, Fleet } from '../../../src/health/account-day.ts'
import type { AccountFacts, SurveyResponse, Invoice, Ticket } from '../../../src/health/account-facts.ts'
import type { Terms } from '../../../src/health/contracts.ts'
import type { Day } from '../../../src/kernel/period.ts'
import { addDays } from '../../../src/kernel/period.ts'
import type { SignDay } from '../../../src/signals/sign.ts'

/** Facts of an account as an example needs them, all else empty. */
export const factsOf = (facts: Partial<AccountFacts> = {}): AccountFacts => ({
  account: 'a',
  contracts: [],
  contacts: [],
  use: [],
  tickets: [],
  responses: [],
  invoices: [],
  touchpoints: [],
  onboardings: [],
  outcomes: [],
  services: [],
  ...facts,
})

export const terms = (own: Partial<Terms> = {}): Terms => ({
  contract: 's',
  from: '2023-01-01',
  status: 'active',
  mrr: 1000,
  currency: 'USD',
  seats: 10,
  interval_months: 1,
  term_months: 12,
  canceled_on: null,
  ends_on: null,
  notice_days: 30,
  auto_renew: 'yes',
  renews_on: null,
  ...own,
})

export const fleetOf = (day: Day, fleet: Partial<Fleet> = {}): Fleet => ({
  first_use: addDays(day, -400),
  newest_use: day,
  newest_ticket: addDays(day, -1),
  has_responses: true,
  has_invoices: true,
  ...fleet,
})

export const accountDay = (day: Day, facts: Partial<AccountFacts> = {}, fleet: Partial<Fleet> = {}): AccountDay => ({
  day,
  until: day,
  facts: factsOf(facts),
  fleet: fleetOf(day, fleet),
})

/** A day of signs over an account, its health as it likes. */
export const signDay = (day: Day, facts: Partial<AccountFacts> = {}, own: Partial<SignDay> = {}): SignDay => ({
  ...accountDay(day, facts),
  score: 80,
  weighted: 80,
  coverage: 1,
  confidence: 1,
  missing_inputs: [],
  band: 'green',
  own_band: 'green',
  caps: [],
  week_before: null,
  own_cap: false,
  next_deadline: null,
  fleet_fall: 0,
  season: (weeks) => Array.from({ length: weeks }, () => 1),
  ...own,
})

export const ticket = (opened_on: Day, own: Partial<Ticket> = {}): Ticket => ({
  id: opened_on,
  opened_on,
  solved_on: null,
  is_urgent: false,
  is_merged: false,
  ...own,
})

export const invoice = (due_on: Day, paid_on: Day | null, own: Partial<Invoice> = {}): Invoice => ({
  id: due_on,
  due_on,
  paid_on,
  status: paid_on === null ? 'open' : 'paid',
  amount: 100,
  currency: 'USD',
  ...own,
})

export const response = (day: Day, score: number, own: Partial<SurveyResponse> = {}): SurveyResponse => ({
  id: day,
  kind: 'nps',
  day,
  contact: 'p1',
  score,
  scale: [0, 10],
  ...own,
})

/** Uses of so many a week up to a day, the oldest week first. */
export const weekly = (counts: readonly number[], until: Day) =>
  counts
    .flatMap((n, i) => Array.from({ length: n }, (_, k) => ({ day: addDays(until, (k % 7) - 6 - 7 * (counts.length - 1 - i)), user: 'u1' })))
    .sort((a, b) => (a.day < b.day ? -1 : 1))
