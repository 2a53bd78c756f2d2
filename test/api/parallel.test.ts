import { afterAll, beforeAll, expect, test } from 'vitest'
import pg from 'pg'
import { sql } from '../../src/kernel/sql.ts'
import { waitFor } from '../../src/stores/engines/process-identity.ts'
import { sizeOf } from '../engines/size.ts'
import { openProduct } from '../conformance/product.ts'
import type { Product } from '../conformance/product.ts'

/** More than the connections that a pool holds. */
const MANY = 11
const COMMITS = 2

let product: Product
beforeAll(async () => {
  product = await openProduct('private', {})
  await product.importFiles([
    {
      name: 'subscription_versions.csv',
      text: 'subscription_id,account_id,effective_at,status,unit_amount,currency\ns1,a1,2024-01-10T12:00:00Z,active,10,USD\n',
    },
  ])
})
afterAll(() => product.close())

async function draft(name: string): Promise<string> {
  const { id } = await product.client.createImport({})
  const text = `subscription_id,account_id,effective_at,status,unit_amount,currency\n${name},${name},2024-02-10T12:00:00Z,active,10,USD\n`
  await product.client.addFile({ params: { id }, query: { name: 'subscription_versions.csv' }, upload: text })
  return id
}

test(`${MANY} reports of as many days and some commits at once all come through`, async () => {
  const { client } = product
  const drafts: string[] = []
  for (let i = 0; i < COMMITS; i++) drafts.push(await draft(`p${i}`))
  const asked = { metric: ['mrr'], from: '2024-01-01', until: '2024-07-01', by: [], where: [], option: [] }
  const reports = Array.from({ length: MANY }, (_, i) => client.answer({ query: { ...asked, reported_on: `2024-05-${i + 10}` } }))
  const commits = drafts.map((id) => client.commitImport({ params: { id } }))
  const health = await client.health({})
  expect(health.state).toBe('up')
  expect((await Promise.all(commits)).map(({ state }) => state)).toEqual(drafts.map(() => 'done'))
  // Nothing had been recorded by then.
  expect((await Promise.all(reports)).map(({ results }) => results[0]?.value)).toEqual(reports.map(() => 0))
  expect((await client.answer({ query: asked })).results[0]?.value).toBe(10 * (COMMITS + 1))
})

/** What an engine's end does to whoever is connected. */
async function breakConnections(): Promise<void> {
  const at = new pg.Client(product.stores.workspace.pool.options)
  await at.connect()
  await at.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid != pg_backend_pid()')
  await at.end()
}

test('imports whose workspace goes away under them are finished when it is back, and nothing is doubled', async () => {
  const { client, stores } = product
  const ids: string[] = []
  for (let i = 0; i < 3; i++) ids.push(await draft(`q${i}`))
  const before = Number((await stores.store.read<{ n: string }>(sql`SELECT count() AS n FROM fact_subscription_version`))[0]?.n)
  const ends = ids.map((id) =>
    client.commitImport({ params: { id } }).then(
      ({ state }) => state,
      (error: unknown) => (error as { code: string }).code,
    ),
  )
  expect(await waitFor(async () => (await client.listImports({})).some(({ state }) => state === 'committing'), 20_000)).toBe(true)
  await breakConnections()
  for (const end of await Promise.all(ends)) expect(end).toMatch(/^done$|^workspace_/)
  const states = async (): Promise<string[]> => (await Promise.all(ids.map((id) => client.readImport({ params: { id } })))).map(({ state }) => state)
  // One whose very first step was cut off is a draft as before.
  expect(await waitFor(async () => (await states()).every((state) => state === 'done' || state === 'draft'), 60_000)).toBe(true)
  for (const [i, state] of (await states()).entries()) if (state === 'draft') await client.commitImport({ params: { id: ids[i] ?? '' } })
  const rows = await stores.store.read<{ n: string }>(sql`SELECT count() AS n FROM fact_subscription_version`)
  expect(Number(rows[0]?.n) - before).toBe(ids.length)
})

const AT_ONCE = sizeOf('PARALLEL', 30, 200)

test(`${AT_ONCE} mixed requests at once are all answered, and health all the while`, { timeout: 120_000 + AT_ONCE * 3000 }, async () => {
  const { client } = product
  const asked = (i: number) => ({ from: '2024-01-01', until: `2024-0${(i % 6) + 2}-01`, by: [], where: [], option: [], seconds: 300 })
  const kinds: ((i: number) => Promise<unknown>)[] = [
    (i) => client.answer({ query: { metric: ['mrr'], ...asked(i) } }),
    (i) => client.answer({ query: { metric: ['nrr', 'grr', 'arpa', 'mrr', 'new_mrr'], ...asked(i), grain: 'day', interval: 'true' } }),
    (i) => client.explain({ params: { id: 'mrr' }, query: asked(i) }),
    (i) => client.listRows({ params: { id: 'mrr' }, query: asked(i) }),
    (i) => client.answer({ query: { metric: ['mrr'], ...asked(i), reported_on: `2024-04-${(i % 20) + 10}` } }),
    () => client.overview({}),
    () => client.listImports({}),
    () => client.listMetrics({}),
    async (i) => client.commitImport({ params: { id: await draft(`m${i}`) } }),
    (i) =>
      client
        .evidence({ params: { id: `a${i % 3}` }, query: { seconds: 300 } })
        .catch((error: unknown) => ((error as { code: string }).code === 'not_found' ? null : Promise.reject(error as Error))),
  ]
  let over = false
  let slowest = 0
  const looking = (async () => {
    while (!over) {
      const began = performance.now()
      expect((await client.health({})).workspace.state).toBe('up')
      slowest = Math.max(slowest, performance.now() - began)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  })()
  const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, (_, i) => kinds[i % kinds.length]?.(i)))
  over = true
  await looking
  process.stdout.write(`${AT_ONCE} mixed requests at once; the slowest look at health took ${Math.round(slowest)} ms\n`)
  expect(ends.flatMap((end) => (end.status === 'rejected' ? [String(end.reason)] : []))).toEqual([])
})
