import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DEFAULT_MODEL } from '../../src/health/default-model.ts'
import { factsKnownOn } from '../../src/health/history.ts'
import { appendSnapshots } from '../../src/health/snapshot.ts'
import type { Snapshot } from '../../src/health/snapshot.ts'
import { snapshotOf } from '../../src/health/snapshot-of.ts'
import { fixedClock } from '../../src/kernel/clock.ts'
import { addDays } from '../../src/kernel/period.ts'
import { refreshCounted } from '../../src/ledgers/whole.ts'
import { replay } from '../../src/signals/replay.ts'
import { readSettings } from '../../src/workspace/settings.ts'
import { layoutKinds } from '../engines/engines.ts'
import { expectedHealth, readHealthCompany } from './health-company.ts'
import { rounded } from './health/example.ts'
import { loadHealthCompany } from './load-health-company.ts'
import { openProduct } from './product.ts'
import type { Product } from './product.ts'

/** Accounts that decide, are told late, are corrected, fall silent and stay well. */
const ACCOUNTS = ['H01', 'H02', 'H06', 'H18', 'H21', 'H28', 'H34', 'H37']
const DAYS = ['2024-03-31', '2024-09-15', '2024-10-31', '2025-02-28', '2025-06-30']
/** When all of it has been told. */
const NOW = '2025-07-30'

interface Expected {
  readonly score: number | null
  readonly as_of_now?: { readonly score: number; readonly coverage: number }
  readonly inputs: Record<string, { value?: number; s?: number; age?: number; missing?: string }>
  readonly caps: readonly { readonly id: string; readonly value: number; readonly since: string; readonly evidence: string }[]
  readonly movers_30: {
    readonly before: number
    readonly after: number
    readonly lines: readonly { input?: string; cap?: string; why: string; points: number; step: string }[]
  } | null
  readonly next_deadline: { readonly deadline: string; readonly arr: number } | null
  readonly decided: { readonly day: string; readonly source: string; readonly deadline: string | null } | null
  readonly [key: string]: unknown
}

const expectedOf = (day: string, account: string): Expected | undefined =>
  (expectedHealth.days as Record<string, { accounts: Record<string, Expected> }>)[day]?.accounts[account]

/** What the daily run would have written, of the days that the tests look back to. */
async function livedSnapshots(): Promise<Snapshot[]> {
  const written: Snapshot[] = []
  await replay(readHealthCompany(), {
    from: '2024-01-01',
    until: DAYS.at(-1) ?? '',
    model: DEFAULT_MODEL,
    signs: [],
    onReport: (reported) => {
      for (const { on, health, model, is_held } of reported) {
        const isAsked = DAYS.some((asked) => on.day < asked && on.day >= addDays(asked, -60))
        if (!isAsked || !ACCOUNTS.includes(on.facts.account)) continue
        written.push(snapshotOf(model, on, health, { mode: 'lived', known_until: `${on.day}T23:59:59.999999Z`, is_held, rateOf: () => 1 }))
      }
    },
  })
  return written
}

const rounding = (value: unknown): unknown => rounded(JSON.parse(JSON.stringify(value)))

describe.each(layoutKinds)('the page of an account on %s', (kind) => {
  let product: Product
  beforeAll(async () => {
    product = await openProduct(kind, {}, fixedClock(`${NOW}T12:00:00Z`))
    const { store, workspace } = product.stores
    await loadHealthCompany({ facts: store })
    await refreshCounted(store, workspace, await readSettings(workspace.db), { recordedUntil: `${NOW}T12:00:00.000000Z` })
    await appendSnapshots(store, await livedSnapshots())
  }, 240_000)
  afterAll(() => product.close())

  const overview = (id: string, query: { as_of?: string; reported_on?: string } = {}) => product.client.accountOverview({ params: { id }, query })

  test.each(DAYS)('says of %s what was known at its close', async (day) => {
    for (const account of ACCOUNTS) {
      const expected = expectedOf(day, account)
      const { health, money } = await overview(account, { as_of: day, reported_on: day })
      if (expected === undefined || health === null) {
        expect([account, health]).toEqual([account, expected === undefined ? null : health])
        continue
      }
      const shown = {
        ...{
          score: health.score,
          weighted: health.weighted,
          band: health.band,
          band_held: health.held,
          coverage: health.coverage,
          confidence: health.confidence,
        },
        ...{ missing_families: [...health.missing_families].sort(), trend: health.trend.slope, arr: money.arr },
        caps: health.caps.flatMap(({ id, state, at_most, since, evidence }) => (state === 'fired' ? [{ id, value: at_most, since, evidence }] : [])),
        inputs: Object.fromEntries(
          health.inputs.map(({ id, reason, value, score, age }) => [id, reason === null ? { value, s: score, age } : { missing: reason }]),
        ),
        decided: money.decision,
        next_deadline: money.deadlines[0] === undefined ? null : { deadline: money.deadlines[0].deadline, arr: money.deadlines[0].arr },
        movers:
          health.movers === null || health.movers.lines === null ? null : linesOf(health.movers.lines.map(({ of, id, ...line }) => ({ [of]: id, ...line }))),
      }
      expect([account, rounding(shown)]).toEqual([account, rounding(wanted(expected))])
    }
  })

  test('says of a past day what is known now of it', async () => {
    const corrected = [
      ['2024-03-31', 'H34'],
      ['2024-10-31', 'H34'],
      ['2025-06-30', 'H37'],
    ] as const
    for (const [day, account] of corrected) {
      const { health } = await overview(account, { as_of: day })
      expect([account, rounded(health?.score), health?.coverage]).toEqual([
        account,
        expectedOf(day, account)?.as_of_now?.score,
        expectedOf(day, account)?.as_of_now?.coverage,
      ])
      expect(health?.score).not.toBe(expectedOf(day, account)?.score)
    }
    const { health } = await overview('H02', { as_of: '2025-06-30' })
    expect(rounded(health?.score)).toBe(expectedOf('2025-06-30', 'H02')?.score)
  })

  test('prints points that add up to the score that is printed, and says what a cap did', async () => {
    const { health } = await overview('H01', { as_of: '2024-09-15', reported_on: '2024-09-15' })
    const points = health?.inputs.flatMap(({ printed }) => printed ?? []) ?? []
    expect(points.reduce((sum, each) => sum + each, 0)).toBe(Math.round(health?.weighted ?? 0))
    expect(health?.printed).toBe('71, capped at 10: notice given on 29 Aug')
  })

  test('opens an input to its rows and a row to the version that says so', async () => {
    const { rows } = await product.client.accountInput({ params: { id: 'H01', input: 'billing' }, query: { as_of: '2024-09-15', reported_on: '2024-09-15' } })
    expect(rows).toHaveLength(expectedOf('2024-09-15', 'H01')?.inputs.billing === undefined ? 0 : 4)
    const [row] = rows
    const story = await product.client.accountFact({ params: { id: 'H01' }, query: row?.fact ?? { fact: '', source: '', source_id: '' } })
    expect(story.versions.length).toBeGreaterThan(1)
    expect(story.versions[0]?.fields.some(({ changed }) => changed)).toBe(true)
  })

  test('tells apart what happened and what was learnt', async () => {
    const late = await product.client.accountChanges({ params: { id: 'H34' }, query: { since: '2024-11-10' } })
    expect(late.learnt.map(({ how, title }) => `${how}: ${title}`)).toContain('late: core: notice given')
    expect(late.numbers.find(({ id }) => id === 'score')).toMatchObject({ then_known_now: 10, now: null })
    const { happened } = await product.client.accountChanges({ params: { id: 'H01' }, query: { since: '2024-08-28' } })
    expect(happened.map(({ title }) => title)).toContain('core: notice given')
  })

  test('shows the day of decision as it was known, with what arrived too late', async () => {
    const { autopsy } = await product.client.accountAutopsy({ params: { id: 'H34' } })
    const decision = (expectedHealth.decisions as Record<string, { day: string; deadline: string; known_on: string }>).H34
    expect(autopsy).toMatchObject({
      decision: { day: decision?.day, deadline: decision?.deadline, source: 'notice' },
      known_on: decision?.known_on,
      mode: 'as_reported',
    })
    expect(autopsy?.unknowable.map(({ title }) => title)).toContain('core: notice given')
    expect((await product.client.accountAutopsy({ params: { id: 'H02' } })).autopsy).toBeNull()
  })

  test('pages one timeline of everything', async () => {
    const read = (query: { before?: string; kinds?: string[]; find?: string; limit?: number }) =>
      product.client.accountTimeline({ params: { id: 'H01' }, query: { kinds: [], ...query } })
    const first = await read({ limit: 20 })
    const second = await read({ limit: 20, before: first.next ?? '' })
    expect(new Set([...first.items, ...second.items].map(({ key }) => key)).size).toBe(40)
    const kinds = first.kinds.filter(({ count }) => count > 0).map(({ id }) => id)
    for (const id of ['tickets', 'invoices', 'touches', 'people', 'contracts', 'money', 'use', 'health', 'feedback']) expect(kinds).toContain(id)
    const tickets = await read({ kinds: ['tickets'], find: 'T0001' })
    expect(tickets.items.map(({ title }) => title)).toEqual(['Ticket T0001 solved after 3 days', 'Ticket T0001 opened'])
  })

  test('lists what accounts have across them, narrowed by state and words, page by page', async () => {
    const company = readHealthCompany().map((history) => factsKnownOn(history, NOW))
    const open = company.flatMap(({ tickets }) => tickets.filter(({ is_merged, solved_on }) => !is_merged && solved_on === null).map(({ id }) => id))
    const read = (query: { of: string; state?: string; find?: string; offset?: number; limit?: number }) => product.client.accountObjects({ query })
    const { page, kinds } = await read({ of: 'tickets' })
    expect(page.rows.map((row) => row[3]).toSorted()).toEqual(open.toSorted())
    const all = await read({ of: 'tickets', state: 'all', limit: 1000 })
    expect(all.page.total).toBe(company.reduce((sum, { tickets }) => sum + tickets.filter(({ is_merged }) => !is_merged).length, 0))
    const [first, second] = [await read({ of: 'tickets', state: 'all', limit: 5 }), await read({ of: 'tickets', state: 'all', limit: 5, offset: 5 })]
    expect([...first.page.rows, ...second.page.rows]).toEqual(all.page.rows.slice(0, 10))
    for (const { id } of kinds) expect((await read({ of: id, state: 'all', find: 'no such words' })).page.total).toBe(0)
    await expect(read({ of: 'tickets', state: 'lost' })).rejects.toMatchObject({ code: 'bad_state' })
  })

  test('knows no account of which nothing is told', async () => {
    await expect(overview('nobody')).rejects.toMatchObject({ code: 'not_found' })
  })
})

interface Moved {
  readonly why: string
  readonly points: number
  readonly step: string
  readonly input?: string
  readonly cap?: string
}

const linesOf = (lines: readonly Moved[]): string[] =>
  lines
    .filter(({ points }) => Math.abs(points) > 1e-9)
    .map(({ input, cap, why, points, step }) => `${step} ${input ?? cap ?? ''} ${why} ${points.toFixed(6)}`)
    .sort()

const wanted = ({ caps, inputs, movers_30, next_deadline, decided, ...own }: Expected) => ({
  ...{ score: own.score, weighted: own.weighted, band: own.band, band_held: own.band_held, coverage: own.coverage, confidence: own.confidence },
  ...{ missing_families: [...(own.missing_families as string[])].sort(), trend: own.trend ?? null, arr: own.arr },
  caps: caps.map(({ id, value, since, evidence }) => ({ id, value, since, evidence })),
  inputs: Object.fromEntries(Object.entries(inputs).map(([id, { value, s, age, missing }]) => [id, missing === undefined ? { value, s, age } : { missing }])),
  decided: decided === null ? null : { day: decided.day, source: decided.source, deadline: decided.deadline },
  next_deadline: next_deadline === null ? null : { deadline: next_deadline.deadline, arr: next_deadline.arr },
  movers: movers_30 === null ? null : linesOf(movers_30.lines),
})
