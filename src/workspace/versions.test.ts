import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshStores } from '../../test/engines/engines.ts'
import type { FreshStores } from '../../test/engines/engines.ts'
import { systemClock } from '../kernel/clock.ts'
import { openWorkspacePool } from '../stores/postgres.ts'
import type { WorkspaceAddress } from '../stores/postgres.ts'
import { healthVersion } from '../stores/schema/health-versions.ts'
import { northStarVersion } from '../stores/schema/north-star-versions.ts'
import { openWorkspace } from '../stores/workspace.ts'
import type { Workspace } from '../stores/workspace.ts'
import { versionsByIdIn, versionsIn } from './versions.ts'
import type { Versions } from './versions.ts'

const MIGRATIONS = 'src/stores/migrations/workspace'

/** Brings a workspace to the schema it had before a migration. */
async function migrateUntil(address: WorkspaceAddress, tag: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'migrations-'))
  cpSync(MIGRATIONS, folder, { recursive: true })
  const file = join(folder, 'meta/_journal.json')
  const journal = JSON.parse(readFileSync(file, 'utf8')) as { entries: { tag: string }[] }
  const before = journal.entries.findIndex((entry) => entry.tag === tag)
  expect(before).toBeGreaterThan(0)
  writeFileSync(file, JSON.stringify({ ...journal, entries: journal.entries.slice(0, before) }))
  const pool = openWorkspacePool(address, { max: 1, statementMs: 0 })
  await migrate(drizzle(pool), { migrationsFolder: folder })
  await pool.end()
  rmSync(folder, { recursive: true })
}

async function run(address: WorkspaceAddress, statement: string): Promise<void> {
  const pool = openWorkspacePool(address, { max: 1, statementMs: 0 })
  await pool.query(statement)
  await pool.end()
}

describe('versions of what a team defines', () => {
  let stores: FreshStores
  let workspace: Workspace
  let versions: Versions
  beforeAll(async () => {
    stores = await freshStores('private')
    await migrateUntil(stores.workspaceUrl, '0006_north_star_versions')
    await run(
      stores.workspaceUrl,
      `INSERT INTO setting_version (key, value, changed_at) VALUES ('north_star', 'first', '2024-01-01T10:00:00Z'),
         ('time_zone', 'Europe/Berlin', '2024-01-02T10:00:00Z'), ('north_star', 'second', '2024-02-01T10:00:00Z')`,
    )
    workspace = await openWorkspace(stores.workspaceUrl, systemClock)
    versions = versionsIn(workspace.db, northStarVersion)
  })
  afterAll(async () => {
    await workspace.close()
    await stores.close()
  })

  test('begin with what stood in the setting, which is a setting no more', async () => {
    expect(await versions.readAll()).toEqual([
      { version: 1, definition: 'first', made_at: '2024-01-01T10:00:00.000Z', made_by: null },
      { version: 2, definition: 'second', made_at: '2024-02-01T10:00:00.000Z', made_by: null },
    ])
    const { rows } = await workspace.pool.query<{ key: string }>('SELECT key FROM setting_version')
    expect(rows.map(({ key }) => key)).toEqual(['time_zone'])
  })

  test('grow by what is said anew, and never twice by the same', async () => {
    const third = { definition: 'third', made_at: '2024-03-01T10:00:00.000Z', made_by: 'Jo' }
    expect(await versions.append(third)).toEqual({ version: 3, ...third })
    expect(await versions.append({ ...third, made_at: '2024-03-02T10:00:00.000Z', made_by: null })).toEqual({ version: 3, ...third })
    expect(await versions.append({ ...third, definition: 'second' })).toMatchObject({ version: 4, definition: 'second' })
    expect((await versions.readAll()).map(({ definition }) => definition)).toEqual(['first', 'second', 'third', 'second'])
    expect(await versions.readInForce()).toMatchObject({ version: 4 })
  })

  test('say which one was in force on an instant', async () => {
    const at = async (instant: string) => (await versions.readAt(instant))?.version ?? null
    expect(await Promise.all(['2023-12-31T00:00:00Z', '2024-01-01T10:00:00Z', '2024-02-29T00:00:00Z', '2024-12-01T00:00:00Z'].map(at))).toEqual([null, 1, 2, 4])
  })

  test('of several things are counted apart, each with its reason', async () => {
    const many = versionsByIdIn(workspace.db, healthVersion)
    const make = (id: string, definition: string, made_at: string) => many.append({ id, definition, made_at, made_by: null, reason: `${definition} of ${id}` })
    await make('a', 'first', '2024-01-01T10:00:00.000Z')
    await make('b', 'first', '2024-01-02T10:00:00.000Z')
    expect(await make('a', 'second', '2024-02-01T10:00:00.000Z')).toMatchObject({ version: 2, reason: 'second of a' })
    expect(await make('a', 'second', '2024-03-01T10:00:00.000Z')).toMatchObject({ version: 2, made_at: '2024-02-01T10:00:00.000Z' })
    const told = (versions: readonly { id: string; version: number }[]) => versions.map(({ id, version }) => `${id}${version}`)
    const at = async (instant: string) => told(await many.readAllAt(instant))
    expect(told(await many.readAllInForce())).toEqual(['a2', 'b1'])
    expect([await at('2024-01-15T00:00:00Z'), await at('2024-01-01T12:00:00Z')]).toEqual([['a1', 'b1'], ['a1']])
    expect((await many.readAll('a')).map(({ definition }) => definition)).toEqual(['first', 'second'])
    expect(await many.readInForce('c')).toBeNull()
  })

  test('that two make at once are two or one of them is told to look again', async () => {
    const append = (definition: string) =>
      versions.append({ definition, made_at: '2024-05-01T10:00:00.000Z', made_by: null }).then(
        ({ version }) => version,
        (error: { code: string }) => error.code,
      )
    const saved = await Promise.all(['a', 'b', 'c', 'd'].map(append))
    const numbers = saved.filter((one) => typeof one === 'number')
    expect(new Set(numbers).size).toBe(numbers.length)
    expect(saved.filter((one) => typeof one === 'string' && one !== 'changed_meanwhile')).toEqual([])
    expect((await versions.readAll()).map(({ version }) => version)).toEqual(Array.from({ length: 4 + numbers.length }, (_, i) => i + 1))
  })
})
