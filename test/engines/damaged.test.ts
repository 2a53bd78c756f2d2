import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fixedClock } from '../../src/kernel/clock.ts'
import { claimDataDirectory } from '../../src/stores/engines/data-directory.ts'
import { startPrivatePostgres } from '../../src/stores/engines/private-postgres.ts'
import { openWorkspace } from '../../src/stores/workspace.ts'
import { temporaryFolder } from './engines.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => (folder = temporaryFolder()))
afterEach(() => folder.remove())

const silent = (): void => undefined
const start = async (): Promise<void> => {
  const engine = await startPrivatePostgres({ directory: join(folder.path, 'postgres'), log: silent })
  try {
    await (await openWorkspace(engine.address, fixedClock('2024-01-01T00:00:00Z'))).close()
  } finally {
    await engine.close()
  }
}

test.each([
  ['the lock is a folder', (data: string) => mkdirSync(join(data, 'lock'), { recursive: true }), /lock is not a file/],
  ['it is a file itself', (data: string) => writeFileSync(data, ''), /cannot be used/],
  [
    'it lies in a file',
    (data: string) => (mkdirSync(dirname(data), { recursive: true }), rmSync(dirname(data), { recursive: true }), writeFileSync(dirname(data), '')),
    /cannot be used/,
  ],
])('a data directory where %s is refused in words', async (_, spoil, says) => {
  const data = join(folder.path, 'in', 'data')
  mkdirSync(dirname(data), { recursive: true })
  spoil(data)
  const refused = claimDataDirectory(data)
  await expect(refused).rejects.toMatchObject({ code: 'data_directory_unusable', message: expect.stringMatching(says), cure: expect.stringMatching(/\S/) })
})

/** The largest files of the workspace's own database: of these some hold the catalog, without which nothing can be asked. */
const filesOf = (data: string): string[] =>
  readdirSync(join(data, 'base'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /^\d+$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => statSync(path).size > 0)

test.each([
  ['the file that names its version is gone', (data: string) => rmSync(join(data, 'PG_VERSION')), /^workspace_damaged$/],
  ['its control file is empty', (data: string) => writeFileSync(join(data, 'global', 'pg_control'), ''), /^(?:workspace_damaged|engine_start_failed)$/],
  [
    'its tables are overwritten',
    (data: string) => filesOf(data).forEach((path) => writeFileSync(path, Buffer.alloc(readFileSync(path).length, 0xa5))),
    /^(?:workspace_damaged|engine_start_failed)$/,
  ],
])('a Postgres of which %s ends the start with a sentence and a cure', async (_, spoil, code) => {
  await start()
  spoil(join(folder.path, 'postgres', 'data'))
  await expect(start()).rejects.toMatchObject({ name: 'BinnacleError', code: expect.stringMatching(code), cure: expect.stringMatching(/\S/) })
})
