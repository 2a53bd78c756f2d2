import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../../bin/sources.mjs'
import { temporaryFolder } from '../engines/engines.ts'
import { runBinnacle, startServer } from './run-binnacle.ts'
import type { Ran, RunningServer } from './run-binnacle.ts'

const company = join(root, 'test/golden/company')
const folder = temporaryFolder()
const data = join(folder.path, 'data')
afterAll(() => folder.remove())

function writeFiles(name: string, files: Record<string, string>): string {
  const path = join(folder.path, name)
  mkdirSync(path, { recursive: true })
  for (const [file, text] of Object.entries(files)) writeFileSync(join(path, file), text)
  return path
}

const json = (ran: Ran): Record<string, unknown>[] => JSON.parse(ran.out) as Record<string, unknown>[]

describe('with a running server', () => {
  let server: RunningServer
  const run = (...parameters: string[]): Promise<Ran> => runBinnacle(data, ...parameters)
  beforeAll(async () => {
    server = await startServer(data)
    await run('settings', 'time_zone', 'America/New_York')
  })
  afterAll(async () => {
    await server.stop()
  })

  test('prints nothing but its address', () => {
    expect(server.said()).toBe(`Binnacle is at ${server.address}\n`)
  })

  test('a dry run of a folder says what would change and records nothing', async () => {
    const ran = await run('import', company, '--dry-run', '--format', 'json')
    expect(ran.code).toBe(0)
    const [record] = json(ran) as { files: { name: string; state: string; counts: { fact: string; new: number }[] }[] }[]
    expect(record?.files.map((file) => [file.name, file.state])).toContainEqual(['fx_rates.csv', 'staged'])
    expect(record?.files.flatMap((file) => file.counts).find((count) => count.fact === 'charge')?.new).toBe(58)
    expect(json(await run('imports', '--format', 'json')).filter((one) => one.state === 'done')).toEqual([])
  })

  test('a folder goes in as one import, its numbers come out, and undo takes it back', async () => {
    const imported = await run('import', company)
    expect(imported).toMatchObject({ code: 0 })
    const [record] = json(await run('imports', '--format', 'json')).filter((one) => one.state === 'done')
    const answers = json(await run('metric', 'mrr', '--from', '2024-01-01', '--until', '2024-07-01', '--format', 'json'))
    expect(answers).toMatchObject([{ metric: 'mrr', exact: '3630', unit: 'money', currency: 'USD', null_reason: null }])
    const table = await run('metric', 'nrr', '--from', '2024-04-01', '--until', '2024-07-01', '--by', 'segment')
    expect(table.out).toMatch(/^period +segment +value/)
    expect(table.out).toContain('106.25 %')

    // Columns without a number are left out: nothing is new, changed or refused.
    expect((await run('import', company)).out).toMatch(/^file +rows +fact +same\n/)
    expect(await run('undo', String(record?.id))).toMatchObject({ code: 0 })
    expect(json(await run('imports', '--format', 'json')).find((one) => one.id === record?.id)?.state).toBe('undone')
  })

  test('lists metrics as an array of entries with ids, and settings with their values', async () => {
    const ids = json(await run('metrics', '--format', 'json')).map((entry) => entry.id)
    expect(ids).toEqual(expect.arrayContaining(['mrr', 'nrr', 'grr']))
    expect(json(await run('settings', 'time_zone', '--format', 'json'))).toMatchObject([{ key: 'time_zone', value: 'America/New_York' }])
  })

  test('metrics can be listed by group and by the facts they need, and say what would light them up', async () => {
    const support = json(await run('metrics', '--group', 'support', '--needs', 'ticket', '--format', 'json'))
    expect(support.map((entry) => entry.id)).toContain('first_response_time')
    expect(support.filter((entry) => entry.group !== 'Support and response metrics')).toEqual([])
    expect((await run('metrics', '--needs', 'ticket')).out).toContain('Add a file of tickets')
    expect(await run('settings', 'business_type', 'shop')).toMatchObject({ code: 0 })
    const shop = await run('metrics')
    expect([shop.err, shop.out.split('\n')[1]]).toEqual([expect.stringMatching(/^The first \d+ are those for shop/), expect.stringMatching(/^arppu /)])
    expect(await run('settings', 'business_type', 'all')).toMatchObject({ code: 0 })
  })

  test('answers, rows and movements are saved as files, whole or not at all', async () => {
    const H1 = ['--from', '2024-01-01', '--until', '2024-07-01']
    const saved = join(folder.path, 'saved')
    mkdirSync(saved)
    expect(await run('import', company)).toMatchObject({ code: 0 })
    expect(await run('metric', 'mrr', ...H1, '--grain', 'month', '--out', saved, '--format', 'csv')).toMatchObject({ code: 0, out: '' })
    const csv = readFileSync(join(saved, 'mrr-per-month-2024-01-01-to-2024-06-30.csv'), 'utf8')
    expect(csv).toBe((await run('metric', 'mrr', ...H1, '--grain', 'month', '--format', 'csv')).out)
    expect(csv.split('\r\n')[6]).toMatch(/^mrr,.*,2024-06-01,2024-07-01,3630,3630,money,USD,/)
    expect(await run('metric', 'mrr', ...H1, '--rows', '--out', join(saved, 'rows.parquet'))).toMatchObject({ code: 0 })
    expect(readFileSync(join(saved, 'rows.parquet')).subarray(0, 4).toString()).toBe('PAR1')
    expect(await run('movements', ...H1, '--kind', 'churn', '--out', join(saved, 'churn.json'))).toMatchObject({ code: 0 })
    expect((JSON.parse(readFileSync(join(saved, 'churn.json'), 'utf8')) as { kind: string }[]).map(({ kind }) => kind)).toContain('churn')
    expect(await run('metric', 'mrx', ...H1, '--out', join(saved, 'none.csv'))).toMatchObject({ code: 1 })
    expect(await run('metric', 'mrr', ...H1, '--out', join(saved, 'none.xlsx'))).toMatchObject({ code: 2, err: expect.stringContaining('--format csv, json or parquet') })
    expect(readdirSync(saved).toSorted()).toEqual(['churn.json', 'mrr-per-month-2024-01-01-to-2024-06-30.csv', 'rows.parquet'])
  })

  test('dates that can be read in two ways are asked, and answered by a mapping', async () => {
    const path = writeFiles('ambiguous', {
      'charges.csv': 'charge_id,account_id,charged_at,amount,currency\nX1,Z9,03/04/2024,10,USD\nX2,Z9,05/06/2024,10,USD\n',
    })
    const before = json(await run('imports', '--format', 'json')).length
    const asked = await run('import', path)
    expect(asked.code).toBe(3)
    expect(asked.err).toContain('Nothing was recorded')
    expect(asked.err).toContain('03/04/2024')
    const proposed = JSON.parse(asked.err.slice(asked.err.indexOf('\n{') + 1)) as Record<string, { columns: { header: string; read_as?: string }[] }>
    const column = proposed['charges.csv']?.columns.find((one) => one.header === 'charged_at')
    if (column !== undefined) column.read_as = 'dmy'
    const mapping = join(folder.path, 'mapping.json')
    writeFileSync(mapping, JSON.stringify(proposed))
    expect(await run('import', path, '--mapping', mapping)).toMatchObject({ code: 0 })
    expect(json(await run('imports', '--format', 'json')).filter((one) => one.state === 'done').length).toBeGreaterThan(0)
    expect(json(await run('imports', '--format', 'json')).length).toBeGreaterThan(before)
  })

  test('refused rows do not stop the others', async () => {
    const path = writeFiles('refused', { 'charges.csv': 'charge_id,account_id,charged_at,amount,currency\nY1,Z8,2024-04-03,10,USD\nY2,Z8,yesterday,10,USD\n' })
    const ran = await run('import', path, '--format', 'json')
    expect(ran.code).toBe(3)
    expect(ran.err).toContain('1 rows were refused; the others were recorded')
    expect(json(ran)).toMatchObject([{ state: 'done', files: [{ refused: 1, counts: [{ fact: 'charge', new: 1 }] }] }])
  })

  test.each([
    ['a metric that is none', ['metric', 'nrx', '--from', '2024-01-01', '--until', '2024-02-01'], 1, /There is no metric "nrx"/],
    ['a setting that cannot be', ['settings', 'churn_date', 'never'], 1, /Choose one of service_end/],
    ['an import that is none', ['undo', 'nothing'], 1, /There is no import "nothing"/],
    ['a missing option', ['metric', 'nrr'], 2, /--from/],
    ['an unknown command', ['frobnicate'], 2, /unknown command/],
    ['an unknown option', ['metrics', '--fromat', 'json'], 2, /unknown option/],
    ['a path that is none', ['import', '/nowhere/at/all'], 2, /There is no file or folder/],
    [
      'an answer in two forms',
      ['metric', 'nrr', '--from', '2024-01-01', '--until', '2024-02-01', '--explain', '--rows', '--format', 'json'],
      2,
      /--explain and --rows/,
    ],
  ])('says what is wrong with %s, on standard error', async (_, parameters, code, says) => {
    const ran = await run(...parameters)
    expect(ran).toMatchObject({ code, out: '' })
    expect(ran.err).toMatch(says)
  })

  test('the data directory is held: a second server is refused and told where the first one is', async () => {
    const ran = await run('start', '--port', '0')
    expect(ran.code).toBe(1)
    expect(ran.err).toContain(server.address)
  })
})

describe('without a server', () => {
  test('a command starts the engines itself, answers the same, and leaves nothing behind', async () => {
    const answers = json(await runBinnacle(data, 'settings', 'time_zone', '--format', 'json'))
    expect(answers).toMatchObject([{ value: 'America/New_York' }])
    const ran = await runBinnacle(data, 'doctor', '--format', 'json')
    expect(ran.code).toBe(0)
    expect(json(ran).map((one) => `${String(one.check)} ${String(one.state)}`)).toEqual(
      expect.arrayContaining(['fact store ok', 'workspace store ok', 'reconciliation ok']),
    )
  })

  test('an engine that cannot be reached is exit code 4, with the cure', async () => {
    const before = process.env.CLICKHOUSE_URL
    process.env.CLICKHOUSE_URL = 'http://127.0.0.1:1/binnacle'
    try {
      const ran = await runBinnacle(join(folder.path, 'other'), 'metrics')
      expect(ran.code).toBe(4)
      expect(ran.err).toContain('127.0.0.1:1')
    } finally {
      if (before === undefined) delete process.env.CLICKHOUSE_URL
      else process.env.CLICKHOUSE_URL = before
    }
  })
})

test('SIGTERM ends a server in good order, and an open connection does not keep it', async () => {
  const server = await startServer(join(folder.path, 'stopped'))
  const health = await fetch(`${server.address}/health`)
  expect(await health.json()).toMatchObject({ state: 'up' })
  expect(await server.stop()).toBe(0)
  await expect(fetch(`${server.address}/health`)).rejects.toThrow()
})
