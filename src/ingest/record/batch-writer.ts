import type { Placement } from '../../facts/fact.ts'
import type { FactStore } from '../../facts/store.ts'
import { encodeRow } from '../../stores/tab-separated.ts'

/**
 * Sends rows in batches, the next one being filled while one is under way. Rows are encoded as they come, so that none is
 * kept as an object, and never more than two batches are held.
 */
export interface BatchWriter {
  push(row: object): void
  /** To be awaited between chunks of rows: sends what is due and waits where the store is behind. */
  drain(): Promise<void>
  /** Sends the rest. After it all rows are stored. */
  end(): Promise<void>
}

/** Longer batches live long enough to burden the garbage collector, shorter ones the store. */
const ROWS = 10_000

export function createBatchWriter(store: FactStore, table: string, placement: Placement, columns: readonly string[]): BatchWriter {
  const shards = placement === 'everywhere' ? 1 : store.shards
  let texts = Array.from({ length: shards }, () => '')
  let rows = 0
  let underWay: Promise<void> = Promise.resolve()
  const sendNow = async (): Promise<void> => {
    const batch = texts
    texts = batch.map(() => '')
    rows = 0
    await underWay
    underWay = store.insertText(table, placement, columns, batch)
    // The failure is met where the promise is awaited; until then it must not count as unhandled.
    underWay.catch(() => undefined)
  }
  return {
    push(row) {
      const shard = shards === 1 ? 0 : store.shardOf((row as { account_id: string }).account_id)
      texts[shard] += encodeRow(row, columns)
      rows++
    },
    drain: async () => {
      if (rows >= ROWS) await sendNow()
    },
    end: async () => {
      if (rows > 0) await sendNow()
      await underWay
    },
  }
}
