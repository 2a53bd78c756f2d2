import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readMetricInputs } from '../../src/health/metric-inputs.ts'
import type { MetricInputs } from '../../src/health/metric-inputs.ts'
import { DEFAULT_MODEL } from '../../src/health/default-model.ts'
import { attributesAsked, modelFor, shadowsFor } from '../../src/health/models.ts'
import { readModelAccounts } from '../../src/health/standing/read-model-accounts.ts'
import { operandKey } from '../../src/health/operand.ts'
import type { MetricOperand } from '../../src/health/operand.ts'
import { readMetric } from '../../src/health/readings.ts'
import type { Book } from '../../src/metrics/kit/book.ts'
import { layoutKinds } from '../engines/engines.ts'
import { goldenSettings } from '../golden/golden.ts'
import { openEngine } from '../invariants/engine.ts'
import type { Engine } from '../invariants/engine.ts'
import { emptyCompany } from '../oracle/company.ts'
import type { Company } from '../oracle/company.ts'

const metric = (id: string, own: Partial<MetricOperand> = {}): MetricOperand => ({ kind: 'metric', metric: id, options: {}, span: null, ...own })
const ACTIVE = metric('active_days_28')
const MRR = metric('mrr')
const CSAT = metric('csat_mean', { span: { n: 90, unit: 'days' } })
const TICKETS = metric('support_intensity')
const DAY = '2024-06-30'

const contract = (account_id: string) => ({
  batch: 1,
  subscription_id: `S-${account_id}`,
  account_id,
  effective_at: '2023-06-01T12:00:00Z',
  status: 'active',
  product: 'core',
  plan: 'basic',
  quantity: 10,
  unit_amount: 10,
  currency: 'USD',
  interval_months: 1,
})
const used = (account_id: string, day: string) => ({ batch: 1, account_id, user_id: 'u', event: 'open', occurred_at: `${day}T12:00:00Z` })
const response = (response_id: string, account_id: string, day: string, score: number) => ({
  batch: 1,
  response_id,
  account_id,
  kind: 'csat',
  score,
  scale_min: 1,
  scale_max: 5,
  contact_id: response_id,
  answered_at: `${day}T12:00:00Z`,
})
const COMPANY: Company = {
  ...emptyCompany(),
  account: ['A', 'B', 'C'].map((account_id) => ({ batch: 1, account_id, name: account_id })),
  account_attribute: [{ batch: 1, account_id: 'A', attribute: 'segment', value: 'SMB', effective_at: '2024-03-01T12:00:00Z' }],
  subscription_version: ['A', 'B', 'C'].map((account_id) => ({ ...contract(account_id), product: account_id === 'B' ? 'suite' : 'core' })),
  usage_event: [used('A', '2024-06-10'), used('A', '2024-06-25'), used('B', '2023-12-01'), used('A', '2024-07-03')],
  survey_response: [response('R1', 'A', '2024-06-20', 5), response('R2', 'A', '2024-05-01', 4), response('R3', 'B', '2024-03-01', 2)],
}

describe.each(layoutKinds)('what metrics say of accounts (%s)', (kind) => {
  let engine: Engine
  let book: Book
  let inputs: MetricInputs
  beforeAll(async () => {
    engine = await openEngine(kind)
    book = await engine.book(COMPANY, goldenSettings)
    inputs = await readMetricInputs(book, [ACTIVE, MRR, CSAT, TICKETS], DAY)
  })
  afterAll(() => engine.close())
  const raw = (account: string, operand: MetricOperand) => inputs.of(account)[operandKey(operand)]

  test('of what happens is as old as the newest of anybody by the day: silence of one is a real 0', () => {
    expect(raw('A', ACTIVE)).toEqual({ value: 2, null_reason: null, is_connected: true, age: 5, n: 1 })
    expect(raw('B', ACTIVE)).toEqual({ value: 0, null_reason: null, is_connected: true, age: 5, n: 1 })
    expect(readMetric(raw('B', ACTIVE), 4)).toEqual({ missing: 'stale', last: { value: 0, age: 5 } })
  })
  test('of what is answered is as old as the own newest answer, and as thick as there are answers', () => {
    expect(raw('A', CSAT)).toMatchObject({ value: 0.875, age: 10, n: 2 })
    expect(raw('B', CSAT)).toMatchObject({ value: null, age: 121, n: 0 })
    expect(readMetric(raw('B', CSAT), 90)).toEqual({ missing: 'no_responses' })
    expect(raw('C', CSAT)).toMatchObject({ value: null, age: null, n: 0 })
  })
  test('of terms is as old as the newest terms, and keeps the reason of the metric where there is none', () => {
    expect(raw('C', MRR)).toMatchObject({ value: 100, is_connected: true })
    expect(readMetric(raw('C', ACTIVE), 30)).toEqual({ missing: 'source_not_connected' })
  })
  test('a model is that of its segment or product on the day', async () => {
    const named = (id: string) => ({ ...DEFAULT_MODEL, id })
    const order = [
      { model: 'smb', where: { segment: ['SMB'] }, state: 'on' },
      { model: 'next', where: { segment: ['(none)'] }, state: 'shadow' },
      { model: 'suite', where: { product: ['suite'] }, state: 'on' },
      { model: 'default', where: {}, state: 'on' },
    ] as const
    const models = { order, models: new Map(['smb', 'next', 'suite', 'default'].map((id) => [id, named(id)])) }
    const on = async (day: string) => {
      const accountOf = await readModelAccounts(book, attributesAsked(models), day)
      const scoredBy = (account: string) => [modelFor(models, accountOf(account)), ...shadowsFor(models, accountOf(account))]
      return ['A', 'B', 'C'].map((account) =>
        scoredBy(account)
          .map(({ id }) => id)
          .join(' '),
      )
    }
    expect(await on('2024-02-28')).toEqual(['default next', 'suite next', 'default next'])
    expect(await on('2024-03-01')).toEqual(['smb', 'suite next', 'default next'])
  })
  test('of which no fact was ever recorded is not connected', () => {
    expect(raw('A', TICKETS)).toMatchObject({ is_connected: false })
    expect(readMetric(raw('A', TICKETS), 30)).toEqual({ missing: 'not_connected' })
    expect(inputs.of('nobody')).toEqual({})
  })
})
