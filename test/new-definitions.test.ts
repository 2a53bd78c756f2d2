import { cpSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { readLanes } from '../bin/lanes.mjs'
import { root } from '../bin/sources.mjs'
import { runProgram, startServer } from './cli/run-binnacle.ts'
import type { Ran } from './cli/run-binnacle.ts'
import { temporaryFolder } from './engines/engines.ts'

const copy = temporaryFolder()
const data = join(copy.path, 'data')
const PLANTED = [
  ['metric', 'src/metrics/financial/planted-metric.ts'],
  ['fact', 'src/facts/planted-fact.ts'],
  ['ledger', 'src/ledgers/planted-ledger-ledger.ts'],
  ['rows', 'src/metrics/rows/planted-rows.ts'],
  ['setting', 'src/kernel/settings/product-use.ts'],
] as const

const SCANS = /import\.meta\.glob|\b(?:FACTS|LEDGERS|BUILT_IN|SETTINGS|SETTING_KEYS|SETTING_GROUPS|LISTED_KEYS)\b/
/**
 * Tests without an engine that can tell that a definition is new: they look for all of a kind, or read what was found. Those of
 * the invented company look up kinds that it has: a new one is not among them.
 */
const scanning = readLanes(root).unit.filter((path) => !path.startsWith('src/connectors/') && SCANS.test(readFileSync(join(root, path), 'utf8')))

/** Paths and contents of everything that is written by hand, for telling what changed. */
function listFiles(): Map<string, string> {
  const entries = ['src', 'bin', 'docs', 'test'].flatMap((folder) => readdirSync(join(copy.path, folder), { recursive: true, withFileTypes: true }))
  return new Map(
    entries.filter((entry) => entry.isFile()).map((entry) => [join(entry.parentPath, entry.name), readFileSync(join(entry.parentPath, entry.name), 'utf8')]),
  )
}

function run(program: string, ...parameters: string[]): Promise<Ran> {
  // A run of vitest inside a run of vitest must not take itself for a worker of the outer one.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST') && name !== 'NODE_ENV'))
  return runProgram(join(copy.path, program), parameters, { cwd: copy.path, env: { ...env, NO_COLOR: '1' } })
}
const binnacle = (...parameters: string[]): Promise<Ran> => run('bin/binnacle.mjs', ...parameters, '--data', data)
const vitest = (...parameters: string[]): Promise<Ran> => run('node_modules/vitest/vitest.mjs', 'run', ...parameters)

beforeAll(() => {
  for (const name of readdirSync(root).filter((each) => !['.git', 'node_modules', 'dist'].includes(each)))
    cpSync(join(root, name), join(copy.path, name), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(copy.path, 'node_modules'))
})
afterAll(() => copy.remove())

test.each(PLANTED)('a new %s is written into one file', async (kind, path) => {
  const before = listFiles()
  expect(await run('bin/new.mjs', kind, `planted_${kind}`, ...(kind === 'setting' ? ['product-use'] : []))).toMatchObject({ code: 0 })
  const after = listFiles()
  expect([...after.keys()].filter((each) => before.get(each) !== after.get(each))).toEqual([join(copy.path, path)])
  expect([...before.keys()].filter((each) => !after.has(each))).toEqual([])
})

test('with all of them the reference can be written, every check passes, and so do the tests that read what is scanned', async () => {
  expect(await binnacle('docs', join(copy.path, 'docs'))).toMatchObject({ code: 0 })
  expect(readFileSync(join(copy.path, 'docs/metrics.md'), 'utf8')).toContain('### Planted metric (`planted_metric`)')
  expect(readFileSync(join(copy.path, 'docs/files.md'), 'utf8')).toContain('Planted fact')
  expect(await run('bin/check.mjs', ...PLANTED.map(([, path]) => path))).toMatchObject({ code: 0, out: expect.stringContaining('checks passed') })
  expect(scanning).toEqual(expect.arrayContaining(['src/kernel/settings.test.ts', 'src/metrics/rows/rows.test.ts', 'test/register.test.ts']))
  const rules = await vitest('--project', 'unit', ...scanning)
  expect(rules.out).not.toMatch(/ FAIL /)
  expect(rules.code).toBe(0)
}, 400_000)

test('the example of a metric fails until it is filled in', async () => {
  expect(await run('bin/new.mjs', 'metric', 'filled_metric')).toMatchObject({ code: 0 })
  const filled = join(copy.path, 'src/metrics/financial/filled-metric.ts')
  writeFileSync(filled, readFileSync(filled, 'utf8').replace('value: -1', 'value: 0.9'))
  const { code, out, err } = await vitest('src/metrics/kit/examples.test.ts', '-t', 'planted_metric|filled_metric')
  expect(code).toBe(1)
  expect(`${out}${err}`).toMatch(/FAIL .*planted_metric[^]*0\.9/)
  expect(out).not.toMatch(/FAIL .*filled_metric/)
  expect(out).toMatch(/1 failed \| 1 passed/)
}, 240_000)

test('what is new is there at the next start: facts are recorded, the metric listed and answered, the setting set', async () => {
  const file = join(copy.path, 'planted_fact.csv')
  writeFileSync(file, 'planted_fact_id,account_id,happened_at,title\n1,acme,2024-01-03,First\n2,acme,2024-01-04,Second\n')
  const server = await startServer(data, join(copy.path, 'bin/binnacle.mjs'))
  onTestFinished(async () => void (await server.stop()))
  const imported = await binnacle('import', file, '--as', 'planted_fact', '--format', 'json')
  expect(JSON.parse(imported.out)).toMatchObject([{ state: 'done', files: [{ counts: [{ fact: 'planted_fact', new: 2 }], refused: 0 }] }])
  const listed = await binnacle('metrics', '--format', 'json')
  expect((JSON.parse(listed.out) as { id: string; name: string }[]).find(({ id }) => id === 'planted_metric')).toMatchObject({
    name: 'Planted metric',
    level: 'financial',
  })
  const answered = await binnacle('metric', 'planted_metric', '--from', '2024-01-01', '--until', '2024-02-01', '--format', 'json')
  expect(JSON.parse(answered.out)).toMatchObject([{ metric: 'planted_metric', value: null, null_reason: 'no_opening_mrr' }])
  expect(await binnacle('settings', 'planted_setting', '45')).toMatchObject({ code: 0 })
}, 240_000)

test('a scaffold refuses an id that is taken or is none, and a place that there is not', async () => {
  for (const [kind, id] of [
    ['metric', 'nrr'],
    ['fact', 'charge'],
    ['ledger', 'revenue'],
    ['rows', 'customers'],
    ['setting', 'dunning_days'],
    ['metric', 'Not-An-Id'],
    ['vessel', 'one'],
  ])
    expect((await run('bin/new.mjs', kind ?? '', id ?? '')).code).toBe(2)
  expect((await run('bin/new.mjs', 'metric', 'another_metric', 'somewhere')).code).toBe(2)
})
