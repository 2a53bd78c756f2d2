import { z } from 'zod'
import { BAND_IDS } from '../kernel/words/health.ts'
import { op } from './op.ts'
import { seconds } from './question.ts'

const made = {
  version: z.number(),
  made_at: z.string().nullable().describe('Null for what nobody made'),
  made_by: z.string().nullable().describe('Null while there are no people'),
  reason: z.string().nullable(),
}

const point = z.tuple([z.number(), z.number()]).describe('A value and its score, 0 to 100')

/** One part of a model: an input, or a group of parts that name it as their parent. */
export const healthPart = z
  .object({
    id: z.string(),
    parent: z.string().nullable().describe('The group it lies in; null for a family'),
    name: z.string(),
    weight: z.number().describe('Relative to the parts beside it'),
    input: z
      .object({
        reads: z.string().describe('usage, support, feedback, billing, or the id of a metric'),
        options: z.record(z.string(), z.string()),
        over: z.string().nullable().describe('"90 days"; null: the usual twelve months'),
        scale: z.enum(['anchors', 'bands', 'percentiles']),
        points: z.array(point).describe('Empty for percentiles that are taken at saving'),
        better: z.enum(['up', 'down']).describe('Of percentiles: whether more is better'),
        of: z.array(z.string()).describe('Of percentiles: the accounts, each DIMENSION=VALUE'),
        taken_on: z.string().nullable(),
        max_age: z.number(),
        need: z.number(),
        missing: z.string().describe('leave_out, worst, or "last_known up to 60 days"'),
      })
      .nullable()
      .describe('Null for a group'),
  })
  .meta({ id: 'HealthPart' })
export type HealthPart = z.output<typeof healthPart>

export const healthModel = z
  .object({
    id: z.string(),
    name: z.string(),
    min_coverage: z.number(),
    parts: z.array(healthPart).describe('Groups before what lies in them'),
    caps: z.array(z.object({ id: z.string(), at_most: z.number(), days: z.number().nullable() })),
    own_caps: z.array(z.object({ id: z.string(), name: z.string(), at_most: z.number(), when: z.string(), until: z.string() })),
  })
  .meta({ id: 'HealthModel' })
export type HealthModelDraft = z.output<typeof healthModel>

const place = z.object({
  model: z.string(),
  where: z.record(z.string(), z.array(z.string())).describe('Values by dimension, or by product; all accounts where it is empty'),
  state: z.enum(['on', 'shadow']),
})

const fault = z.object({ place: z.string(), line: z.number(), message: z.string(), cure: z.string() })
export type HealthFault = z.output<typeof fault>

const listed = z.object({
  id: z.string(),
  name: z.string(),
  ...made,
  inputs: z.number(),
  states: z.array(z.enum(['on', 'shadow'])).describe('How it stands in the order; empty where it scores nobody'),
})

const order = z.object({ ...made, places: z.array(place), text: z.string() })

const checked = z.object({
  faults: z.array(fault).describe('Empty where it can be saved'),
  text: z.string().nullable().describe('As it would be exported; null where it has faults'),
  model: healthModel.nullable(),
  changes: z.array(z.string()).describe('Against the version in force, in words; empty where it is the same'),
  is_new: z.boolean().describe('There is no model of that id'),
})

const sum = z.object({ accounts: z.number(), arr: z.number() })
const band = z.enum(BAND_IDS)
const said = z.object({ model: z.string(), score: z.number().nullable(), band })

export const trial = z
  .object({
    day: z.string(),
    currency: z.string(),
    customers: sum,
    bands: z.array(z.object({ band, before: sum, after: sum })),
    distribution: z.array(z.object({ from: z.number(), before: sum, after: sum })).describe('Scores in tens'),
    matrix: z.array(z.object({ before: band, after: band, accounts: z.number(), arr: z.number() })),
    changed: z.array(z.object({ account_id: z.string(), name: z.string(), arr: z.number(), before: said, after: said })).describe('By ARR, at most 50'),
  })
  .meta({ id: 'HealthTrial' })
export type HealthTrial = z.output<typeof trial>

const id = z.object({ id: z.string() })
const draft = z.object({ text: z.string().max(200_000).optional(), model: healthModel.optional() }).describe('One of them')
const reason = z.string().max(1000).describe('Why it is made; kept with the version')

export const healthModelOps = {
  listHealthModels: op({
    method: 'GET',
    path: '/api/v1/health/models',
    summary: 'Health models with their versions in force, and the order in which accounts are given to them',
    response: z.object({
      models: z.array(listed),
      order,
      inputs: z
        .array(z.object({ id: z.string(), name: z.string(), unit: z.string(), options: z.record(z.string(), z.array(z.string())) }))
        .describe('Metrics that an input can read'),
      caps: z.array(z.object({ id: z.string(), at_most: z.number(), days: z.number().nullable() })).describe('Caps of the product with their usual terms'),
    }),
  }),
  readHealthModel: op({
    method: 'GET',
    path: '/api/v1/health/models/{id}',
    summary: 'A health model as text and in parts',
    params: id,
    query: z.object({ version: z.coerce.number().int().optional().describe('Default: the one in force') }),
    response: z.object({ id: z.string(), ...made, text: z.string(), model: healthModel }),
  }),
  listHealthModelVersions: op({
    method: 'GET',
    path: '/api/v1/health/models/{id}/versions',
    summary: 'Every version of a health model, the newest first, each with what it does otherwise than the one before it',
    params: id,
    response: z.array(z.object({ ...made, changes: z.array(z.string()) })),
  }),
  checkHealthModel: op({
    method: 'POST',
    path: '/api/v1/health/models/check',
    summary: 'Read a draft of a health model: its faults by place and line, its text, and what it would change',
    body: draft,
    response: checked,
  }),
  tryHealthModel: op({
    method: 'POST',
    path: '/api/v1/health/models/try',
    summary: 'Score all customers of today by a draft beside the models in force: distribution, bands, and who changes band',
    body: z.object({ ...draft.shape, seconds }),
    response: trial,
  }),
  saveHealthModel: op({
    method: 'PUT',
    path: '/api/v1/health/models/{id}',
    summary: 'Save a version of a health model; the one in force makes none',
    params: id,
    body: z.object({ text: z.string().max(200_000), reason }),
    response: z.object({ id: z.string(), ...made, made: z.boolean().describe('False where it was in force already'), changes: z.array(z.string()) }),
  }),
  checkHealthOrder: op({
    method: 'POST',
    path: '/api/v1/health/order/check',
    summary: 'Read a draft of the order of health models: its faults by place and line',
    body: z.object({ text: z.string().max(50_000), models: z.array(z.string()).default([]).describe('Ids that are about to be saved') }),
    response: z.object({ faults: z.array(fault), text: z.string().nullable(), same: z.boolean() }),
  }),
  saveHealthOrder: op({
    method: 'PUT',
    path: '/api/v1/health/order',
    summary: 'Save which model scores which accounts, and which are scored in shadow; the first whose filter an account meets',
    body: z.object({ text: z.string().max(50_000).optional(), places: z.array(place).optional(), reason }),
    response: z.object({ ...order.shape, made: z.boolean() }),
  }),
  listHealthOrders: op({
    method: 'GET',
    path: '/api/v1/health/order/versions',
    summary: 'Every order of health models, the newest first',
    response: z.array(order),
  }),
}
