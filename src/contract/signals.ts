import { z } from 'zod'
import { CLOSE_REASON_IDS, SIGNAL_CLASS_IDS } from '../kernel/words/health.ts'
import { op } from './op.ts'
import { day, list, rowPage, unit } from './question.ts'
import { accountToday, todayState } from './today.ts'

const scalar = z.union([z.string(), z.number(), z.boolean()]).nullable()
const evidence = z.record(z.string(), scalar).describe('The values of its rule, and ids of the rows it rests on')

const skipEntry = z.object({
  id: z.string(),
  reason: z.string(),
  look_again_on: z.string(),
  skipped_at: z.string(),
  skipped_by: z.string().nullable().describe('Null while there are no people'),
})

export const signalEntry = z
  .object({
    id: z.string(),
    account_id: z.string(),
    name: z.string().describe('Of the account; the id where no name is known'),
    account: accountToday.nullable().describe('How it stands; null where it is no customer any more'),
    kind: z.string(),
    kind_name: z.string(),
    class: z.enum(SIGNAL_CLASS_IDS),
    sentence: z.string(),
    evidence,
    raised_on: z.string(),
    raised_at: z.string(),
    known_until: z.string().describe('The moment up to which facts counted'),
    age: z.number().describe('Days since it was raised, or until it was closed'),
    chance: z.number().nullable().describe('The chance that the ARR of its account goes; null where none is known'),
    is_held: z.boolean().describe('Raised on a day on which the whole fleet moved: kept back'),
    closed_on: z.string().nullable(),
    close_reason: z.enum(CLOSE_REASON_IDS).nullable(),
    close_note: z.string().nullable(),
    closed_by: z.string().nullable(),
    ground_now: z.boolean().describe('False for ever once it was found to rest on late or wrong data'),
    ground_lost_on: z.string().nullable(),
    skip: skipEntry.nullable().describe('The last time it was skipped in writing'),
  })
  .meta({ id: 'Signal' })
export type SignalEntry = z.output<typeof signalEntry>

const factPage = z.object({ id: z.string(), name: z.string(), page: rowPage })

export const signalDetail = signalEntry
  .extend({
    says: z.string().describe('What its kind says'),
    expires_on: z.string().describe('Day on which it ends at the latest'),
    message: z.string().nullable().describe('Of one that was withdrawn because facts behind it were late or wrong: what was thought, and what was learnt'),
    facts: z.array(factPage).describe('What it was read from, as it was known when it was raised'),
    learnt: z
      .array(z.object({ fact: z.string(), name: z.string(), says: z.string(), happened_on: z.string().nullable(), recorded_at: z.string() }))
      .describe('Recorded since it was raised, and of days up to then'),
    skips: z.array(skipEntry).describe('The oldest first'),
  })
  .meta({ id: 'SignalDetail' })
export type SignalDetail = z.output<typeof signalDetail>

const share = z.object({ of: z.number(), n: z.number(), rate: z.number().nullable(), ci: z.tuple([z.number(), z.number()]).nullable() })

export const reportCard = z
  .object({
    mode: z.enum(['lived', 'as_known', 'as_if_connected']).describe('As it was lived, or worked out of the past; as if connected is optimistic'),
    from: z.string(),
    until: z.string().describe('The last day of data'),
    verdicts: z.object({ hit: z.number(), miss: z.number(), too_late: z.number(), not_matured: z.number(), late_data: z.number() }),
    matured: z.number(),
    decisions: z.number().describe('Rated: those that it could have come before'),
    enough: z.boolean(),
    not_enough: z.string().nullable().describe('Why nothing is said of how good it is'),
    precision: share.nullable().describe('Null where there is too little to know'),
    precision_acted: share.nullable(),
    precision_untouched: share.nullable(),
    recall: share.nullable(),
    base_rate: share.nullable(),
    lift: z.number().nullable(),
    median_lead: z.number().nullable(),
    median_lead_ci: z.tuple([z.number(), z.number()]).nullable(),
    missed: z.array(z.object({ account_id: z.string(), name: z.string(), decided_on: z.string().nullable() })).describe('Losses that it did not come before'),
  })
  .meta({ id: 'ReportCard' })
export type ReportCard = z.output<typeof reportCard>

export const signalKind = z
  .object({
    kind: z.string(),
    name: z.string(),
    says: z.string(),
    class: z.enum(SIGNAL_CLASS_IDS),
    expires: z.number().describe('Days after which one is closed'),
    is_instant: z.boolean().describe('Looked at in the minute in which a fact comes'),
    own: z.string().nullable().describe('Id of the signal of one’s own; null for kinds of the product'),
    rule: z.string().nullable().describe('Of a signal of one’s own'),
    is_on: z.boolean(),
    open: z.number(),
    raised: z.number().describe('In the last year'),
    cards: z.array(reportCard),
  })
  .meta({ id: 'SignalKind' })
export type SignalKind = z.output<typeof signalKind>

const ownSignal = z.object({
  name: z.string(),
  says: z.string(),
  class: z.enum(['risk', 'opportunity']),
  rule: z.string().describe('A sentence over metrics: active_days_28 < 5 and arr > 10000'),
  expires: z.number().int().describe('Days, 180 at most'),
  is_on: z.boolean(),
})
export type OwnSignal = z.output<typeof ownSignal>

export const ownEntry = ownSignal.extend({ id: z.string(), version: z.number(), made_at: z.string(), made_by: z.string().nullable() }).meta({ id: 'OwnSignal' })
export type OwnEntry = z.output<typeof ownEntry>

export const ruleTrial = z
  .object({
    rule: z.string().describe('The rule as it is stored'),
    day: z.string(),
    rows: z.array(
      z.object({
        account_id: z.string(),
        name: z.string(),
        csm: z.string().nullable(),
        arr: z.number(),
        values: z.record(z.string(), z.number().nullable()),
        sentence: z.string(),
      }),
    ),
    total: z.number(),
    unknown: z.number().describe('Customers of which it cannot be said, since a value is missing'),
    customers: z.number(),
    past: z
      .array(z.object({ day: z.string(), matched: z.number(), began: z.number(), unknown: z.number() }))
      .describe('At the ends of the last twelve months, by what is known of them now'),
  })
  .meta({ id: 'RuleTrial' })
export type RuleTrial = z.output<typeof ruleTrial>

const id = z.object({ id: z.string() })

export const signalOps = {
  listSignals: op({
    method: 'GET',
    path: '/api/v1/signals',
    summary: 'Signals of accounts: why somebody should look, since when, and what became of it',
    query: z.object({
      state: z.enum(['open', 'closed', 'all']).default('open'),
      kind: list.describe('Kinds by id'),
      class: list.describe('risk, opportunity, data, decided'),
      account: list.describe('Accounts by id'),
      csm: z.string().optional().describe('Who owns the account today'),
      from: day.optional().describe('First day on which they were raised'),
      until: day.optional().describe('Day after the last one'),
      order: z.enum(['raised', 'worth']).default('raised').describe('The latest first, or ARR x chance falling; only open ones have a worth'),
      limit: z.coerce.number().int().min(1).max(500).default(100),
      offset: z.coerce.number().int().min(0).default(0),
    }),
    response: z.object({ state: todayState, signals: z.array(signalEntry), total: z.number() }),
  }),
  listSignalKinds: op({
    method: 'GET',
    path: '/api/v1/signals/kinds',
    summary: 'Every kind of signal with its record here',
    response: z.array(signalKind),
  }),
  signalKind: op({
    method: 'GET',
    path: '/api/v1/signals/kinds/{kind}',
    summary: 'One kind of signal, its record here, and the losses that it did not come before',
    params: z.object({ kind: z.string() }),
    response: signalKind,
  }),
  listOwnSignals: op({ method: 'GET', path: '/api/v1/signals/own', summary: 'Signals that the team made of metrics', response: z.array(ownEntry) }),
  ruleMetrics: op({
    method: 'GET',
    path: '/api/v1/signals/own/metrics',
    summary: 'What a rule may speak of: metrics that an account can have',
    response: z.array(z.object({ id: z.string(), name: z.string(), aliases: z.array(z.string()), unit })),
  }),
  tryRule: op({
    method: 'POST',
    path: '/api/v1/signals/own/try',
    summary: 'What a rule matches now, and at the ends of the last twelve months by what is known of them now',
    body: z.object({ rule: z.string() }),
    response: ruleTrial,
  }),
  ownSignal: op({
    method: 'GET',
    path: '/api/v1/signals/own/{id}',
    summary: 'One signal of the team with all its versions, the oldest first',
    params: id,
    response: z.array(ownEntry),
  }),
  makeOwnSignal: op({
    method: 'POST',
    path: '/api/v1/signals/own',
    summary: 'Make a signal of metrics; its id comes from its name',
    body: ownSignal,
    response: ownEntry,
  }),
  changeOwnSignal: op({
    method: 'PUT',
    path: '/api/v1/signals/own/{id}',
    summary: 'Change a signal of the team; its versions are kept',
    params: id,
    body: ownSignal,
    response: ownEntry,
  }),
  signal: op({
    method: 'GET',
    path: '/api/v1/signals/{id}',
    summary: 'One signal: evidence down to its facts, what was learnt since, and what became of it',
    params: id,
    response: signalDetail,
  }),
  closeSignal: op({
    method: 'POST',
    path: '/api/v1/signals/{id}/close',
    summary: 'Close a signal by hand: done, or not so, which needs a reason',
    params: id,
    body: z.object({ reason: z.enum(['done', 'not_so']), note: z.string().max(2000).default('') }),
    response: signalEntry,
  }),
  skipSignal: op({
    method: 'POST',
    path: '/api/v1/signals/{id}/skip',
    summary: 'Skip a signal in writing; it comes back on a day within 30',
    params: id,
    body: z.object({ reason: z.string().max(2000), look_again_on: day }),
    response: signalEntry,
  }),
  answerHold: op({
    method: 'POST',
    path: '/api/v1/held-days/{day}/answer',
    summary: 'Say of a day on which the whole fleet moved at once whether that was real',
    params: z.object({ day }),
    body: z.object({ answer: z.enum(['real', 'wrong']) }),
    response: z.object({ day: z.string(), answer: z.enum(['real', 'wrong']), announced: z.number().describe('Signals that were kept back and are told now') }),
  }),
}
