import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '../../bin/sources.mjs'
import { readHolder } from '../../src/stores/engines/data-directory.ts'
import { composeApp, makeLog, openStores } from '../../src/main.ts'
import { makeClient } from '../../src/contract/client.ts'
import { temporaryFolder } from '../engines/engines.ts'
import { FIRST_SEED, sizeOf } from '../engines/size.ts'
import { differences, readLedgerRows, rebuiltRows } from '../conformance/ledger-rows.ts'
import { openProduct, routes } from '../conformance/product.ts'
import type { Product } from '../conformance/product.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { randomOf } from '../oracle/random.ts'
import { processesIn } from './app-process.ts'
import { liveAndDie, liveAndSettle } from './cycle.ts'
import type { CycleReport } from './cycle.ts'
import { checkHistories, checkStore, readCurrent } from './findings.ts'
import { createImporter } from './importer.ts'
import { createPlans, inOneFolder } from './plans.ts'

const KILLS = sizeOf('KILLS', 3, 60)

const folder = temporaryFolder()
const data = join(folder.path, 'data')
beforeAll(() => {
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'bin/build.mjs')], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`the build failed: ${stderr}`)
}, 300_000)
afterAll(() => folder.remove())

const METRICS = [
  'mrr',
  'new_mrr',
  'expansion_mrr',
  'contraction_mrr',
  'churned_mrr',
  'nrr',
  'grr',
  'customer_retention_rate',
  'arpa',
  'net_revenue',
  'arppu',
  'customers_lost',
]

async function numbersOf({ client }: Pick<Product, 'client'>): Promise<unknown> {
  const question = { metric: METRICS, from: '2024-01-01', until: '2024-07-01', where: [], option: [] }
  const { results: months } = await client.answer({ query: { ...question, grain: 'month', by: [] } })
  const { results: products } = await client.answer({ query: { ...question, metric: ['mrr', 'new_mrr', 'expansion_mrr'], by: ['product'] } })
  // When a number was corrected is no part of it: all that the clean one knows came at once.
  return [...months, ...products].map((result) => ({ ...result, flags: result.flags.filter((flag) => flag !== 'restated') }))
}

test(`nothing that was acknowledged is lost or doubled in ${KILLS} kills`, { timeout: 120_000 + KILLS * 120_000 }, async () => {
  const random = randomOf(FIRST_SEED)
  const importer = createImporter(createPlans(FIRST_SEED), random)
  const reports: CycleReport[] = []
  while (reports.length < KILLS) {
    const report = await liveAndDie(data, importer, random)
    reports.push(report)
    expect(report.orphans).toEqual([])
    expect(readHolder(data)).toBeNull()
  }
  await liveAndSettle(data, importer)
  expect(processesIn(data)).toEqual([])
  const done = [...importer.attempts.values()].filter(({ discarded }) => !discarded)
  const slowest = Math.max(...reports.map(({ gone }) => gone))
  const told = done.filter(({ acknowledged }) => acknowledged).length
  const kinds = [...new Set(reports.map(({ kind }) => kind))].map((kind) => `${reports.filter((report) => report.kind === kind).length} ${kind}`)
  process.stdout.write(
    `${KILLS} kills (${kinds.join(', ')}): of ${importer.attempts.size} imports ${told} were acknowledged, ${done.length - told} finished unseen, ` +
      `${importer.attempts.size - done.length} were thrown away; after a kill the last process was gone within ${slowest} ms\n`,
  )

  const stores = await openStores({ dataDirectory: data, log: makeLog('warn'), env: {} })
  const app = composeApp(stores)
  const clean = await openProduct('private', {}, systemClock)
  try {
    await app.ready
    const survivor = { stores, client: makeClient(routes, 'http://localhost', (url, init) => app.fetch(new Request(url, init))) }
    expect(await checkStore(stores.store, importer.attempts)).toEqual([])
    expect(await checkHistories(stores.store)).toEqual([])
    const present = await readLedgerRows(stores, await stores.workspace.readLedgerState())
    expect(differences(present, await rebuiltRows(stores)).slice(0, 10)).toEqual([])

    const order = (await survivor.client.listImports({}))
      .filter(({ state }) => state === 'done')
      .sort((a, b) => ((a.committed_at ?? '') < (b.committed_at ?? '') ? -1 : 1))
    const plans = order.map(({ id }) => importer.attempts.get(id)?.plan).filter((plan) => plan !== undefined)
    expect(plans).toHaveLength(done.length)
    await clean.importFiles(inOneFolder(plans))
    expect(differences(await readCurrent(stores.store), await readCurrent(clean.stores.store)).slice(0, 10)).toEqual([])
    expect(await numbersOf(survivor)).toEqual(await numbersOf(clean))
  } finally {
    await clean.close()
    await app.close()
    await stores.close()
  }
})
