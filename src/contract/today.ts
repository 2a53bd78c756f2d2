import { z } from 'zod'
import { BAND_IDS, MOVER_STEP_IDS, SIGNAL_CLASS_IDS } from '../kernel/words/health.ts'
import { op } from './op.ts'

const band = z.enum(BAND_IDS)
const chance = z.number().nullable()

export const accountToday = z
  .object({
    account_id: z.string(),
    name: z.string().describe('The id where no name is known'),
    csm: z.string().nullable().describe('Who owns it today; null for nobody'),
    csm_name: z.string().nullable(),
    arr: z.number(),
    score: z.number().nullable(),
    band,
    decided_on: z.string().nullable().describe('Day of the decision to leave that is in force'),
  })
  .meta({ id: 'AccountToday' })
export type AccountToday = z.output<typeof accountToday>

const signalLine = z.object({
  id: z.string(),
  kind: z.string(),
  name: z.string(),
  class: z.enum(SIGNAL_CLASS_IDS),
  sentence: z.string(),
  raised_on: z.string(),
  age: z.number().describe('Days since it was raised'),
})

const skipNote = z.object({ signal_id: z.string(), reason: z.string(), look_again_on: z.string(), skipped_at: z.string() })

const dayLine = z
  .object({
    account: accountToday,
    signals: z.array(signalLine).describe('The gravest first'),
    chance: chance.describe('The chance that its ARR goes within 90 days: 1 once it has decided, null where none is known'),
    worth: z.number().describe('ARR x chance, by which the day is ordered; ARR alone where no chance is known'),
    came_back: skipNote.nullable().describe('What was written when it was put off until now'),
  })
  .meta({ id: 'DayLine' })
export type DayLine = z.output<typeof dayLine>

const deadline = z.object({ account: accountToday, deadline: z.string(), days: z.number(), arr: z.number().describe('What hangs on it') })

export const todayState = z
  .object({
    today: z.string(),
    customers: z.number().describe('Who pays today'),
    said: z
      .object({
        day: z.string(),
        is_lived: z.boolean().describe('False: the past as if sources had been connected, which is optimistic'),
        known_until: z.string().nullable(),
      })
      .nullable()
      .describe('The last close at which something was said; null before the first. How accounts stand is of this moment'),
    lived_since: z.string().nullable().describe('The first day that was closed as it was lived'),
    replay: z
      .object({
        mode: z.string(),
        state: z.string(),
        from: z.string(),
        until: z.string(),
        made_at: z.string(),
        progress: z.object({ done: z.number(), total: z.number() }).nullable(),
      })
      .nullable()
      .describe('How the past was worked out, or how far that has come'),
    currency: z.string(),
  })
  .meta({ id: 'TodayState' })
export type TodayState = z.output<typeof todayState>

const csm = z.object({ id: z.string(), name: z.string(), accounts: z.number(), arr: z.number() })

const cause = z.object({
  of: z.enum(['input', 'cap', 'override', 'score']),
  id: z.string(),
  why: z.enum(['value', 'weight', 'appeared', 'vanished', 'kept', 'lifted', 'imposed', 'not_comparable']),
  points: z.number(),
  step: z.enum(MOVER_STEP_IDS),
})

const scoreChange = z.object({
  account: accountToday,
  from: z.string(),
  until: z.string(),
  before: z.number().nullable(),
  after: z.number().nullable(),
  band_before: band,
  band_after: band,
  causes: z.array(cause).describe('The largest, in points; with the rest they add up to the change'),
  rest: z.number(),
  appeared: z.array(z.string()),
  vanished: z.array(z.string()),
  is_held: z.boolean().describe('The whole fleet moved that day: nothing is announced of it yet'),
})

const heldDay = z.object({
  day: z.string(),
  against: z.string().nullable(),
  up: z.number().nullable(),
  down: z.number().nullable(),
  compared: z.number().nullable(),
  moved: z.array(z.object({ input: z.string(), points: z.number() })),
})

const bandSum = z.object({ band, accounts: z.number(), arr: z.number() })

const atRisk = z
  .object({ expected_loss: z.number(), sd: z.number(), decided: z.number(), total: z.number() })
  .nullable()
  .describe('Null where the chance of some account is not known')

export const todayView = z.object({
  state: todayState,
  csm: csm.nullable().describe('Whose day it is; null for everybody'),
  csms: z.array(csm).describe('Who owns accounts; without an id those that nobody owns'),
  accounts: z.object({ mine: z.number(), all: z.number() }),
  work: z.object({
    budget: z.number().describe('Lines a day of one CSM'),
    by_chance: z.boolean().describe('False: no chance is known yet, and the order is by ARR alone'),
    lines: z.array(dayLine),
    below: z.array(dayLine).describe('Beyond the budget, to be skipped in writing'),
    below_total: z.number(),
    skipped: z.array(z.object({ account: accountToday, signals: z.array(signalLine), skip: skipNote })),
  }),
  changes: z.object({ rows: z.array(scoreChange), total: z.number() }),
  deadlines: z.array(deadline).describe('Within 60 days, of accounts that have not decided'),
  learnt: z
    .object({
      since: z.string(),
      kinds: z.array(
        z.object({ fact: z.string(), name: z.string(), n: z.number(), deleted: z.number(), accounts: z.number(), earliest: z.string(), latest: z.string() }),
      ),
      rows: z.array(
        z.object({
          account_id: z.string(),
          name: z.string(),
          fact: z.string(),
          fact_name: z.string(),
          n: z.number(),
          deleted: z.number(),
          earliest: z.string(),
          latest: z.string(),
        }),
      ),
    })
    .nullable()
    .describe('Recorded since the last close and of before it; null where no day was lived yet'),
  lists: z.object({
    fleet_fall: z.number().describe('How far the whole fleet fell in 30 days, which no account is blamed for'),
    green_but_falling: z.array(z.object({ account: accountToday, before: z.number(), now: z.number() })),
    score_against_money: z.array(z.object({ account: accountToday, change: z.number().describe('Change of MRR in 90 days') })),
    pulse_disagrees: z.array(
      z.object({ account: accountToday, value: z.string(), reason: z.string(), author: z.string(), set_on: z.string(), steps: z.number() }),
    ),
    missing: z.array(z.object({ input: z.string(), reason: z.string(), accounts: z.number(), arr: z.number() })),
  }),
  holds: z.array(heldDay).describe('Days on which the whole fleet moved at once, which somebody must say something about'),
})
export type TodayView = z.output<typeof todayView>

const redLine = z.object({
  hours_per_save: z.number(),
  is_counted: z.boolean().describe('The CSMs are those who own accounts; no setting says how many there are'),
  table: z
    .array(z.object({ csms: z.number(), usable_hours: z.number(), accounts: z.number(), score: z.number().nullable() }))
    .describe('As it is, then with one CSM or one hour more or less'),
  without_score: z.number(),
})

export const teamView = z.object({
  state: todayState,
  csms: z.array(
    csm.extend({
      bands: z.array(bandSum),
      at_risk: atRisk,
      lines: z.number().describe('Accounts that wait'),
      below: z.number().describe('Of those, beyond the budget of a day'),
      skipped: z.number(),
      unworked: z.number(),
    }),
  ),
  unworked: z.array(dayLine).describe('Neither worked nor skipped for 7 days'),
  unworked_total: z.number(),
  red_line: redLine,
})
export type TeamView = z.output<typeof teamView>

export const companyView = z.object({
  state: todayState,
  accounts: z.number(),
  arr: z.number(),
  bands: z.array(bandSum),
  at_risk: atRisk,
  decided: z.object({ accounts: z.number(), arr: z.number() }),
  moved: z
    .object({ since: z.string(), moves: z.array(z.object({ before: band, after: band, accounts: z.number(), arr: z.number() })) })
    .nullable()
    .describe('Null where nothing is said of the day a month before'),
  signals: z.array(z.object({ kind: z.string(), name: z.string(), raised: z.number(), open: z.number() })).describe('Raised in a month, and open now'),
  deadlines: z.object({ accounts: z.number(), arr: z.number() }),
})
export type CompanyView = z.output<typeof companyView>

export const todayOps = {
  today: op({
    method: 'GET',
    path: '/api/v1/today',
    summary: 'What needs a CSM today, and why: waiting accounts in the order of what an hour is worth, changes of scores, deadlines, what was learnt',
    query: z.object({ csm: z.string().optional().describe('A CSM by id; everybody where it is left out') }),
    response: todayView,
  }),
  todayTeam: op({
    method: 'GET',
    path: '/api/v1/today/team',
    summary: 'The team: what each CSM has and what waits, what nobody worked for 7 days, and the line that hours draw through the scores',
    response: teamView,
  }),
  todayCompany: op({
    method: 'GET',
    path: '/api/v1/today/company',
    summary: 'The company: ARR by band, at risk and decided, and what moved in 30 days',
    response: companyView,
  }),
}
