import type { FactStore } from '../src/facts/store.ts'
import { createIngest } from '../src/ingest/ingest.ts'
import type { Ingest, RecordOptions } from '../src/ingest/ingest.ts'
import { systemClock } from '../src/kernel/clock.ts'
import type { Clock } from '../src/kernel/clock.ts'
import { defaultSettings } from '../src/kernel/settings.ts'
import { createLedgerTables } from '../src/ledgers/tables.ts'
import { openFactStore } from '../src/stores/fact-store.ts'
import { openWorkspace } from '../src/stores/workspace.ts'
import type { Workspace } from '../src/stores/workspace.ts'
import { freshStores } from './engines/engines.ts'
import type { FreshStores, TestEngineKind } from './engines/engines.ts'

/** Ways in which facts come in, all at hand. */
export type OpenIngest = Ingest['imports'] & Omit<Ingest, 'imports'>

export interface OpenStores {
  readonly addresses: FreshStores
  readonly facts: FactStore
  readonly workspace: Workspace
  /** Ingest into these stores, with no ledgers behind it unless something is said. */
  ingest(options?: Partial<RecordOptions>): OpenIngest
  close(): Promise<void>
}

export type OpenFacts = Pick<OpenStores, 'facts' | 'close'>

/** The store of facts alone, with the tables of ledgers. */
export async function openTestFacts(kind: TestEngineKind): Promise<OpenFacts> {
  const addresses = await freshStores(kind)
  const facts = await openFactStore(addresses.facts)
  await createLedgerTables(facts)
  return { facts, close: addresses.close }
}

/** Both stores, empty and at the present schema. */
export async function openTestStores(kind: TestEngineKind, clock: Clock = systemClock): Promise<OpenStores> {
  const addresses = await freshStores(kind)
  const [facts, workspace] = [await openFactStore(addresses.facts), await openWorkspace(addresses.workspaceUrl, clock)]
  const usual: RecordOptions = { facts, workspace, clock, settings: async () => defaultSettings, onCommitted: async () => undefined }
  return {
    addresses,
    facts,
    workspace,
    ingest(options) {
      const { imports, ...rest } = createIngest({ ...usual, ...options })
      return { ...imports, ...rest }
    },
    async close() {
      await workspace.close()
      await addresses.close()
    },
  }
}

/** A text as the bytes of a file that arrives. */
export async function* bytesOf(text: string, size = Infinity): AsyncIterable<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size)
}
