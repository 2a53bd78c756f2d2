import { crc32 } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { LedgerBuild, LedgerState } from '../../src/facts/store.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { sql } from '../../src/kernel/sql.ts'
import { layoutKinds } from '../engines/engines.ts'
import { goldenSettings } from '../golden/golden.ts'
import { differences, readLedgerRows, rebuiltRows } from './ledger-rows.ts'
import { openProduct } from './product.ts'
import type { Product } from './product.ts'

const stateOf = ({ stores }: Product): Promise<LedgerState> => stores.workspace.readLedgerState()
const lastBuild = async (product: Product): Promise<number> => (await stateOf(product)).state
const buildOf = async (product: Product): Promise<LedgerBuild> => (await stateOf(product)).ledgers.mrr_movement ?? { base: 0, delta: 0 }

async function compare(product: Product): Promise<string[]> {
  return differences(await readLedgerRows(product.stores, await stateOf(product)), await rebuiltRows(product.stores))
}

describe.each(layoutKinds)('many accounts on engines of kind %s', (kind) => {
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
      // A row that stood on both shards would be seen.
      const [here, there] = product.stores.engines.facts.nodes
      await there?.insertRows('ledger_mrr_movement', (await here?.read<object>(sql`SELECT * FROM ledger_mrr_movement`)) ?? [])
      await expect(compare(product)).rejects.toThrow('on the shard of another account')
    } finally {
      await product.close()
    }
  })
})
