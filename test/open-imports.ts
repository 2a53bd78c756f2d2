import { currentFacts } from '../src/facts/current.ts'
import type { FactCounts } from '../src/facts/append.ts'
import { factById } from '../src/facts/facts.ts'
import type { FactStore } from '../src/facts/store.ts'
import type { Batch } from '../src/ingest/record/batch.ts'
import type { ImportRecord, Mapping } from '../src/ingest/files/types.ts'
import type { Clock } from '../src/kernel/clock.ts'
import { defaultSettings } from '../src/kernel/settings.ts'
import { param, sql } from '../src/kernel/sql.ts'
import type { TestEngineKind } from './engines/engines.ts'
import { bytesOf, openTestStores } from './open-ingest.ts'
import type { OpenIngest } from './open-ingest.ts'

export const fact = (id: string) => factById(id)!

export const onlyChanges = (counts: readonly FactCounts[]) =>
  Object.fromEntries(counts.map(({ fact: id, ...rest }) => [id, Object.fromEntries(Object.entries(rest).filter(([, n]) => n !== 0))]))

export type OpenImports = Awaited<ReturnType<typeof openImports>>

/** Imports into stores of their own, with what tests of them ask again and again. */
export async function openImports(kind: TestEngineKind) {
  const refreshed: string[] = []
  // Each look at the clock is a second later, so that no test depends on how fast it runs.
  let time = Date.parse('2024-07-01T00:00:00Z')
  const clock: Clock = { now: () => new Date((time += 1000)) }
  const stores = await openTestStores(kind, clock)
  const { facts } = stores
  const settings = async () => ({ ...defaultSettings, time_zone: 'America/New_York' })
  const over = (store: FactStore, onCommitted = async ({ id }: Batch): Promise<void> => void refreshed.push(id)): OpenIngest =>
    stores.ingest({ facts: store, settings, onCommitted })
  const imports = over(facts)

  async function draft(files: Record<string, string>, options: { as?: string; mapping?: Mapping } = {}): Promise<ImportRecord> {
    const { id } = await imports.create()
    for (const [name, text] of Object.entries(files)) await imports.addFile(id, { name, ...options }, bytesOf(text, 700))
    return imports.read(id)
  }
  return {
    ...stores,
    /** Ids of what the ledgers were to follow. */
    refreshed,
    over,
    imports,
    draft,
    importAll: async (files: Record<string, string>): Promise<ImportRecord> => imports.commit((await draft(files)).id),
    changes: (record: ImportRecord) => Object.assign({}, ...record.files.map((file) => onlyChanges(file.counts))) as Record<string, Record<string, number>>,
    /** What counts of an account now. */
    current: async <Row>(id: string, account: string): Promise<Row[]> => {
      const query = currentFacts(fact(id), { where: sql`account_id = ${param('String', account)}` })
      return facts.read<Row>(sql`SELECT * FROM ${fact(id).placement === 'account' ? facts.shardLocal(query) : sql`(${query})`} ORDER BY source_id`)
    },
    versions: async (id: string): Promise<number> => {
      const [row] = await facts.read<{ n: string }>(sql`SELECT count() AS n FROM ${facts.everyShard(`fact_${id}`)} FINAL`)
      return Number(row?.n)
    },
  }
}
