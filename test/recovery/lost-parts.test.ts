import { readFileSync, readdirSync, realpathSync, rmSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, expect, test } from 'vitest'
import type { BinnacleClient } from '../../src/contract/contract.ts'
import { makeClient } from '../../src/contract/client.ts'
import type { BinnacleError } from '../../src/kernel/errors.ts'
import { composeApp, openStores } from '../../src/main.ts'
import { waitFor } from '../../src/stores/engines/process-identity.ts'
import { importInto, routes } from '../conformance/product.ts'
import { temporaryFolder } from '../engines/engines.ts'

const folder = temporaryFolder()
afterAll(() => folder.remove())

const log = pino({ level: 'silent' })

/** The product over private engines of its own, started on the folder as it is. */
async function withProduct<T>(work: (client: BinnacleClient) => Promise<T>): Promise<T> {
  const stores = await openStores({ dataDirectory: folder.path, log, env: {} })
  const app = composeApp(stores, { checkAnswers: true })
  try {
    await app.ready.catch(() => undefined)
    return await work(makeClient(routes, 'http://localhost', (url, init) => app.fetch(new Request(url, init))))
  } finally {
    await app.close()
    await stores.close()
  }
}

/** Folders of parts that hold a file, but for those that were set aside. From Node 22 on a listing goes through links as well: each is taken once. */
function partsOf(store: string, marker: string): string[] {
  const found = new Set<string>()
  for (const entry of readdirSync(store, { recursive: true, withFileTypes: true }))
    if (entry.name === marker && !entry.parentPath.includes('detached')) found.add(realpathSync(entry.parentPath))
  return [...found]
}

const ACCOUNTS = Array.from({ length: 30 }, (_, i) => `A${i},Name ${i}`)
const SUBSCRIPTIONS = Array.from({ length: 30 }, (_, i) => `S${i},A${i},2024-01-01T00:00:00Z,active,core,basic,1,${i + 1}.00,USD,1`)
const FILES = [
  { name: 'accounts.csv', text: `account_id,name\n${ACCOUNTS.join('\n')}\n` },
  {
    name: 'subscription_versions.csv',
    text: `subscription_id,account_id,effective_at,status,product,plan,quantity,unit_amount,currency,interval_months\n${SUBSCRIPTIONS.join('\n')}\n`,
  },
]
const MRR = { metric: ['mrr'], from: '2024-05-01', until: '2024-06-01', by: [], where: [], option: [] }
const mrr = async (client: BinnacleClient): Promise<unknown> => (await client.answer({ query: MRR })).results[0]?.value
const codeOf = (error: unknown): unknown => (error as BinnacleError).code
const degraded = (client: BinnacleClient): Promise<boolean> => waitFor(async () => (await client.health({})).losses.total > 0, 60_000)

test('a part that is cut short or gone is told at the next start with the rows it held; nothing is derived without them, and they come back', async () => {
  const id = await withProduct(async (client) => {
    const record = await importInto(client, FILES)
    expect(await mrr(client)).toBe(465)
    expect((await client.health({})).state).toBe('up')
    return record.id
  })

  const store = join(folder.path, 'clickhouse', 'data')
  const parts = partsOf(store, 'data.bin')
  // Which table a part is of is written in its columns.
  const isOf = (part: string, ...names: string[]): boolean => names.every((name) => readFileSync(join(part, 'columns.txt'), 'utf8').includes(`\`${name}\``))
  const ofVersions = parts.filter((part) => isOf(part, 'unit_amount', 'recorded_at', 'import_id') && !isOf(part, 'file_id'))
  const ofAccounts = parts.filter((part) => isOf(part, 'merged_into', 'recorded_at', 'import_id') && !isOf(part, 'file_id'))
  // A part that was merged lies there for a while beside the one that took its place.
  expect(Math.min(ofVersions.length, ofAccounts.length)).toBeGreaterThan(0)
  for (const part of ofVersions) truncateSync(join(part, 'data.bin'), Math.floor(statSync(join(part, 'data.bin')).size / 2))
  for (const part of ofAccounts) rmSync(part, { recursive: true })

  await withProduct(async (client) => {
    expect(await degraded(client)).toBe(true)
    const { state, losses } = await client.health({})
    expect(state).toBe('degraded')
    expect(losses.items.map(({ fact, import_id, file, recorded, held, missing }) => [fact, import_id, file, recorded, held, missing])).toEqual([
      ['account', id, 'accounts.csv', 30, 0, 30],
      ['subscription_version', id, 'subscription_versions.csv', 30, 0, 30],
    ])
    expect(losses.items[1]?.set_aside[0]).toMatch(/broken/)

    // The last good build still answers, and no new one is made of what is left.
    expect(await mrr(client)).toBe(465)
    await expect(importInto(client, [{ name: 'accounts.csv', text: 'account_id,name\nLATE,Late\n' }])).rejects.toMatchObject({ code: 'facts_missing' })
    expect((await client.health({})).ledgers.error).toContain('has lost 30 of 30 rows of kind Account from accounts.csv')
    expect(await mrr(client)).toBe(465)

    expect(await client.restoreLost({})).toMatchObject({ total: 0, items: [] })
    expect(await waitFor(async () => (await client.listImports({})).every((record) => record.state === 'done'), 60_000)).toBe(true)
    expect(await waitFor(async () => (await client.health({})).state === 'up', 60_000)).toBe(true)
    expect(await mrr(client)).toBe(465)
  })

  // Ledgers are no facts: one that is gone is derived again.
  const ofLedgers = partsOf(store, 'data.bin').filter((part) => isOf(part, 'state') && !isOf(part, 'import_id'))
  expect(ofLedgers.length).toBeGreaterThan(5)
  for (const part of ofLedgers) rmSync(part, { recursive: true })
  await withProduct(async (client) => {
    expect(await waitFor(async () => (await mrr(client).catch(codeOf)) === 465, 60_000)).toBe(true)
    expect(await waitFor(async () => (await client.health({})).state === 'up', 60_000)).toBe(true)
  })
})
