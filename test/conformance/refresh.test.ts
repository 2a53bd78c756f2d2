import { crc32 } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { LedgerBuild, LedgerState } from '../../src/facts/store.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { testEngineKinds } from '../engines/engines.ts'
import type { TestEngineKind } from '../engines/engines.ts'
import { goldenSettings } from '../golden/golden.ts'
import { FACT_IDS } from '../oracle/fact-tables.ts'
import { cell, lastStep } from '../oracle/company.ts'
import type { Company, Row } from '../oracle/company.ts'
import { randomCompany } from '../oracle/random-company.ts'
import { randomOf } from '../oracle/random.ts'
import { differences, readLedgerRows, rebuiltRows } from './ledger-rows.ts'
import { openProduct } from './product.ts'
import type { Product } from './product.ts'
import { tell } from './told.ts'

const FIRST = Number(process.env['BINNACLE_FIRST_SEED'] ?? 1)
/** One node by its URL derives as the private one does. */
const COMPANIES: Record<TestEngineKind, number> = { private: 1, url: 0, cluster: 1 }
/** Of the steps of a company so many are compared, the first ones and then some: what is wrong stays wrong. */
const ONE_IN = 4
const SEEDS = (kind: TestEngineKind): number[] => Array.from({ length: Number(process.env['BINNACLE_COMPANIES'] ?? COMPANIES[kind]) }, (_, i) => FIRST + i)

/** Exchange rates touch everybody; a company whose later imports bring none is refreshed account by account. */
const withoutLateRates = (company: Company): Company => ({ ...company, exchange_rate: company.exchange_rate.filter(({ batch }) => batch === 1) })

/** More imports: of every account some row again, changed, and one account merged into another. */
function withMoreChanges(company: Company, seed: number): Company {
  const random = randomOf(seed)
  let batch = lastStep(company)
  const facts = Object.fromEntries(FACT_IDS.map((fact) => [fact, [...company[fact]]])) as Record<(typeof FACT_IDS)[number], Row[]>
  for (let i = 0; i < 2; i++) {
    batch++
    if (company.subscription_version.length > 0)
      facts.subscription_version.push({
        ...random.pick(company.subscription_version),
        batch,
        unit_amount: random.pick(['12.5', '640', '0']),
        status: random.pick(['active', 'past_due', 'ended']),
      })
    if (company.discount.length > 0) facts.discount.push({ ...random.pick(company.discount), batch, percent: '35', amount: '' })
  }
  if (company.account.length > 1) {
    const [into, gone] = [company.account[0], random.pick(company.account.slice(1))]
    if (into !== undefined && cell(into, 'merged_into') === '')
      facts.account.push({ ...gone, batch: batch + 1, merged_into: cell(into, 'account_id') }, { ...gone, batch: batch + 2, merged_into: '' })
  }
  return { ...facts, undos: company.undos }
}

const stateOf = ({ stores }: Product): Promise<LedgerState> => stores.workspace.readLedgerState()
const lastBuild = async (product: Product): Promise<number> => (await stateOf(product)).state
const buildOf = async (product: Product): Promise<LedgerBuild> => (await stateOf(product)).ledgers.mrr_movement ?? { base: 0, delta: 0 }

async function compare(product: Product): Promise<string[]> {
  return differences(await readLedgerRows(product.stores, await stateOf(product)), await rebuiltRows(product.stores))
}

describe.each(testEngineKinds.filter((kind) => SEEDS(kind).length > 0))('refreshing the ledgers on engines of kind %s', (kind) => {
  test.each(SEEDS(kind))('company %i: after every import and undo they are what a rebuild comes to', { timeout: 900_000 }, async (seed) => {
    const { company, settings } = randomCompany(seed, { importable: true })
    const found: string[] = []
    const deltas: number[] = []
    const told = await tell(kind, withMoreChanges(withoutLateRates(company), seed), settings, {
      afterStep: async (product, step) => {
        if (step < 2 || step % ONE_IN === seed % ONE_IN) found.push(...(await compare(product)).map((line) => `step ${step}: ${line}`))
        deltas.push((await buildOf(product)).delta)
      },
    })
    found.push(...(await compare(told)).map((line) => `at the end: ${line}`))
    await told.close()
    expect(found.slice(0, 20)).toEqual([])
    // Of two accounts one is half of all: a company so small is derived whole.
    if (company.account.length > 3) expect(deltas.filter((delta) => delta > 0).length).toBeGreaterThan(1)
  })
})

describe.each(testEngineKinds)('many accounts on engines of kind %s', (kind) => {
  const header = 'subscription_id,account_id,effective_at,status,product,plan,quantity,unit_amount,currency,interval_months'
  const version = (i: number, day: string, amount: number) => `S${i},A${i},${day}T12:00:00Z,active,core,basic,1,${amount},USD,1`
  const file = (lines: readonly string[]) => [{ name: 'subscription_versions.csv', text: `${[header, ...lines].join('\n')}\n` }]

  test('a few changed ones are kept beside the base, many are folded into a new one', { timeout: 300_000 }, async () => {
    const product = await openProduct(kind, goldenSettings, systemClock)
    try {
      await product.importFiles(file(Array.from({ length: 400 }, (_, i) => version(i, '2024-01-05', 100 + i))))
      const first = await buildOf(product)
      expect(first).toMatchObject({ base: await lastBuild(product), delta: 0 })
      await product.importFiles(file([version(7, '2024-02-05', 50), version(399, '2024-02-06', 60)]))
      const second = await buildOf(product)
      expect(second).toEqual({ base: first.base, delta: await lastBuild(product) })
      expect(await compare(product)).toEqual([])
      await product.importFiles(file(Array.from({ length: 300 }, (_, i) => version(i, '2024-03-05', 10 + i))))
      const third = await buildOf(product)
      expect(third).toEqual({ base: await lastBuild(product), delta: 0 })
      expect(await compare(product)).toEqual([])
    } finally {
      await product.close()
    }
  })

  test.skipIf(kind !== 'cluster')('facts that come after a merge count where its successor lives', { timeout: 300_000 }, async () => {
    const product = await openProduct(kind, goldenSettings, systemClock)
    const both = (i: number, day: string, name: string) => [
      ...file([version(i, day, 50).replace('S', name)]),
      { name: 'usage_events.csv', text: `event_id,account_id,user_id,occurred_at,event\n${name}${i},A${i},u,${day}T10:00:00Z,open\n` },
    ]
    try {
      const ids = Array.from({ length: 30 }, (_, i) => i)
      const [gone, successor] = [0, 1].map((shard) => ids.find((i) => crc32(`A${i}`) % 2 === shard) ?? 0) as [number, number]
      const accounts = ids.map((i) => `A${i},Account ${i},${i === gone ? `A${successor}` : ''}`)
      await product.importFiles([
        { name: 'accounts.csv', text: `account_id,name,merged_into\n${accounts.join('\n')}\n` },
        ...file(ids.map((i) => version(i, '2024-01-05', 100 + i))),
      ])
      await product.importFiles(both(gone, '2024-02-05', 'T'))
      expect(await compare(product)).toEqual([])
      await product.importFiles(both(successor, '2024-02-09', 'U'))
      expect(await compare(product)).toEqual([])
      // The successor is merged in turn, and back to where the first one came from: so is all that counted as it.
      const next = ids.find((i) => i !== gone && crc32(`A${i}`) % 2 === 0) ?? 0
      await product.importFiles([{ name: 'accounts.csv', text: `account_id,name,merged_into\nA${successor},Account ${successor},A${next}\n` }])
      expect(await compare(product)).toEqual([])
    } finally {
      await product.close()
    }
  })
})
