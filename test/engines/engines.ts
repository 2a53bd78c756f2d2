/**
 * Engines for tests. A test file asks `freshStores(kind)` for a database of its own in each store; the engines behind it
 * are started once per run, at first use, by test/engines/global-setup.ts. Loop over `testEngineKinds` to run on all of them.
 */
import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import pg from 'pg'
import { inject } from 'vitest'
import { identifier, sql } from '../../src/kernel/sql.ts'
import { ClickHouseNode } from '../../src/stores/clickhouse.ts'
import type { ClickHouseAddress } from '../../src/stores/clickhouse.ts'
import type { FactEngine } from '../../src/stores/engines/engines.ts'
import type { WorkspaceAddress } from '../../src/stores/postgres.ts'
import { startTestEngines } from './start.ts'
import type { TestEngineKind } from './start.ts'
import { isRelease } from './size.ts'
import { makeTemporaryFolder } from './temporary.ts'

export { startTestEngines } from './start.ts'
export type { TestEngineKind } from './start.ts'

const allKinds: readonly TestEngineKind[] = ['private', 'url', 'cluster']

/** The kinds this run tests: all, unless BINNACLE_TEST_ENGINES names some ("private,cluster"). The run prints which. */
export const testEngineKinds: readonly TestEngineKind[] =
  process.env['BINNACLE_TEST_ENGINES'] === undefined ? allKinds : allKinds.filter((kind) => process.env['BINNACLE_TEST_ENGINES']?.split(',').includes(kind))

/**
 * One node and two shards, for what is a matter of how facts are laid out. A node that is addressed by URL answers as the
 * private one does; how it is found and signed in to is proved where all kinds are asked, everything else before a release.
 */
export const layoutKinds: readonly TestEngineKind[] = testEngineKinds.filter((kind) => kind !== 'url' || isRelease || !testEngineKinds.includes('private'))

export interface EngineAddresses {
  facts: ClickHouseAddress[]
  cluster: string | null
  workspace: WorkspaceAddress
}

export interface FreshStores {
  facts: FactEngine
  workspaceUrl: WorkspaceAddress
  /** Drops both databases and closes the connections. */
  close(): Promise<void>
}

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the run's engines are asked for; missing when a file runs without the global setup. */
    engineDesk?: string
  }
}

/** Asks the run's engine desk, which starts engines of that kind at the first question. Without it this process starts its own. */
async function readAddresses(kind: TestEngineKind): Promise<EngineAddresses> {
  const desk = inject('engineDesk')
  if (desk === undefined) {
    const own = await startTestEngines(kind)
    return { facts: own.facts.nodes.map((node) => node.address), cluster: own.facts.cluster, workspace: own.workspaceUrl }
  }
  const answer = await fetch(`${desk}/${kind}`)
  if (!answer.ok) throw new Error(`the engines of kind ${kind} did not start: ${await answer.text()}`)
  return (await answer.json()) as EngineAddresses
}

function inDatabase(address: WorkspaceAddress, database: string): WorkspaceAddress {
  if (address.connectionString === undefined) return { ...address, database }
  const url = new URL(address.connectionString)
  url.pathname = `/${database}`
  return { connectionString: url.href }
}

async function runInWorkspace(address: WorkspaceAddress, statement: string): Promise<void> {
  const client = new pg.Client(address)
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** A database of the caller's own in each store of that kind. */
export async function freshStores(kind: TestEngineKind): Promise<FreshStores> {
  const addresses = await readAddresses(kind)
  const database = `binnacle_${randomBytes(6).toString('hex')}`
  const nodes = addresses.facts.map((address) => new ClickHouseNode({ ...address, database }))
  await Promise.all([...nodes.map((node) => node.createDatabase()), runInWorkspace(addresses.workspace, `CREATE DATABASE ${database}`)])
  return {
    facts: { nodes, cluster: addresses.cluster },
    workspaceUrl: inDatabase(addresses.workspace, database),
    close: async () => {
      await Promise.all([
        ...nodes.map((node) => node.write(sql`DROP DATABASE IF EXISTS ${identifier(database)} SYNC`)),
        runInWorkspace(addresses.workspace, `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`),
      ])
      await Promise.all(nodes.map((node) => node.close()))
    },
  }
}

/** A temporary folder and the way to remove it. */
export function temporaryFolder(): { path: string; remove(): void } {
  const path = makeTemporaryFolder('binnacle-test-')
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}
