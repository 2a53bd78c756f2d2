import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FactDefinition } from '../../src/facts/fact.ts'
import { factById } from '../../src/facts/facts.ts'
import { mrrOn } from '../../src/health/account-day.ts'
import { accountDecisionOn } from '../../src/health/decisions.ts'
import { factsKnownOn } from '../../src/health/history.ts'
import type { AccountHistory } from '../../src/health/history.ts'
import { readHistories } from '../../src/health/read/read-histories.ts'
import { defaultSettings } from '../../src/kernel/settings.ts'
import { testEngineKinds } from '../engines/engines.ts'
import { loadFacts } from '../load-facts.ts'
import { openTestFacts } from '../open-ingest.ts'
import type { OpenFacts } from '../open-ingest.ts'
import { readHealthCompany } from './health-company.ts'
import { loadHealthCompany } from './load-health-company.ts'

const DAYS = ['2024-02-01', '2024-09-15', '2025-05-20', '2025-05-21', '2025-06-30']

/** Versions of facts of one account and of those that are counted as it, or are internal. */
async function loadTold({ facts }: OpenFacts): Promise<void> {
  const say = (kind: string, recorded_at: string, row: object, import_id = 'told'): Promise<void> => {
    const fact = factById(kind) as FactDefinition
    return loadFacts(facts, fact, [row], { import_id, recorded_at, ...(fact.marksRevisions ? { revises: 0 } : {}) })
  }
  for (const row of [{ account_id: 'A' }, { account_id: 'B', merged_into: 'A' }, { account_id: 'Z', is_internal: 'true' }])
    await say('account', '2024-01-01 12:00:00', row)
  const terms = {
    subscription_id: 'S',
    effective_at: '2024-01-01T12:00:00Z',
    status: 'active',
    unit_amount: '100',
    quantity: '2',
    currency: 'USD',
    term_months: '12',
  }
  await say('subscription_version', '2024-01-01 12:00:00', { ...terms, account_id: 'A', auto_renew: 'yes' })
  await say('subscription_version', '2024-01-01 12:00:00', { ...terms, account_id: 'Z', subscription_id: 'SZ' })
  await say('discount', '2024-04-10 12:00:00', { subscription_id: 'S', percent: '25', starts_at: '2024-03-01T12:00:00Z', ends_at: '2024-05-01T12:00:00Z' })
  const deal = { opportunity_id: 'O', account_id: 'A', opened_at: '2024-05-01T12:00:00Z', kind: 'renewal' }
  await say('opportunity', '2024-06-02 12:00:00', { ...deal, lost_at: '2024-06-01T02:00:00Z' })
  await say('opportunity', '2024-06-20 12:00:00', deal)
  await say('ticket', '2024-02-01 12:00:00', { ticket_id: 'T', account_id: 'B', created_at: '2024-02-01T12:00:00Z' })
  const change = { ticket_id: 'T', account_id: 'B', kind: 'status' }
  await say('ticket_event', '2024-02-05 12:00:00', { ...change, event_id: '1', happened_at: '2024-02-03T12:00:00Z', status: 'solved' })
  await say('ticket_event', '2024-02-10 12:00:00', { ...change, event_id: '2', happened_at: '2024-02-09T12:00:00Z', status: 'open' })
  const bill = { invoice_id: 'I', account_id: 'A', due_on: '2024-02-10', amount: '200', currency: 'USD' }
  await say('invoice', '2024-02-01 12:00:00', { ...bill, status: 'open' })
  await say('invoice', '2024-02-16 12:00:00', { ...bill, status: 'paid', paid_on: '2024-02-15' }, 'wrong')
  await facts.insert('fact_undo', 'everywhere', [{ import_id: 'wrong', recorded_at: '2024-02-20 12:00:00', undone: 1 }])
  await say('feature', '2024-01-01 12:00:00', { feature_id: 'F', is_core: 'true' })
  const use = { account_id: 'A', user_id: 'u', event: 'open', feature: 'F', occurred_at: '2024-03-05T03:00:00Z' }
  await say('usage_event', '2024-03-05 03:30:00', use)
  await say('usage_event', '2024-03-05 03:30:00', { ...use, occurred_at: '2024-03-05T03:10:00Z' })
}

const shown = (history: AccountHistory, day: string) => {
  const { use, ...facts } = factsKnownOn(history, day)
  const days = [...new Set(use.map((each) => `${each.day} ${each.user} ${(each as { source?: string }).source}`))].sort()
  return { ...facts, days, events: use.reduce((sum, { events = 1 }) => sum + events, 0) }
}

describe.each(testEngineKinds)('histories on %s', (kind) => {
  let stores: OpenFacts
  beforeAll(async () => {
    stores = await openTestFacts(kind)
    await loadHealthCompany(stores)
  })
  afterAll(() => stores.close())

  test('say what the files say', async () => {
    const read: AccountHistory[] = []
    for await (const chunk of readHistories(stores.facts, defaultSettings, { until: '2026-01-01T00:00:00Z', chunk: 13 })) read.push(...chunk)
    const told = readHealthCompany()
    expect(read.map(({ account }) => account)).toEqual(told.map(({ account }) => account).sort())
    for (const history of read) {
      const wanted = told.find(({ account }) => account === history.account) as AccountHistory
      for (const day of DAYS) expect(shown(history, day)).toEqual(shown(wanted, day))
    }
  })
})

describe.each(testEngineKinds)('what is told of one account on %s', (kind) => {
  let stores: OpenFacts
  let history: AccountHistory
  beforeAll(async () => {
    stores = await openTestFacts(kind)
    await loadTold(stores)
    const settings = { ...defaultSettings, time_zone: 'America/New_York' }
    const read: AccountHistory[] = []
    for await (const chunk of readHistories(stores.facts, settings, { until: '2026-01-01T00:00:00Z' })) read.push(...chunk)
    expect(read.map(({ account }) => account)).toEqual(['A'])
    history = read[0] as AccountHistory
  })
  afterAll(() => stores.close())

  test('counts a discount from the day on which it was known, for the days in which it is in force', () => {
    const mrr = (knownBy: string, day: string): number => mrrOn(factsKnownOn(history, knownBy), day)
    expect([mrr('2024-04-09', '2024-03-15'), mrr('2024-04-10', '2024-02-15'), mrr('2024-04-10', '2024-03-15'), mrr('2024-04-10', '2024-05-02')]).toEqual([
      200, 200, 150, 200,
    ])
  })

  test('a lost renewal is a decision while the deal is lost', () => {
    const decided = (day: string) => accountDecisionOn(factsKnownOn(history, day).contracts, day)
    expect(['2024-06-01', '2024-06-20'].map(decided)).toEqual([null, null])
    expect(decided('2024-06-02')).toMatchObject({ contract: 'S', day: '2024-05-31', source: 'non_renewal' })
  })

  test('a ticket of a merged account is solved and open again by its events', () => {
    const solved = (day: string) => factsKnownOn(history, day).tickets.map(({ id, solved_on }) => [id, solved_on])
    expect(solved('2024-02-04')).toEqual([['T', null]])
    expect(solved('2024-02-05')).toEqual([['T', '2024-02-03']])
    expect(solved('2024-02-10')).toEqual([['T', null]])
  })

  test('an undone import counts until its undo', () => {
    const paid = (day: string) => factsKnownOn(history, day).invoices.map(({ paid_on, status }) => [paid_on, status])
    expect([paid('2024-02-15'), paid('2024-02-16'), paid('2024-02-20')]).toEqual([[[null, 'open']], [['2024-02-15', 'paid']], [[null, 'open']]])
  })

  test('a feature that was used is one, by local days', () => {
    const used = (day: string) => factsKnownOn(history, day).services.map(({ id, used_on }) => [id, used_on])
    expect([used('2024-03-03'), used('2024-03-04')]).toEqual([[['F', null]], [['F', '2024-03-04']]])
    expect(factsKnownOn(history, '2024-03-04').use).toMatchObject([{ day: '2024-03-04', user: 'u', events: 2 }])
  })
})
