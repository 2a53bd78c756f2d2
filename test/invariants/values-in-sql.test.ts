import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays } from '../../src/kernel/period.ts'
import { trusted } from '../../src/kernel/sql.ts'
import type { Period } from '../../src/kernel/period.ts'
import { reasonAt, valueAt } from '../../src/metrics/ask/account-column.ts'
import { readAccountValues, usualPeriodOf } from '../../src/metrics/ask/account-values.ts'
import type { WantedColumn } from '../../src/metrics/ask/account-values.ts'
import { answer } from '../../src/metrics/ask/answer.ts'
import { divides } from '../../src/metrics/ask/dimensions.ts'
import type { Book } from '../../src/metrics/kit/book.ts'
import type { MetricDefinition } from '../../src/metrics/kit/metric.ts'
import { readQuestionSql } from '../../src/metrics/open/question-sql.ts'
import { testEngineKinds } from '../engines/engines.ts'
import { randomCompany } from '../oracle/random-company.ts'
import { openEngine } from './engine.ts'
import type { Engine } from './engine.ts'

const DAY = '2024-06-29'
const SPRING: Period = { from: '2024-03-01', until: '2024-06-01' }

/** Floats may be added in another order; all else is the same number. */
const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))

const byAccount = (catalogue: Book['catalogue'], metric: MetricDefinition): boolean =>
  (metric.composed?.of ?? [metric.id]).every((id) => divides(catalogue.byId(id), 'account'))

type Told = readonly [value: number | null, reason: string | null]

/** What the same question says account by account; of accounts of which it says nothing, what it says of one of them. */
async function oneByOne(book: Book, metric: string, period: Period, accounts: readonly string[]): Promise<Map<string, Told>> {
  const told = ({ value, null_reason }: { value: number | null; null_reason: string | null }): Told => [value, null_reason]
  const question = { ...period, as_of: DAY }
  const found = new Map((await answer(book, [metric], { ...question, by: ['account'] })).map((result) => [result.dims['account'] ?? '', told(result)]))
  const silent = accounts.find((account) => !found.has(account))
  if (silent === undefined) return found
  const [nothing] = await answer(book, [metric], { ...question, where: [`account=${silent}`] })
  if (nothing === undefined) throw new Error(`no result for ${metric}`)
  return new Map(accounts.map((account) => [account, found.get(account) ?? told(nothing)]))
}

describe.each(testEngineKinds)('values computed by the store (%s)', (kind) => {
  let engine: Engine
  let book: Book
  beforeAll(async () => {
    engine = await openEngine(kind)
    const { company, settings } = randomCompany(1)
    book = await engine.book(company, settings)
  })
  afterAll(() => engine.close())

  it('of all accounts in columns are those of every metric one by one, for the twelve months before a day and for a period', { timeout: 600_000 }, async () => {
    const metrics = book.catalogue.all.filter((metric) => byAccount(book.catalogue, metric))
    const wanted: WantedColumn[] = metrics.map(({ id }, i) => (i % 4 === 0 ? { metric: id } : { metric: id, period: SPRING }))
    const { accounts, columns } = await readAccountValues(book, wanted, DAY)
    const found: string[] = []
    for (const [i, { metric, period = usualPeriodOf(DAY) }] of wanted.entries()) {
      const column = columns[i]
      const expected = await oneByOne(book, metric, period, accounts)
      accounts.forEach((account, place) => {
        const [value, reason] = column === undefined ? [null, null] : [valueAt(column, place), reasonAt(column, place)]
        const [one, why] = expected.get(account) ?? [null, 'not there']
        if (reason !== why || (value === null || one === null ? value !== one : !near(value, one)))
          found.push(`${metric} of ${account}: ${value} ${reason}, one by one ${one} ${why}`)
      })
      for (const account of expected.keys()) if (!accounts.includes(account)) found.push(`${metric}: no account ${account}`)
    }
    expect(found).toEqual([])
    expect(columns.filter(({ values }) => values.some((value) => value > 0)).length).toBeGreaterThan(columns.length / 2)
  })

  it('by the SQL that is printed are those of the question', { timeout: 600_000 }, async () => {
    const all = book.catalogue.all.filter(({ composed, value }) => composed === null && value.kind !== 'computed')
    const found: string[] = []
    // Elsewhere than in the usual engine a few: what differs there is how shards are asked, not what of.
    for (const metric of kind === 'private' ? all : all.filter((_, i) => i % 12 === 0)) {
      const by = ['category', 'segment', 'csm'].filter((dimension) => divides(metric, dimension)).slice(0, 1)
      const question = { ...SPRING, grain: 'month' as const, by, as_of: DAY }
      const [statement] = await readQuestionSql(book, metric.id, question)
      const rows = await book.store.read<Record<string, unknown>>(trusted(statement?.sql ?? ''))
      const placeOf = (from: unknown, dimension: unknown): string => [from, dimension].join(' ')
      const given = new Map(rows.map((row) => [placeOf(row['from'], row[by[0] ?? '']), [row['value'], row['null_reason']]]))
      for (const { period, dims, value, null_reason } of await answer(book, [metric.id], question)) {
        const [other, reason] = given.get(placeOf(period.from, dims[by[0] ?? ''])) ?? []
        // A slice without any row in a period has none in the query either.
        if (other === undefined && (value ?? 0) === 0) continue
        if ((value === null || typeof other !== 'number' ? value !== other : !near(value, other)) || (reason ?? '') !== (null_reason ?? ''))
          found.push(`${metric.id} ${period.from} ${JSON.stringify(dims)}: ${value} ${null_reason}, by SQL ${String(other)} ${String(reason)}`)
      }
    }
    expect(found).toEqual([])
  })

  it('are none in a period that has not begun, and are refused of what accounts do not divide', async () => {
    const { accounts, columns } = await readAccountValues(book, [{ metric: 'mrr', period: { from: addDays(DAY, 5), until: addDays(DAY, 9) } }], DAY)
    expect(new Set(accounts.map((_, place) => columns[0] && reasonAt(columns[0], place)))).toEqual(new Set(['not_begun']))
    await expect(readAccountValues(book, [{ metric: 'mrr' }, { metric: 'arr_per_csm' }], DAY)).rejects.toMatchObject({ code: 'dimension_not_supported' })
  })
})
