import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appendDecisions } from '../../src/health/account-decision.ts'
import { appendSnapshots } from '../../src/health/snapshot.ts'
import type { Snapshot } from '../../src/health/snapshot.ts'
import { addDays } from '../../src/kernel/period.ts'
import { defaultSettings } from '../../src/kernel/settings.ts'
import { answer } from '../../src/metrics/ask/answer.ts'
import { readAccountValues } from '../../src/metrics/ask/account-values.ts'
import { valueAt } from '../../src/metrics/ask/account-column.ts'
import type { Book } from '../../src/metrics/kit/book.ts'
import type { Decided, Said } from '../../src/metrics/kit/example.ts'
import { rowTable } from '../../src/metrics/open/drill.ts'
import { layoutKinds } from '../engines/engines.ts'
import { openEngine } from '../invariants/engine.ts'
import type { Engine } from '../invariants/engine.ts'
import { emptyCompany } from '../oracle/company.ts'
import type { Company, Row } from '../oracle/company.ts'
import { oracle } from '../oracle/oracle.ts'
import { randomOf } from '../oracle/random.ts'
import { decisionOf, snapshotOf } from '../record-said.ts'

const METRICS = ['health_score', 'health_trend', 'churn_probability', 'arr_at_risk', 'renewal_likelihood', 'expansion_likelihood', 'health_map']
const ACCOUNTS = Array.from({ length: 14 }, (_, i) => `account ${i}`)
const LAST = '2024-06-28'

const random = randomOf(11)

/** Weekly and at the ends of months: replayed until April, lived from the end of January on. */
const DAYS = Array.from({ length: 400 }, (_, i) => addDays(LAST, -i)).filter((day, i) => i % 7 === 0 || addDays(day, 1).endsWith('-01'))
const said = (account: string, day: string, mode: Said['mode'] & string): Snapshot => {
  const score = random.next() < 0.2 ? null : Math.round(random.next() * 1000) / 10
  const phase = random.pick(['month_to_month', 'in_window', 'later', 'later', null] as const)
  const deadline = phase === 'later' ? { next_deadline: addDays(day, 91 + Math.floor(random.next() * 300)) } : {}
  const band = score === null ? 'unknown' : score < 40 ? 'red' : score < 70 ? 'amber' : 'green'
  return snapshotOf(account, { account, day, mode, score, band, arr: Math.round(random.next() * 1e8) / 100, phase, ...deadline })
}
const snapshots = ACCOUNTS.flatMap((account) =>
  DAYS.flatMap((day) => [
    ...(day < '2024-05-01' && random.next() < 0.9 ? [said(account, day, 'as_if_connected')] : []),
    ...(day >= '2024-01-20' && random.next() < 0.9 ? [said(account, day, 'lived')] : []),
  ]),
)
const decisions = (['lived', 'as_if_connected'] as const).map((mode) => ({
  mode,
  rows: ACCOUNTS.flatMap((account) => {
    const one: Decided = { account, count: 1, on: addDays(LAST, -Math.floor(random.next() * 300)) }
    const back = random.next() < 0.3 ? { taken_back_on: addDays(one.on, 20) } : {}
    return random.next() < 0.7 ? [decisionOf(account, { ...one, ...back })] : []
  }),
}))
const version = (account_id: string, day: string, unit_amount: string): Row => ({
  batch: 1,
  subscription_id: account_id,
  account_id,
  effective_at: `${day}T12:00:00.000Z`,
  status: 'active',
  currency: 'USD',
  interval_months: '1',
  interval_unit: 'month',
  quantity: '1',
  unit_amount,
})
const company: Company = {
  ...emptyCompany(),
  subscription_version: ACCOUNTS.flatMap((account) => [
    version(account, '2023-01-10', '100'),
    ...(random.next() < 0.6 ? [version(account, addDays('2023-07-01', Math.floor(random.next() * 330)), '150')] : []),
  ]),
  account_attribute: ACCOUNTS.map((account_id, i): Row => ({ batch: 1, account_id, attribute: 'segment', value: `s${i % 3}`, effective_at: '' })),
  told: { said: snapshots, decided: decisions.flatMap(({ mode, rows }) => rows.map((row) => ({ ...row, mode }))) },
}

/** Chances are added to six decimals. */
function same(of: string, found: number | null | undefined, wanted: number | null): void {
  const isNear = typeof found === 'number' && wanted !== null && Math.abs(found - wanted) <= 2e-5 * Math.max(1, Math.abs(wanted))
  expect([of, isNear ? wanted : found]).toEqual([of, wanted])
}

describe.each(layoutKinds)('metrics of what was said of customers on %s', (kind) => {
  let engine: Engine
  let book: Book
  const answers = oracle(company, defaultSettings)
  beforeAll(async () => {
    engine = await openEngine(kind)
    book = await engine.book(company, defaultSettings)
    await appendSnapshots(engine.store, snapshots)
    // Written twice, and by an earlier model: of each account and day the last model counts, once.
    await appendSnapshots(engine.store, snapshots.slice(0, 50))
    await appendSnapshots(
      engine.store,
      snapshots.slice(0, 200).map((one) => ({ ...one, model: 'default@0', score: 1, band: 'red' as const, arr: 5, phase: 'in_window' as const })),
    )
    for (const { mode, rows } of decisions) await appendDecisions(engine.store, mode, rows, '2024-07-01T00:00:00.000000Z')
  })
  afterAll(() => engine.close())

  const PERIODS = [
    { from: '2023-05-01', until: '2023-06-01' },
    { from: '2023-09-01', until: '2023-10-01' },
    { from: '2023-12-01', until: '2024-01-01' },
    { from: '2024-02-01', until: '2024-03-01' },
    { from: '2024-04-01', until: '2024-07-01' },
    { from: '2024-06-01', until: '2024-07-20' },
  ]

  test.each(METRICS)('%s is what the rows come to, by segment and by account, on every day', async (id) => {
    let seen = 0
    for (const period of PERIODS)
      for (const dimension of [null, 'segment', 'account']) {
        const results = await answer(book, [id], { ...period, by: dimension === null ? [] : [dimension] })
        if (dimension === null) expect(results.length).toBe(1)
        for (const { value, null_reason, parts, dims, n } of results) {
          const where = dimension === null ? {} : { [dimension]: [dims[dimension] ?? ''] }
          const wanted = answers.metric(id, { ...period, where })
          const place = `${id} ${JSON.stringify([period, where])}`
          expect([place, null_reason]).toEqual([place, wanted.null_reason])
          const parted = Object.entries({ ...wanted.parts, value: wanted.value })
          parted.forEach(([name, part]) => part === null || same(`${place} ${name}`, name === 'value' ? value : parts[name], part))
          if (wanted.value !== null) expect([place, n]).toEqual([place, wanted.n])
          if (wanted.value !== null) seen++
        }
      }
    expect(seen).toBeGreaterThan(5)
  })

  test('a series and a question as of a day say the same as each day by itself', async () => {
    const asked = { from: '2024-04-01', until: '2024-07-01' }
    const series = await answer(book, METRICS, { ...asked, grain: 'month' })
    for (const { metric, value, period } of series) same(`${metric} ${period.label}`, value, answers.metric(metric, period).value)
    for (const { metric, value } of await answer(book, METRICS, { ...asked, as_of: '2024-05-14' }))
      same(metric, value, answers.metric(metric, { from: '2024-04-01', until: '2024-05-15' }).value)
  })

  test('they are columns of the list of accounts, and open to their rows', async () => {
    const period = { from: '2024-06-01', until: '2024-07-01' }
    const { accounts, columns } = await readAccountValues(
      book,
      METRICS.map((metric) => ({ metric, period })),
      '2024-06-30',
    )
    for (const [i, metric] of METRICS.entries())
      for (const [place, account] of accounts.entries()) {
        const wanted = answers.metric(metric, { ...period, where: { account: [account] } }).value
        const column = columns[i]
        same(`${metric} ${account}`, column === undefined ? undefined : valueAt(column, place), wanted)
      }
    for (const metric of METRICS) {
      const table = await rowTable(book, metric, period, 'all')
      const rows = 'query' in table ? await book.store.read(table.query) : []
      // A row that adds nothing is none that it is made of.
      expect([metric, rows.length > 4 && rows.length <= (answers.metric(metric, period).n ?? 0)]).toEqual([metric, true])
    }
  })

  test('what was worked out later is flagged', async () => {
    const flags = async (from: string, until: string) => (await answer(book, ['health_score'], { from, until }))[0]?.flags
    expect(await flags('2023-12-01', '2024-01-01')).toContain('optimistic')
    expect(await flags('2024-06-01', '2024-07-01')).not.toContain('optimistic')
  })
})
