import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshStores } from '../../../test/engines/engines.ts'
import type { FreshStores } from '../../../test/engines/engines.ts'
import { recordSaid } from '../../../test/record-said.ts'
import { loadFacts } from '../../../test/load-facts.ts'
import { accountAttribute } from '../../facts/account-attribute.ts'
import type { FactDefinition } from '../../facts/fact.ts'
import { factById } from '../../facts/facts.ts'
import { subscriptionVersion } from '../../facts/subscription-version.ts'
import { systemClock } from '../../kernel/clock.ts'
import { defaultSettings } from '../../kernel/settings.ts'
import { refreshLedgers } from '../../ledgers/refresh.ts'
import { createLedgerTables } from '../../ledgers/tables.ts'
import { openFactStore } from '../../stores/fact-store.ts'
import { openWorkspace } from '../../stores/workspace.ts'
import type { Workspace } from '../../stores/workspace.ts'
import { answer } from '../ask/answer.ts'
import type { Book } from './book.ts'
import { openBook } from '../ask/book.ts'
import { WHOLE_COMPANY } from './asker.ts'
import { BUILT_IN } from '../catalogue/built-in.ts'
import type { Result } from './result.ts'
import type { Example, ExampleAccount } from './example.ts'
import type { MetricDefinition } from './metric.ts'

const MARCH = { from: '2024-03-01', until: '2024-04-01' }
const examples = BUILT_IN.all.flatMap((metric) => metric.examples.map((example, i) => ({ metric, example, name: `${metric.id} ${i}` })))

/** Examples that differ in nothing but whose they are: one question by segment asks them all. '' for one that is asked alone. */
const askedAlike = ({ metric, example }: { metric: MetricDefinition; example: Example }): string =>
  metric.dimensions === 'csm' ? '' : JSON.stringify([example.ask ?? {}, example.ci !== undefined, example.ask?.options === undefined ? '' : metric.id])

/** The versions of an account that stands at these amounts when March opens and when it closes. */
function versionsOf(account_id: string, { opening = 0, closing = 0, between = 0, earlier = false }: ExampleAccount) {
  const version = (effective_at: string, amount: number) => ({
    subscription_id: account_id,
    account_id,
    effective_at: `${effective_at}T12:00:00Z`,
    currency: 'USD',
    status: amount === 0 ? 'ended' : 'active',
    unit_amount: String(amount),
  })
  const steps = [
    ...(earlier ? [version('2023-01-01', 10), version('2023-05-01', 0)] : []),
    ...(opening > 0 ? [version('2023-06-01', opening)] : []),
    ...(between > 0 ? [version('2024-03-05', between), version('2024-03-20', 0)] : []),
  ]
  return closing === opening ? steps : [...steps, version('2024-03-12', closing)]
}

/** The rows of an example's facts with ids of their own. */
function ownRows(name: string, fact: FactDefinition, rows: readonly Readonly<Record<string, string | number>>[]) {
  const own = (column: string, value: string | number) =>
    fact.columns[column]?.type === 'id' && column !== 'attribute' && value !== '' ? `${name} ${value}` : value
  return rows.map((row) => Object.fromEntries(Object.entries(row).map(([column, value]) => [column, own(column, value)])))
}

/** All examples in one store, each a segment of its own. */
describe('worked examples of the definitions', () => {
  let stores: FreshStores
  let workspace: Workspace
  let book: Book
  const owners = new Map<string, Set<string>>()
  const answers = new Map<string, Result>()
  let questions = 0
  beforeAll(async () => {
    stores = await freshStores('private')
    const store = await openFactStore(stores.facts)
    workspace = await openWorkspace(stores.workspaceUrl, systemClock)
    await createLedgerTables(store)
    const version = { import_id: 'examples', recorded_at: '2024-05-01T00:00:00.000000Z' }
    const accounts = examples.flatMap(({ name, example }) =>
      (example.accounts ?? []).flatMap((account, i) =>
        Array.from({ length: account.count ?? 1 }, (_, copy) => ({ name, account, account_id: `${name} ${i} ${copy}` })),
      ),
    )
    const rows = new Map<string, Record<string, unknown>[]>([
      [subscriptionVersion.id, accounts.flatMap(({ account, account_id }) => versionsOf(account_id, account))],
    ])
    const segments = new Map(accounts.map(({ name, account_id }) => [account_id, name]))
    for (const { name, example } of examples)
      for (const [id, given] of Object.entries(example.facts ?? {})) {
        const fact = factById(id)
        if (fact === undefined) throw new Error(`an example of ${name} has rows of ${id}, which is no fact`)
        const own = ownRows(name, fact, given)
        for (const { csm_id } of own) if (csm_id !== undefined && csm_id !== '') owners.set(name, (owners.get(name) ?? new Set()).add(String(csm_id)))
        for (const { account_id } of own) if (account_id !== undefined && account_id !== '') segments.set(String(account_id), name)
        rows.set(id, [...(rows.get(id) ?? []), ...own])
      }
    for (const { name, example } of examples) for (const account of await recordSaid(store, name, example)) segments.set(account, name)
    const attributes = [...segments].map(([account_id, value]) => ({ account_id, attribute: 'segment', value }))
    rows.set(accountAttribute.id, [...(rows.get(accountAttribute.id) ?? []), ...attributes])
    for (const [id, given] of rows) await loadFacts(store, factById(id) as FactDefinition, given, version)
    const state = await refreshLedgers(store, workspace, defaultSettings, { recordedUntil: version.recorded_at })
    book = await openBook(store, state, { asker: WHOLE_COMPANY, settings: defaultSettings, catalogue: BUILT_IN, now: new Date('2024-06-01T00:00:00Z') })
    const alikes = new Map<string, (typeof examples)[number][]>()
    for (const each of examples) alikes.set(askedAlike(each), [...(alikes.get(askedAlike(each)) ?? []), each])
    alikes.delete('')
    for (const [key, alike] of alikes) {
      questions++
      const ids = [...new Set(alike.map(({ metric }) => metric.id))]
      const where = alike.map(({ name }) => `segment=${name}`)
      const asked = { ...MARCH, ...alike[0]?.example.ask, by: ['segment'], where, interval: alike[0]?.example.ci !== undefined }
      for (const result of await answer(book, ids, asked)) answers.set(`${key} ${result.metric} ${result.dims.segment}`, result)
    }
  })
  afterAll(async () => {
    await workspace.close()
    await stores.close()
  })

  /** What belongs to CSMs alone knows no segments, and a segment of which there is nothing has no row among others. */
  async function alone(metric: MetricDefinition, example: Example, name: string): Promise<Result | undefined> {
    questions++
    const where = metric.dimensions === 'csm' ? [...(owners.get(name) ?? [])].map((csm) => `csm=${csm}`) : [`segment=${name}`]
    return (await answer(book, [metric.id], { ...MARCH, ...example.ask, where, interval: example.ci !== undefined }))[0]
  }

  it('an interval and a comparison stand beside the value and leave it alone', async () => {
    const ids = ['nrr', 'grr', 'arpa', 'customer_retention_rate']
    const plain = await answer(book, ids, MARCH)
    const drawn = await answer(book, ids, { ...MARCH, interval: true, compare: 'previous' })
    expect(drawn.map(({ value }) => value)).toEqual(plain.map(({ value }) => value))
    for (const { value, ci, ci_method, comparison } of drawn) {
      expect(ci?.[0]).toBeLessThanOrEqual(value ?? NaN)
      expect(ci?.[1]).toBeGreaterThanOrEqual(value ?? NaN)
      expect(['large sample', 'bootstrap', 'wilson']).toContain(ci_method)
      expect(comparison?.change).toBeCloseTo((value ?? NaN) - (comparison?.value ?? NaN), 12)
      expect(comparison?.change_ci?.[0]).toBeLessThanOrEqual(comparison?.change ?? NaN)
      expect(comparison?.change_ci?.[1]).toBeGreaterThanOrEqual(comparison?.change ?? NaN)
    }
  })
  it('are there, and asked together', () => {
    expect(examples.length).toBeGreaterThan(150)
    expect(questions).toBeLessThan(examples.length / 3)
  })
  it.each(examples.map((each) => [`${each.metric.id}: ${each.example.says}`, each] as const))('%s', async (_, { metric, example, name }) => {
    const result = answers.get(`${askedAlike({ metric, example })} ${metric.id} ${name}`) ?? (await alone(metric, example, name))
    if (example.value === null) expect(result?.value).toBeNull()
    else expect(result?.value).toBeCloseTo(example.value, 9)
    if (example.exact !== undefined) expect(result?.exact).toBe(example.exact)
    if (example.null_reason !== undefined) expect(result?.null_reason).toBe(example.null_reason)
    example.ci?.forEach((end, i) => expect(result?.ci?.[i]).toBeCloseTo(end, 6))
    expect(result?.flags).toEqual(expect.arrayContaining([...(example.flags ?? [])]))
    for (const [part, expected] of Object.entries(example.parts ?? {}))
      if (expected === null) expect(result?.parts[part]).toBeNull()
      else expect(result?.parts[part]).toBeCloseTo(expected, 9)
  })
})
