import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { exitCodeOf } from '../../src/cli/exit.ts'
import { runHealthApply, runHealthCheck, runHealthExport } from '../../src/cli/health-command.ts'
import type { HealthTrial } from '../../src/contract/health-models.ts'
import { fixedClock } from '../../src/kernel/clock.ts'
import { layoutKinds } from '../engines/engines.ts'
import { makeTemporaryFolder } from '../engines/temporary.ts'
import { goldenSettings } from '../golden/golden.ts'
import { openProduct } from './product.ts'
import type { Product } from './product.ts'

const ACCOUNTS = ['A', 'B', 'C', 'D']
const days = (n: number): string[] => Array.from({ length: n }, (_, i) => `2024-06-${String(30 - i).padStart(2, '0')}`)
/** A uses the product often, B sometimes, C no more, D was never seen: so few rows that no source is taken to be late. */
const USED: Readonly<Record<string, string[]>> = { A: days(14), B: days(4), C: ['2024-01-10'] }
const FILES = [
  { name: 'accounts.csv', text: `account_id,name,segment\n${ACCOUNTS.map((id) => `${id},Account ${id},${id === 'D' ? 'SMB' : 'Mid'}`).join('\n')}\n` },
  {
    name: 'subscription_versions.csv',
    text: `subscription_id,account_id,effective_at,status,product,plan,quantity,unit_amount,currency,interval_months\n${ACCOUNTS.map(
      (id, i) => `S${id},${id},2023-01-05T12:00:00Z,active,core,basic,10,${100 * (i + 1)},USD,1`,
    ).join('\n')}\n`,
  },
  {
    name: 'usage_events.csv',
    text: `account_id,user_id,event,occurred_at\n${Object.entries(USED)
      .flatMap(([id, on]) => on.map((day) => `${id},u-${id},open,${day}T12:00:00Z`))
      .join('\n')}\n`,
  },
]
/** Use alone, so that it makes a score. */
const PLAIN = `model: plain
name: Plain
min_coverage: 0.5
families:
  usage:
    name: Use
    weight: 1
    reads: usage
    anchors:
      0: 0
      10: 100
    max_age: 14
caps:
  licence_use_low: {at_most: 59}
`

describe.each(layoutKinds)('health models (%s)', (kind) => {
  let product: Product
  const folder = makeTemporaryFolder('health-models-')
  beforeAll(async () => {
    product = await openProduct(kind, goldenSettings, fixedClock('2024-06-30T20:00:00Z'))
    await product.importFiles(FILES)
  })
  afterEach(() => void vi.restoreAllMocks())
  afterAll(async () => {
    await product.close()
    rmSync(folder, { recursive: true })
  })
  async function run(work: () => Promise<number | void>): Promise<{ out: string; notes: string; code: number }> {
    const written = { out: '', notes: '' }
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((written.out += String(text)), true))
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((written.notes += String(text)), true))
    const code = await work().then((given) => given ?? 0, exitCodeOf)
    vi.restoreAllMocks()
    return { ...written, code }
  }
  const tried = (text: string): Promise<HealthTrial> => product.client.tryHealthModel({ body: { text } })
  const bandOf = ({ bands }: HealthTrial, side: 'before' | 'after') => Object.fromEntries(bands.map(({ band, ...sums }) => [band, sums[side].accounts]))

  test('are the default alone while nobody made one, with its first version', async () => {
    const { models, order } = await product.client.listHealthModels({})
    expect(models).toMatchObject([{ id: 'default', version: 1, made_at: null, states: ['on'], inputs: 4 }])
    expect(order.places).toEqual([{ model: 'default', where: {}, state: 'on' }])
    expect(await product.client.listHealthModelVersions({ params: { id: 'default' } })).toMatchObject([{ version: 1, reason: null, changes: [] }])
  })

  test('are tried on the customers of today, in accounts and ARR, against what is in force', async () => {
    const trial = await tried(PLAIN)
    expect(trial.day).toBe('2024-06-30')
    expect(bandOf(trial, 'before')).toEqual({ red: 0, amber: 0, green: 0, unknown: 4 })
    // 14 days in 28 are green, 4 are 40, none is 0; whoever was never seen stays unknown.
    expect(bandOf(trial, 'after')).toEqual({ red: 1, amber: 1, green: 1, unknown: 1 })
    expect(trial.customers).toEqual({ accounts: 4, arr: 120_000 })
    expect(trial.changed.map(({ account_id, after }) => [account_id, after.score])).toEqual([
      ['C', 0],
      ['B', 40],
      ['A', 100],
    ])
    expect(trial.distribution.reduce((sum, { after }) => sum + after.accounts, 0)).toBe(3)
  })

  test('are versions with a reason; what is in force already makes none', async () => {
    const save = (text: string, reason: string) => product.client.saveHealthModel({ params: { id: 'plain' }, body: { text, reason } })
    await expect(save(PLAIN, ' ')).rejects.toMatchObject({ code: 'no_reason' })
    expect(await save(PLAIN, 'to see use alone')).toMatchObject({ version: 1, made: true })
    expect(await save(PLAIN, 'again')).toMatchObject({ version: 1, made: false })
    expect(await save(PLAIN.replace('10: 100', '8: 100'), 'twice a week is enough')).toMatchObject({ version: 2, made: true })
    const versions = await product.client.listHealthModelVersions({ params: { id: 'plain' } })
    expect(versions.map(({ version, reason, changes }) => [version, reason, changes])).toEqual([
      [2, 'twice a week is enough', ['Use: anchors 0: 0, 10: 100 → anchors 0: 0, 8: 100']],
      [1, 'to see use alone', []],
    ])
    const first = await product.client.readHealthModel({ params: { id: 'plain' }, query: { version: 1 } })
    expect(first.text).toContain('10: 100')
    await expect(product.client.readHealthModel({ params: { id: 'plane' }, query: {} })).rejects.toMatchObject({ code: 'not_found' })
    await expect(product.client.saveHealthModel({ params: { id: 'other' }, body: { text: PLAIN, reason: 'x' } })).rejects.toMatchObject({
      code: 'bad_health_model',
    })
  })

  test('of a file and put together in an editor give the same scores', async () => {
    const checked = await product.client.checkHealthModel({ body: { text: PLAIN.replace('10: 100', '5: 100') } })
    if (checked.model === null) return expect.fail('it was refused')
    const ofParts = await product.client.checkHealthModel({ body: { model: checked.model } })
    expect(ofParts.text).toBe(checked.text)
    const { parts, ...rest } = checked.model
    const edited = {
      ...rest,
      parts: parts.map((part) => ({
        ...part,
        input:
          part.input === null
            ? null
            : {
                ...part.input,
                points: [
                  [0, 0],
                  [10, 100],
                ] as [number, number][],
              },
      })),
    }
    expect(await product.client.tryHealthModel({ body: { model: edited } })).toEqual(await tried(PLAIN))
  })

  test('read any metric, and take percentiles of a segment on the day of saving', async () => {
    const text = `model: money
families:
  size:
    weight: 1
    reads: mrr
    percentiles: {better: up, of: [segment=Mid]}
    max_age: 1000
`
    expect((await tried(text)).changed.map(({ account_id, after }) => [account_id, Math.round(after.score ?? -1)])).toEqual([
      ['D', 100],
      ['C', 100],
      ['B', 50],
      ['A', 0],
    ])
    await product.client.saveHealthModel({ params: { id: 'money' }, body: { text, reason: 'who is large' } })
    const { model, text: saved } = await product.client.readHealthModel({ params: { id: 'money' }, query: {} })
    expect(model.parts[0]?.input).toMatchObject({ scale: 'percentiles', taken_on: '2024-06-30', of: ['segment=Mid'] })
    expect(model.parts[0]?.input?.points.at(-1)).toEqual([3000, 100])
    expect((await product.client.checkHealthModel({ body: { text: saved } })).changes).toEqual([])
  })

  test('score accounts in an order; one in shadow scores nobody', async () => {
    const put = (text: string) => product.client.saveHealthOrder({ body: { text, reason: 'small ones use it otherwise' } })
    await expect(put('order: [{model: plain, where: {segment: SMB}}]')).rejects.toMatchObject({ code: 'bad_health_file' })
    await put('order: [{model: money, state: shadow}, {model: plain, where: {segment: Mid}}, {model: default}]')
    const trial = await tried(PLAIN)
    expect(bandOf(trial, 'before')).toEqual({ red: 1, amber: 1, green: 1, unknown: 1 })
    expect(trial.matrix.filter(({ before, after }) => before !== after)).toEqual([])
    const { models } = await product.client.listHealthModels({})
    expect(models.map(({ id, states }) => [id, states])).toEqual([
      ['default', ['on']],
      ['money', ['shadow']],
      ['plain', ['on']],
    ])
    expect((await product.client.listHealthOrders({})).map(({ version }) => version)).toEqual([2, 1])
  })

  test('are files that are written, checked and applied by the command line', async () => {
    const { client } = product
    const flags = { format: 'table' } as const
    expect(await run(() => runHealthExport(client, folder, 'table'))).toMatchObject({ code: 0 })
    expect(await run(() => runHealthApply(client, [folder], flags))).toMatchObject({ code: 0, notes: expect.stringContaining('All is in force') })
    const path = join(folder, 'plain.yaml')
    const text = readFileSync(path, 'utf8')
    writeFileSync(path, text.replace('8: 100', '8: 120'))
    const faulty = await run(() => runHealthCheck(client, [folder], flags))
    expect(faulty.code).toBe(1)
    expect(faulty.notes).toContain(`${path}:12: families.usage.anchors.8: 120 does not fit.`)
    expect(await run(() => runHealthApply(client, [folder], { ...flags, reason: 'x' }))).toMatchObject({
      code: 1,
      notes: expect.stringContaining('Nothing was saved'),
    })
    writeFileSync(path, text.replace('8: 100', '9: 100'))
    const dry = await run(() => runHealthApply(client, [folder], { ...flags, dryRun: true }))
    expect(dry).toMatchObject({ code: 0, notes: expect.stringContaining('plain: Use: anchors 0: 0, 8: 100 → anchors 0: 0, 9: 100') })
    expect(await run(() => runHealthApply(client, [folder], flags))).toMatchObject({ code: 2 })
    expect(await run(() => runHealthApply(client, [folder], { ...flags, reason: 'of a file' }))).toMatchObject({
      code: 0,
      out: expect.stringMatching(/plain +3/),
    })
    expect((await client.listHealthModelVersions({ params: { id: 'plain' } }))[0]).toMatchObject({ version: 3, reason: 'of a file' })
    expect(await run(() => runHealthApply(client, [folder], flags))).toMatchObject({ code: 0, notes: expect.stringContaining('All is in force') })
    expect(await run(() => runHealthCheck(client, [join(folder, 'none')], flags))).toMatchObject({ code: 2 })
  })

  test('give way to an override, until it ends or is ended', async () => {
    const set = (body: object) =>
      product.client.setOverride({ params: { account: 'A' }, body: { value: 90, owner: 'mira', reason: 'a new sponsor', until: '2024-07-20', ...body } })
    await expect(set({ until: '2024-08-01' })).rejects.toMatchObject({ code: 'bad_override' })
    await expect(set({ owner: ' ' })).rejects.toMatchObject({ code: 'bad_override' })
    await set({})
    expect(await set({ value: 80 })).toMatchObject({ value: 80, from: '2024-06-30', ended_at: null })
    const read = () => product.client.listOverrides({ params: { account: 'A' } })
    expect(await read()).toMatchObject({ in_force: { value: 80 }, all: [{ value: 80 }, { value: 90 }] })
    await product.client.endOverride({ params: { account: 'A' } })
    expect((await read()).in_force).toBeNull()
    await expect(product.client.endOverride({ params: { account: 'A' } })).rejects.toMatchObject({ code: 'no_override' })
  })
})
