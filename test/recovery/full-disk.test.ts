import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { makeClient } from '../../src/contract/client.ts'
import type { BinnacleClient } from '../../src/contract/contract.ts'
import type { ImportRecord } from '../../src/contract/imports.ts'
import type { FactStore } from '../../src/facts/store.ts'
import { BinnacleError } from '../../src/kernel/errors.ts'
import { composeApp, openStores } from '../../src/main.ts'
import type { App, Stores } from '../../src/main.ts'
import { waitFor } from '../../src/stores/engines/process-identity.ts'
import { routes } from '../conformance/product.ts'
import { sizeOf } from '../engines/size.ts'
import { recordedByFact } from '../recorded.ts'
import { mountSmallDisk } from './full-disk.ts'
import type { SmallDisk } from './full-disk.ts'

/** At how many of the writes of an import the disk is filled, spread over all of them. */
const MOMENTS = sizeOf('FULL_DISKS', 3, 40)
const disk: SmallDisk | null = mountSmallDisk(320)
if (disk === null) process.stdout.write('\nfull disk: skipped, for no file system can be mounted here\n')

const ROWS = 500
/** New accounts, each with a subscription of 1 a month. */
const filesOf = (prefix: string) => [
  { name: 'accounts.csv', text: `account_id,name\n${Array.from({ length: ROWS }, (_, i) => `${prefix}${i},Name ${i}`).join('\n')}\n` },
  {
    name: 'subscription_versions.csv',
    text: `subscription_id,account_id,effective_at,status,product,plan,quantity,unit_amount,currency,interval_months\n${Array.from({ length: ROWS }, (_, i) => `${prefix}S${i},${prefix}${i},2024-01-01T00:00:00Z,active,core,basic,1,1.00,USD,1`).join('\n')}\n`,
  },
]

/** Calls `before` ahead of each write of facts and ledgers; those that make room do not count. */
function noticing(store: FactStore, before: () => void): FactStore {
  return {
    ...store,
    insertText: (...given) => (before(), store.insertText(...given)),
    insert: (...given) => (before(), store.insert(...given)),
    writeEverywhere: (query, options) => {
      if (options?.evenIfFull !== true) before()
      return store.writeEverywhere(query, options)
    },
  }
}

describe.skipIf(disk === null)('a full disk', () => {
  const small = disk as SmallDisk
  let stores: Stores
  let app: App
  let client: BinnacleClient
  let [writes, fullAt, imported] = [0, Infinity, 0]

  const open = async (floor: string): Promise<void> => {
    stores = await openStores({ dataDirectory: join(small.path, 'data'), log: pino({ level: 'silent' }), env: { BINNACLE_FREE_SPACE: floor } })
    const store = noticing(stores.store, () => {
      if (++writes === fullAt) small.fill()
    })
    app = composeApp({ ...stores, store }, { checkAnswers: true })
    await app.ready
    client = makeClient(routes, 'http://localhost', (url, init) => app.fetch(new Request(url, init)))
  }
  const close = async (): Promise<void> => {
    await app.close()
    await stores.close()
  }
  const mrr = async (): Promise<number | null> => {
    const { results } = await client.answer({ query: { metric: ['mrr'], from: '2024-05-01', until: '2024-06-01', by: [], where: [], option: [] } })
    return results[0]?.value ?? null
  }

  /** Goes on where an import was stopped, as a person does: a file that failed is sent again, a commit is asked for again. */
  async function finish(id: string, files: ReturnType<typeof filesOf>): Promise<ImportRecord> {
    const record = await client.readImport({ params: { id } })
    if (record.state === 'draft') {
      for (const file of record.files.filter(({ state }) => state !== 'staged')) await client.removeFile({ params: { id, file: file.id } })
      const there = new Set(record.files.filter(({ state }) => state === 'staged').map(({ name }) => name))
      for (const { name, text } of files.filter(({ name }) => !there.has(name))) {
        const file = await client.addFile({ params: { id }, query: { name }, upload: text })
        if (file.state !== 'staged') throw new BinnacleError(file.error?.code ?? '', file.error?.message ?? '', { status: 507, retry: true })
      }
    }
    return client.commitImport({ params: { id } })
  }

  /** What an import came to: 'done', or the code of its refusal, which says that it can be tried again. */
  const outcome = (work: Promise<ImportRecord>): Promise<string> =>
    work.then(
      ({ state }) => state,
      (error: unknown) => {
        if (!(error instanceof BinnacleError) || ![503, 507].includes(error.status) || !error.retry) throw error
        return error.code
      },
    )

  beforeAll(async () => {
    await open('0')
    const { id } = await client.createImport({})
    await finish(id, filesOf('first'))
    imported = 1
  })
  afterEach(() => small.free())
  afterAll(async () => {
    await close()
    small.remove()
  })

  test(
    'at any write of an import loses and doubles nothing, and leaves no wrong answer behind',
    async () => {
      writes = 0
      const second = await client.createImport({})
      await finish(second.id, filesOf('second'))
      imported++
      const all = writes
      const moments = [...new Set(Array.from({ length: MOMENTS }, (_, i) => 1 + Math.round((i * (all - 1)) / Math.max(1, MOMENTS - 1))))]
      const codes: string[] = []
      let slowest = 0
      for (const moment of moments) {
        const files = filesOf(`at${moment}x`)
        const { id } = await client.createImport({})
        ;[writes, fullAt] = [0, moment]
        codes.push(await outcome(finish(id, files)))
        fullAt = Infinity

        // Whoever asks while it is full gets the number of before, that of after, or an error: never one of what is left.
        const seen = await mrr().catch((error: unknown) => (error instanceof BinnacleError && error.status >= 500 ? null : Promise.reject(error as Error)))
        expect([null, imported * ROWS, (imported + 1) * ROWS]).toContain(seen)
        small.free()
        const freed = performance.now()
        expect(await waitFor(async () => (await outcome(finish(id, files))) === 'done', 60_000)).toBe(true)
        slowest = Math.max(slowest, performance.now() - freed)
        imported++
        expect(await recordedByFact(stores.store, id)).toEqual(
          new Map([
            ['account', ROWS],
            ['subscription_version', ROWS],
          ]),
        )
        expect(await mrr()).toBe(imported * ROWS)
        expect(await waitFor(async () => (await client.health({})).state === 'up', 60_000)).toBe(true)
      }
      process.stdout.write(`${moments.length} full disks: with space again the import was done after ${Math.round(slowest)} ms at most\n`)
      expect(codes.filter((code) => code.endsWith('disk_full')).length, codes.join(', ')).toBeGreaterThan(0)
      expect(await client.overview({})).toMatchObject({ empty: false, accounts: imported * ROWS, reconciliation: { breaks: 0 } })
    },
    60_000 * (MOMENTS + 3),
  )

  test('that is not quite full yet takes nothing new and still answers', async () => {
    await close()
    await open('20MB')
    const { id } = await client.createImport({})
    const [accounts] = filesOf('late')
    small.fill(10_000_000)
    const refusal = { code: 'disk_full', status: 507, retry: true, cure: expect.stringContaining('Free some space') }
    await expect(client.addFile({ params: { id }, query: { name: 'accounts.csv' }, upload: accounts?.text ?? '' })).rejects.toMatchObject(refusal)
    await expect(client.changeSetting({ params: { key: 'time_zone' }, body: { value: 'Europe/Berlin' } })).rejects.toMatchObject(refusal)
    expect(await client.health({})).toMatchObject({ state: 'degraded', disks: [{ short: true, floor: 20_000_000 }] })
    expect(await mrr()).toBe(imported * ROWS)
    expect((await client.discardImport({ params: { id } })).state).toBe('discarded')
    small.free()
    expect((await client.health({})).state).toBe('up')
    await client.createImport({})
  })
})
