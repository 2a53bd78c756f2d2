import { accountAttribute } from '../../../src/facts/account-attribute.ts'
import type { AppendFacts } from '../../../src/facts/append.ts'
import { currentFacts } from '../../../src/facts/current.ts'
import type { FactStore } from '../../../src/facts/store.ts'
import type { AccountHistory } from '../../../src/health/history.ts'
import { heardAtOnce } from '../../../src/health/history.ts'
import { readHistories } from '../../../src/health/read/read-histories.ts'
import type { Clock } from '../../../src/kernel/clock.ts'
import type { Settings } from '../../../src/kernel/settings.ts'
import { sql } from '../../../src/kernel/sql.ts'
import { createIngest } from '../../../src/ingest/ingest.ts'
import type { Workspace } from '../../../src/stores/workspace.ts'
import type { Recording } from './rig.ts'
import type { ToldCompany } from './told-company.ts'

export interface SettableClock extends Clock {
  set(at: Date): void
}

export function settableClock(): SettableClock {
  let now = new Date(0)
  return { now: () => now, set: (at) => void (now = at) }
}

const END = '2299-12-31T00:00:00Z'

/** Records what a company told, each part with the clock set to when it did. The clock never goes back. */
export async function recordAll(append: AppendFacts, clock: SettableClock, recordings: readonly Recording[]): Promise<void> {
  for (const [i, { at, source, rows }] of recordings.entries()) {
    if (at > clock.now()) clock.set(at)
    const { refused_reasons } = await append({ source, key: `${at.toISOString()} ${i}`, learntAt: at.toISOString(), rows })
    if (refused_reasons.length > 0) throw new Error(`of ${at.toISOString()} was refused: ${JSON.stringify(refused_reasons)}`)
  }
}

/** The door of the product through which facts come in, with no ledgers behind it. */
export const openDoor = (facts: FactStore, workspace: Workspace, clock: Clock, settings: Settings) =>
  createIngest({ facts, workspace, clock, settings: async () => settings, onCommitted: async () => undefined })

async function readParents(store: FactStore): Promise<Map<string, string>> {
  const rows = store.shardLocal(sql`SELECT account_id, value, effective_at FROM (${currentFacts(accountAttribute, { where: sql`attribute = 'parent'` })})`)
  const found = await store.read<{ account_id: string; parent: string }>(
    sql`SELECT account_id, argMax(value, effective_at) AS parent FROM ${rows} GROUP BY account_id HAVING parent != '' ORDER BY account_id`,
  )
  return new Map(found.map(({ account_id, parent }) => [account_id, parent]))
}

/** A company as the fact store tells it. */
export async function readCompany(store: FactStore, settings: Settings): Promise<ToldCompany> {
  const histories: AccountHistory[] = []
  for await (const chunk of readHistories(store, settings, { until: END })) histories.push(...chunk)
  return {
    histories,
    ideal: histories.map(heardAtOnce),
    parents: await readParents(store),
    zone: settings.time_zone,
    currency: settings.reporting_currency,
  }
}
