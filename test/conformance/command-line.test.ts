import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { result } from '../../src/contract/question.ts'
import type { Result } from '../../src/contract/question.ts'
import { runBinnacle, startServer } from '../cli/run-binnacle.ts'
import type { Ran, RunningServer } from '../cli/run-binnacle.ts'
import { temporaryFolder } from '../engines/engines.ts'
import { GOLDEN_DIRECTORY, GOLDEN_PERIODS, goldenSettings } from '../golden/golden.ts'
import { goldenChecks } from '../golden/golden-questions.ts'
import type { GoldenCheck } from '../golden/golden-questions.ts'
import { isAskedBy, isRight } from './golden-numbers.ts'

/** Asked for segments and CSMs too; the others for the whole company. */
const BROKEN_DOWN = ['mrr', 'nrr', 'customer_retention_rate']

const whole: readonly GoldenCheck[] = goldenChecks().filter(({ question }) => question.where === undefined && question.options === undefined)
const H1 = ['--from', '2024-01-01', '--until', '2024-07-01']
const isMonth = ({ question }: GoldenCheck): boolean =>
  Object.entries(GOLDEN_PERIODS).some(([label, { from, until }]) => /^\d{4}-\d{2}$/.test(label) && from === question.from && until === question.until)

describe('the golden company by the command line', () => {
  const folder = temporaryFolder()
  const data = join(folder.path, 'data')
  let server: RunningServer
  const run = async (...parameters: string[]): Promise<Ran> => {
    const ran = await runBinnacle(data, ...parameters)
    if (ran.code !== 0) throw new Error(`binnacle ${parameters.join(' ')} ended with ${ran.code}: ${ran.err}`)
    return ran
  }
  const results = async (...parameters: string[]): Promise<Result[]> => JSON.parse((await run('metric', ...parameters, '--format', 'json')).out) as Result[]
  const wrong = (checks: readonly GoldenCheck[], found: readonly Result[]): string[] =>
    checks.filter((check) => !isRight(check, found.find(isAskedBy(check)))).map((check) => `${check.name} (${check.metric}) is not ${check.expected}`)

  beforeAll(async () => {
    server = await startServer(data)
    await run('settings', 'time_zone', goldenSettings.time_zone)
    await run('settings', 'reporting_currency', goldenSettings.reporting_currency)
  }, 300_000)
  afterAll(async () => {
    await server.stop()
    folder.remove()
  })

  test('the folder is recognised and goes in as one import', async () => {
    const [record] = JSON.parse((await run('import', GOLDEN_DIRECTORY, '--format', 'json')).out) as {
      state: string
      files: { name: string; mapping: { fact: string }; refused: number }[]
    }[]
    expect(record?.state).toBe('done')
    expect(Object.fromEntries(record?.files.map(({ name, mapping, refused }) => [name, [mapping.fact, refused]]) ?? [])).toEqual({
      'accounts.csv': ['account', 0],
      'charges.csv': ['charge', 0],
      'costs.csv': ['cost', 0],
      'csms.csv': ['csm', 0],
      'discounts.csv': ['discount', 0],
      'fx_rates.csv': ['exchange_rate', 0],
      'subscription_versions.csv': ['subscription_version', 0],
    })
  })

  test('every metric of expected.json is right in every month', { timeout: 300_000 }, async () => {
    const checks = whole.filter(isMonth)
    const metrics = [...new Set(checks.map(({ metric }) => metric))]
    const found: Result[] = []
    for (const metric of metrics) found.push(...(await results(metric, ...H1, '--grain', 'month')))
    expect(wrong(checks, found)).toEqual([])
    expect(checks.length).toBeGreaterThan(200)
    const always = Object.entries(result.shape)
      .filter(([, field]) => !field.safeParse(undefined).success)
      .map(([name]) => name)
    for (const one of found) expect(Object.keys(one).sort()).toEqual(always.sort())
  })

  test('and in quarters, in the half-year, and by segment and CSM', { timeout: 300_000 }, async () => {
    for (const metric of BROKEN_DOWN) {
      const checks = goldenChecks().filter((check) => check.metric === metric && check.question.options === undefined)
      const found = [
        ...(await results(metric, ...H1, '--grain', 'month')),
        ...(await results(metric, ...H1, '--grain', 'quarter')),
        ...(await results(metric, ...H1)),
        ...(await results(metric, ...H1, '--grain', 'quarter', '--by', 'segment')),
        ...(await results(metric, ...H1, '--grain', 'month', '--by', 'csm')),
        ...(await results(metric, ...H1, '--where', 'segment=SMB')).map((one) => ({ ...one, dims: { segment: 'SMB' } })),
      ]
      const asked = checks.filter(({ question: { from, until, where } }) => {
        const length = Date.parse(until) - Date.parse(from)
        const isQuarter = length > 80 * 86_400_000 && length < 100 * 86_400_000
        return (
          where === undefined ||
          (where.segment !== undefined && isQuarter) ||
          (where.csm !== undefined && length < 40 * 86_400_000) ||
          (where.segment?.[0] === 'SMB' && length > 100 * 86_400_000)
        )
      })
      expect(wrong(asked, found)).toEqual([])
      expect(asked.length).toBeGreaterThan(30)
    }
  })
})
