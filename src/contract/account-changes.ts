import { z } from 'zod'
import { DECISION_SOURCE_IDS } from '../kernel/words/health.ts'
import { accountOverview, asOf } from './account-overview.ts'
import { factName, happening, many } from './account-timeline.ts'
import { op } from './op.ts'

const id = z.object({ id: z.string() })
const number = z.number().nullable()

const change = happening.extend({
  how: z.enum(['happened', 'planned', 'late', 'corrected', 'withdrawn']),
  before: z.object({ title: z.string(), detail: z.string().nullable(), day: z.string() }).nullable().describe('As it was known before, of what was corrected'),
})

export const accountChangesOps = {
  accountChanges: op({
    method: 'GET',
    path: '/api/v1/accounts/{id}/changes',
    summary: 'What changed about an account since you last looked: what happened, and what was learnt of the time before',
    params: id,
    query: z.object({ since: z.string().describe('An instant, or a day whose close is meant') }),
    response: z.object({
      account_id: z.string(),
      since: z.string(),
      since_day: z.string(),
      is_new: z.boolean().describe('Nothing was known of it then: all of it is new, so nothing is said to have come late'),
      numbers: many(
        z.object({
          id: z.enum(['score', 'mrr', 'seats', 'deadline_days', 'open_tickets', 'people']),
          then: number.describe('As it was known then'),
          then_known_now: number.describe('Of then, as it is known now: the step to it was learnt'),
          now: number.describe('The step to it happened'),
        }),
      ).describe('Only those that moved'),
      use: z.object({ days: z.number(), users: z.number(), late_days: z.number().describe('Days of use before then that were recorded since') }),
      happened: many(change),
      learnt: many(change),
    }),
  }),
  accountAutopsy: op({
    method: 'GET',
    path: '/api/v1/accounts/{id}/autopsy',
    summary: 'The day on which an account decided to leave, as it was known on that day, with what arrived too late',
    params: id,
    response: z.object({
      autopsy: z
        .object({
          account_id: z.string(),
          decision: z.object({ day: z.string(), source: z.enum(DECISION_SOURCE_IDS), deadline: z.string().nullable(), contract: z.string() }),
          known_on: z.string().describe('The first day on whose close the decision was known'),
          mode: z.enum(['as_reported', 'known_now']).describe('known_now where all of it was told later, at once'),
          then: accountOverview,
          score_known_now: number.describe('The score of that day by what is known now'),
          signals: many(
            z.object({
              kind: z.string(),
              name: z.string(),
              sentence: z.string(),
              raised_on: z.string(),
              lead: number,
              verdict: z.enum(['hit', 'miss', 'too_late', 'not_matured', 'late_data']),
            }),
          ),
          unknowable: many(change).describe('What had happened by then and was recorded later: we could not know'),
          unknowable_use_days: z.number(),
        })
        .nullable()
        .describe('Null while it has not decided'),
    }),
  }),
  accountInput: op({
    method: 'GET',
    path: '/api/v1/accounts/{id}/health/{input}',
    summary: 'The rows that an input of the health of an account was read from',
    params: z.object({ id: z.string(), input: z.string() }),
    query: asOf,
    response: z.object({
      account_id: z.string(),
      input: z.string(),
      name: z.string(),
      says: z.string().describe('How the value comes of the rows'),
      from: z.string(),
      until: z.string(),
      rows: many(z.object({ day: z.string(), title: z.string(), detail: z.string().nullable(), value: number, fact: factName.nullable() })),
    }),
  }),
}
