import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { startPrivatePostgres } from '../../src/stores/engines/private-postgres.ts'
import { waitFor } from '../../src/stores/engines/process-identity.ts'
import { temporaryFolder } from '../engines/engines.ts'
import { processesIn } from './app-process.ts'

const start = (directory: string) => startPrivatePostgres({ directory, log: () => undefined })

async function ask(engine: Awaited<ReturnType<typeof start>>, statement: string): Promise<unknown[]> {
  const client = new pg.Client(engine.address)
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}

/** After a restart of the machine, or where nobody collects dead processes, the old number is somebody's. */
test.runIf(process.platform === 'linux')('Postgres starts although another program has the number of the one that was killed', async () => {
  const [folder, elsewhere] = [temporaryFolder(), temporaryFolder()]
  onTestFinished(() => [folder, elsewhere].forEach(({ remove }) => remove()))
  const pidFile = (directory: string): string => join(directory, 'data', 'postmaster.pid')
  const first = await start(folder.path)
  await ask(first, 'CREATE TABLE kept AS SELECT 7 AS n')
  const locks = [pidFile(folder.path), join(first.address.host ?? '', '.s.PGSQL.5432.lock')]
  const texts = locks.map((path) => readFileSync(path, 'utf8'))
  await first.close()
  expect(await waitFor(() => processesIn(folder.path).length === 0, 30_000)).toBe(true)

  const other = await start(elsewhere.path)
  const [number = ''] = readFileSync(pidFile(elsewhere.path), 'utf8').split('\n')
  mkdirSync(first.address.host ?? '', { mode: 0o700, recursive: true })
  for (const [i, path] of locks.entries()) writeFileSync(path, (texts[i] ?? '').replace(/^\d+/, number))
  const next = await start(folder.path)
  expect(await ask(next, 'SELECT n FROM kept')).toEqual([{ n: 7 }])
  expect(await ask(other, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  await Promise.all([next.close(), other.close()])
})
