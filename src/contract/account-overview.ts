import { z } from 'zod'
import { BAND_IDS, CHECK_STATE_IDS, CONTRACT_TYPE_IDS, DEADLINE_FLAG_IDS, DECISION_SOURCE_IDS, MOVER_STEP_IDS, PULSES } from '../kernel/words/health.ts'
import { factName, many } from './account-timeline.ts'
import { op } from './op.ts'

const number = z.number().nullable()
const text = z.string().nullable()
const day = z.string().nullable()
const band = z.enum(BAND_IDS)
const fact = factName.nullable().describe('The fact behind it, for accountFact')
const related = z.object({ account_id: z.string(), name: z.string() })

const decision = z
  .object({ day: z.string(), source: z.enum(DECISION_SOURCE_IDS), deadline: day })
  .nullable()
  .describe('A decision to leave that is in force')

const money = z.object({
  currency: z.string(),
  is_customer: z.boolean(),
  customer_since: day,
  left_on: day,
  mrr: number.describe('In the currency of the workspace; null where a rate is missing'),
  arr: number,
  mrr_before: number.describe('Ninety days before'),
  seats: z.number(),
  contracts: many(
    z.object({
      contract: z.string(),
      product: text,
      plan: text,
      status: z.string(),
      in_force: z.boolean(),
      since: z.string(),
      mrr: z.number().describe('In its own currency'),
      currency: z.string(),
      seats: z.number(),
      interval_months: z.number(),
      term_months: number,
      type: z.enum(CONTRACT_TYPE_IDS).nullable(),
      deadline: day.describe('Last day to opt out'),
      days: number,
      renewal: day,
      notice_days: number,
      flags: many(z.enum(DEADLINE_FLAG_IDS)),
      decision,
      fact,
    }),
  ),
  deadlines: many(
    z.object({
      type: z.enum(CONTRACT_TYPE_IDS),
      deadline: z.string(),
      days: z.number(),
      renewal: day,
      arr: z.number().describe('What hangs on it, in the currency of its contracts'),
      contracts: many(z.string()),
      flags: many(z.enum(DEADLINE_FLAG_IDS)),
    }),
  ).describe('Of contracts that nobody has decided about, the next first'),
  decision,
})

const inputLine = z.object({
  id: z.string(),
  name: z.string(),
  family: z.string(),
  state: z.enum(CHECK_STATE_IDS),
  nominal: z.number().describe('Share of the whole model'),
  share: z.number().describe('Share of what is known'),
  value: number,
  score: number.describe('0 to 100'),
  points: number,
  printed: number.describe('Rounded so that all of them add up to the weighted score as it is printed'),
  age: number.describe('Days'),
  max_age: z.number(),
  n: number,
  need: z.number(),
  reason: text.describe('Why it is not checkable'),
  says: text,
  reads: z.string().describe('usage, support, feedback or billing: its rows can be opened; metric: the metric can'),
})

const capLine = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(CHECK_STATE_IDS),
  says: z.string(),
  at_most: number,
  since: day,
  expires: day,
  evidence: text,
  binding: z.boolean(),
})

const moverLine = z.object({
  of: z.enum(['input', 'cap', 'override', 'score']),
  id: z.string(),
  name: z.string(),
  why: z.enum(['value', 'weight', 'appeared', 'vanished', 'kept', 'lifted', 'imposed', 'not_comparable']),
  points: z.number(),
  step: z.enum(MOVER_STEP_IDS).describe('corrected: what we learnt since; model: another model; happened: what happened'),
})

const accountHealthView = z.object({
  model: z.string(),
  score: number,
  weighted: number,
  coverage: z.number(),
  confidence: z.number(),
  low: z.number(),
  band,
  held: z.enum(['red', 'amber', 'green']).nullable(),
  printed: text.describe('"71, capped at 29: auto-renewal switched off on 3 May"'),
  not_green: text.describe('What keeps it from green though its score would be'),
  missing_families: many(z.string()),
  inputs: many(inputLine),
  caps: many(capLine),
  movers: z
    .object({
      since: z.string(),
      before: number,
      after: number,
      lines: many(moverLine).nullable(),
      rest: z.number(),
      appeared: many(z.string()),
      vanished: many(z.string()),
    })
    .nullable()
    .describe('Points that add up to the change of the score in thirty days'),
  trend: z.object({ slope: number.describe('Points a week'), is_steady: z.boolean(), weeks: many(z.object({ day: z.string(), score: number })) }),
  said: z.object({ day: z.string(), score: number, band, now: number }).nullable().describe('Where what was said lately and what is known now differ'),
  past: z.enum(['reported', 'known_now']).describe('What the days before are taken from; known_now is optimistic'),
})

const person = z.object({
  contact: z.string(),
  name: z.string(),
  role: text,
  email: text,
  is_champion: z.boolean(),
  is_executive: z.boolean(),
  left_on: day,
  used_on: day,
  touched_on: day,
  answer: z.object({ kind: z.string(), score: z.number(), day: z.string() }).nullable(),
  active_days: z.number().describe('Days with use or a talk, in ninety days'),
  quiet: z.object({ days: z.number(), usual_gap: z.number() }).nullable().describe('Silent for far longer than is usual for this person'),
  fact,
})

const signal = z.object({
  id: z.string(),
  kind: z.string(),
  name: z.string(),
  class: z.string(),
  sentence: z.string(),
  raised_on: z.string(),
  closed_on: day,
  close_reason: text,
  close_note: text,
})

const work = z.object({
  tickets: many(z.object({ ticket: z.string(), subject: text, priority: text, opened_on: z.string(), days: z.number(), fact })).describe(
    'Open, urgent ones first',
  ),
  tickets_30: z.number().describe('Opened in thirty days'),
  invoices: many(
    z.object({ invoice: z.string(), amount: number, currency: z.string(), due_on: z.string(), days: z.number().describe('Past due'), fact }),
  ).describe('Not paid'),
  outcomes: many(
    z.object({
      outcome: z.string(),
      name: z.string(),
      due_on: day,
      closed_on: day,
      baseline: z.number(),
      target: z.number(),
      value: number,
      measured_on: day,
      attainment: number.describe('Share of the way; null where it was never measured'),
      fact,
    }),
  ),
  onboardings: many(z.object({ onboarding: z.string(), started_on: z.string(), agreed_end: day, finished_on: day, steps: z.number(), done: z.number(), fact })),
  services: many(
    z.object({ service: z.string(), name: z.string(), is_core: z.boolean(), entitled_on: day, used_on: day, state: z.enum(['used', 'idle', 'never']) }),
  ),
})

export const accountOverview = related.extend({
  is_internal: z.boolean(),
  as_of: z.string(),
  reported_on: text,
  known_until: z.string(),
  attributes: many(z.object({ attribute: z.string(), value: z.string(), from: day })),
  owners: many(z.object({ csm_id: z.string(), name: z.string(), from: day, until: day })).describe('The latest first'),
  parent: related.nullable(),
  children: many(related),
  money,
  health: accountHealthView.nullable().describe('Null where it pays for nothing: only customers are scored'),
  attention: many(
    z.object({
      kind: z.enum(['decided', 'risk', 'due', 'unknown', 'chance']),
      title: z.string(),
      since: day,
      at: z.enum(['health', 'contracts', 'people', 'tickets', 'invoices', 'outcomes', 'signals']),
      signal: text,
      fact,
    }),
  ).describe('What needs attention, the most pressing first'),
  people: many(person),
  signals: many(signal),
  pulse: z
    .object({
      value: z.enum(Object.keys(PULSES) as [keyof typeof PULSES, ...(keyof typeof PULSES)[]]),
      reason: z.string(),
      author: z.string(),
      set_on: z.string(),
      age: z.number(),
      is_due: z.boolean(),
      disagrees: number.describe('Steps between it and the band'),
    })
    .nullable(),
  against_money: number.describe('Change of MRR in ninety days that speaks against the band'),
  work,
})

export const asOf = z.object({
  as_of: z.string().optional().describe('How it was at the close of this day; today where it is left out'),
  reported_on: z.string().optional().describe('Only what was recorded by the close of this day, or by this instant'),
})

export const accountOverviewOps = {
  accountOverview: op({
    method: 'GET',
    path: '/api/v1/accounts/{id}/overview',
    summary: 'Everything about an account on one screen: who, what it pays, by when it must decide, how it is and why, its people, what is under way',
    params: z.object({ id: z.string() }),
    query: asOf,
    response: accountOverview,
  }),
}
