import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { MetricEntry, Result } from '../../src/contract/question.ts'
import { fixedClock } from '../../src/kernel/clock.ts'
import { usualPeriod } from '../../src/kernel/usual-period.ts'
import { BUILT_IN } from '../../src/metrics/catalogue/built-in.ts'
import { bootstrapRatio } from '../../src/statistics/bootstrap-ratio.ts'
import { deltaRatio } from '../../src/statistics/delta-ratio.ts'
import { clampInterval } from '../../src/statistics/interval.ts'
import { newcombe } from '../../src/statistics/newcombe.ts'
import { ratioSums } from '../../src/statistics/ratio-sums.ts'
import { faultsOf, optionsOf } from './explained.ts'
import { openProduct } from '../conformance/product.ts'
import type { Product } from '../conformance/product.ts'
import { deadBreakdowns } from '../conformance/dead-breakdowns.ts'
import { testEngineKinds } from '../engines/engines.ts'
import { ratiosOf } from '../../src/metrics/kit/value.ts'
import { isRelease } from '../engines/size.ts'

const ASKED = { from: '2026-01-01', until: '2026-07-01', by: [], where: [], option: [] }
/** Nobody is asked about attributes by their importance. */
const NEVER_HELD = ['index_responses attributes']
/** Rows of what was said at closes of days: in this company no day is lived. */
const SAID = /^(?:chances_to_leave|chances_to_expand|said_of_customers|score_trends) /
/** Every day the metrics that an option chooses for, and some others; before a release all, and options of any number too. */
const EVERY = isRelease
/**
 * Cohorts that say nothing yet of the usual period, or not how sure that is, are asked of an earlier one: they have had time
 * to stay or leave, and to get their value.
 */
const young = new Set<string>()
const askedOf = (id: string): typeof ASKED => ({ ...ASKED, ...(young.has(id) ? { from: '2025-01-01', until: '2025-07-01' } : {}) })

describe.skipIf(!testEngineKinds.includes('private'))('the sample company', () => {
  let product: Product
  const results = new Map<string, Result>()
  let entries: readonly MetricEntry[] = []

  beforeAll(async () => {
    product = await openProduct('private', {}, fixedClock('2026-07-20T12:00:00Z'))
    await product.client.loadSample({})
    entries = await product.client.listMetrics({})
    const ask = async (metric: readonly string[]) => {
      const query = { metric: [...metric], ...askedOf(metric[0] ?? ''), compare: 'previous', interval: 'true', seconds: 300 } as const
      for (const result of (await product.client.answer({ query })).results) results.set(result.metric, result)
    }
    await ask(BUILT_IN.all.map(({ id }) => id))
    const promised = new Set(entries.filter(({ interval }) => interval !== null).map(({ id }) => id))
    const lacks = ({ metric, value, ci }: Result): boolean => value === null || (ci === null && promised.has(metric))
    for (const result of results.values()) if (lacks(result) && BUILT_IN.byId(result.metric).kind === 'cohort') young.add(result.metric)
    await ask([...young])
  }, 300_000)
  afterAll(() => product.close())

  test('every metric has a value, or says why it has none', () => {
    // No day was closed yet: nothing was said.
    const silent = [...results.values()].filter(({ value, null_reason }) => value === null && null_reason !== 'nothing_said')
    expect(silent.map(({ metric, null_reason }) => [metric, null_reason])).toEqual([])
  })

  test('is named as invented, and so is all that is shown while it counts', async () => {
    const records = await product.client.listImports({})
    expect(records.flatMap(({ files }) => files.filter(({ refused }) => refused > 0)).map(({ name }) => name)).toEqual([])
    expect(records).toMatchObject([{ name: 'Sample company (invented)', sample: true, state: 'done' }])
    expect((await product.client.overview({})).invented).toBe(true)
  })

  test('values of customers and the time to value are known for the period that everything begins with', async () => {
    const { from, until } = usualPeriod(await product.client.overview({}))
    expect({ from, until }).toEqual({ from: '2025-07-01', until: '2026-07-01' })
    const { results: found } = await product.client.answer({
      query: { ...ASKED, metric: ['time_to_value', 'ltv', 'clv', 'clv_sbg', 'clv_bgnbd'], from, until },
    })
    expect(found.filter(({ value }) => value === null || value <= 0).map(({ metric, null_reason }) => [metric, null_reason])).toEqual([])
    const { terms } = await product.client.explain({ params: { id: 'clv_bgnbd' }, query: { from, until, by: [], where: [], option: [], compare: 'previous' } })
    const fitted = (name: string): number => terms.find((term) => term.name === name)?.value ?? NaN
    // As planted: 2 / 130 purchases a day, and a chance of 0.8 / 7.8 to stop after each.
    const [pace, stops] = [fitted('r') / fitted('alpha'), fitted('a') / (fitted('a') + fitted('b'))]
    expect(pace * 65).toBeGreaterThan(0.7)
    expect(pace * 65).toBeLessThan(1.4)
    expect(stops).toBeGreaterThan(0.05)
    expect(stops).toBeLessThan(0.18)
  })

  test('an interval holds its value, and its definition says how it is made', () => {
    for (const { metric, value, ci, ci_method } of results.values()) {
      if (ci === null) continue
      expect([metric, ci[0] <= (value ?? NaN) + 1e-9 && (value ?? NaN) - 1e-9 <= ci[1]]).toEqual([metric, true])
      expect([metric, ci_method]).toEqual([metric, expect.any(String)])
      expect([metric, entries.find(({ id }) => id === metric)?.interval]).toEqual([metric, expect.any(String)])
    }
  })

  test('what is said to have an interval has one', () => {
    const promised = entries.filter(({ interval }) => interval !== null).map(({ id }) => id)
    expect(promised.filter((id) => results.get(id)?.ci === null && results.get(id)?.null_reason !== 'nothing_said').sort()).toEqual([])
  })

  test('every breakdown that is offered tells something apart', async () => {
    expect(await deadBreakdowns(product.client, entries, ASKED)).toEqual([])
  })

  test('a change of a share is judged by the counts that an option chose', async () => {
    const {
      results: [result],
    } = await product.client.answer({ query: { metric: ['renewal_rate'], ...ASKED, option: ['of=on_time'], compare: 'previous', interval: 'true' } })
    const { on_time = null, renewed = null, due = null } = result?.parts ?? {}
    const before = result?.comparison
    expect([result?.numerator, result?.denominator]).toEqual([on_time, renewed])
    expect(renewed).not.toBe(due)
    expect(result?.comparison?.change_ci).toEqual(
      newcombe({ k: on_time ?? NaN, n: renewed ?? NaN }, { k: before?.numerator ?? NaN, n: before?.denominator ?? NaN }),
    )
  })

  test('every number explains itself under every option: its formula, its rows and what moved it', { timeout: 600_000 }, async () => {
    const found: string[] = []
    const seen = new Map<string, boolean>()
    const all = BUILT_IN.all.filter(({ composed }) => composed === null)
    for (const metric of all.filter((each, i) => EVERY || optionsOf(each, EVERY).length > 1 || i % 8 === 0))
      for (const option of optionsOf(metric, EVERY))
        for (const fault of await faultsOf(product, metric, { ...askedOf(metric.id), option }, seen)) found.push(`${metric.id} ${option.join()}: ${fault}`)
    expect(found).toEqual([])
    expect([...seen].flatMap(([column, held]) => (held || SAID.test(column) ? [] : [column]))).toEqual(NEVER_HELD)
  })

  const resampled = BUILT_IN.all.filter(({ interval, value }) => interval === 'bootstrap' && ratiosOf(value, {}).length === 1)
  test.each(resampled)('$id: the interval is that of what its accounts add above and below the line', async ({ id, value, shareOfWhole }) => {
    const plus = ratiosOf(value, {})[0]?.plus ?? 0
    const { results: accounts } = await product.client.answer({ query: { metric: [id], ...ASKED, by: ['account'] } })
    const sides = accounts.map(({ numerator, denominator }) => [numerator ?? 0, denominator ?? 0] as const).filter(([x, y]) => x !== 0 || y !== 0)
    const [over, under] = [Float64Array.from(sides, ([x]) => x), Float64Array.from(sides, ([, y]) => y)]
    const ratio = sides.length <= 400 ? bootstrapRatio(over, under, { seed: id }) : deltaRatio(ratioSums([...over], [...under]))
    const wanted = ratio === null ? null : ([ratio[0] + plus, ratio[1] + plus] as const)
    const { ci = null } = results.get(id) ?? {}
    expect(ci).not.toBeNull()
    expect(wanted).not.toBeNull()
    const cut = shareOfWhole ? clampInterval(wanted ?? [0, 0], [0, 1]) : wanted
    expect(ci?.map((end) => end.toPrecision(8))).toEqual(cut?.map((end) => end.toPrecision(8)))
  })
})
