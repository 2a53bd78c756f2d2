import { cpSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '../bin/sources.mjs'
import { runProgram } from './cli/run-binnacle.ts'
import type { Ran } from './cli/run-binnacle.ts'
import { temporaryFolder } from './engines/engines.ts'

const copy = temporaryFolder()
const metric = join(copy.path, 'src/metrics/financial/planted-metric.ts')

/** Paths and contents of everything below src and docs, for telling what changed. */
function listFiles(): Map<string, string> {
  const entries = ['src', 'bin', 'docs'].flatMap((folder) => readdirSync(join(copy.path, folder), { recursive: true, withFileTypes: true }))
  return new Map(
    entries.filter((entry) => entry.isFile()).map((entry) => [join(entry.parentPath, entry.name), readFileSync(join(entry.parentPath, entry.name), 'utf8')]),
  )
}

function run(program: string, ...parameters: string[]): Promise<Ran> {
  // A run of vitest inside a run of vitest must not take itself for a worker of the outer one.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST') && name !== 'NODE_ENV'))
  return runProgram(join(copy.path, program), parameters, { cwd: copy.path, env: { ...env, NO_COLOR: '1' } })
}

const runExample = () => run('node_modules/vitest/vitest.mjs', 'run', 'src/metrics/kit/examples.test.ts', '-t', 'planted_metric')

beforeAll(() => {
  for (const path of [
    'src',
    'bin',
    'docs',
    'test',
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'vite.config.ts',
    'vite.web.config.ts',
    'vitest.config.ts',
  ])
    cpSync(join(root, path), join(copy.path, path), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(copy.path, 'node_modules'))
})
afterAll(() => copy.remove())

test('a new metric is one new file: scaffolded, failing until it is filled in, then answered, listed and described', async () => {
  const before = listFiles()
  expect(await run('bin/new.mjs', 'metric', 'planted_metric')).toMatchObject({ code: 0 })
  const after = listFiles()
  expect([...after.keys()].filter((path) => before.get(path) !== after.get(path))).toEqual([metric])
  expect([...before.keys()].filter((path) => !after.has(path))).toEqual([])

  const unfilled = await runExample()
  expect(unfilled.code).toBe(1)
  expect(`${unfilled.out}${unfilled.err}`).toMatch(/0\.9/)
  writeFileSync(metric, readFileSync(metric, 'utf8').replace('value: -1', 'value: 0.9'))
  const filled = await runExample()
  expect(filled.out).toMatch(/1 passed/)
  expect(filled.code).toBe(0)

  const data = join(copy.path, 'data')
  const listed = await run('bin/binnacle.mjs', 'metrics', '--format', 'json', '--data', data)
  expect((JSON.parse(listed.out) as { id: string; name: string }[]).find(({ id }) => id === 'planted_metric')).toMatchObject({
    name: 'Planted metric',
    level: 'financial',
  })
  const answered = await run(
    'bin/binnacle.mjs',
    'metric',
    'planted_metric',
    '--from',
    '2024-01-01',
    '--until',
    '2024-02-01',
    '--format',
    'json',
    '--data',
    data,
  )
  expect(JSON.parse(answered.out)).toMatchObject([{ metric: 'planted_metric', value: null, null_reason: 'no_opening_mrr' }])
  const folder = join(copy.path, 'docs')
  expect(await run('bin/binnacle.mjs', 'docs', folder)).toMatchObject({ code: 0 })
  expect(readFileSync(join(folder, 'metrics.md'), 'utf8')).toContain('### Planted metric (`planted_metric`)')
}, 240_000)

test('a scaffold refuses an id that is taken or is none', async () => {
  expect((await run('bin/new.mjs', 'metric', 'nrr')).code).toBe(2)
  expect((await run('bin/new.mjs', 'metric', 'Not-An-Id')).code).toBe(2)
})
