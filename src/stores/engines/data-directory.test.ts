import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryFolder } from '../../../test/engines/engines.ts'
import { claimDataDirectory, readHolder } from './data-directory.ts'
import { identifyProcess } from './process-identity.ts'

let folder: ReturnType<typeof temporaryFolder>
let directory: string
beforeEach(() => {
  folder = temporaryFolder()
  directory = join(folder.path, 'data')
})
afterEach(() => folder.remove())

const writeLock = (lock: object): void => {
  mkdirSync(directory)
  writeFileSync(join(directory, 'lock'), JSON.stringify(lock))
}

test('a directory has one owner, who is named to the second', async () => {
  const first = await claimDataDirectory(directory)
  first.setAddress('http://127.0.0.1:4000')
  expect(readHolder(directory)).toEqual({ pid: process.pid, address: 'http://127.0.0.1:4000' })
  await expect(claimDataDirectory(directory)).rejects.toMatchObject({
    code: 'data_directory_in_use',
    message: expect.stringContaining(`process ${process.pid} and serves at http://127.0.0.1:4000`),
    details: { pid: process.pid, address: 'http://127.0.0.1:4000' },
  })
  first.release()
  expect(readHolder(directory)).toBeNull()
  const second = await claimDataDirectory(directory)
  first.release()
  expect(readHolder(directory)).toEqual({ pid: process.pid })
  second.release()
})

test('of many that claim at once one gets it', async () => {
  writeLock({ pid: 2 ** 22 + 1, started: '1', boot: 'another' })
  const claims = await Promise.allSettled(Array.from({ length: 20 }, () => claimDataDirectory(directory)))
  expect(claims.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test('a dead holder is succeeded', async () => {
  const holder = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  const identity = identifyProcess(holder.pid ?? 0)
  expect(identity).not.toBeNull()
  writeLock(identity ?? {})
  expect(readHolder(directory)).toEqual({ pid: holder.pid })
  await expect(claimDataDirectory(directory)).rejects.toMatchObject({ code: 'data_directory_in_use' })
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  expect(readHolder(directory)).toBeNull()
  await expect(claimDataDirectory(directory)).resolves.toMatchObject({ path: directory })
})

test.each([
  ['another process has its pid by now', { started: '1' }],
  ['the machine was started again', { boot: 'another' }],
])('a holder is dead when %s', async (_, changed) => {
  writeLock({ ...identifyProcess(process.pid), ...changed })
  expect(readHolder(directory)).toBeNull()
  await expect(claimDataDirectory(directory)).resolves.toMatchObject({ path: directory })
})

test('a lock that cannot be read belongs to nobody', async () => {
  mkdirSync(directory)
  writeFileSync(join(directory, 'lock'), '')
  await expect(claimDataDirectory(directory)).resolves.toMatchObject({ path: directory })
})

test('nobody else may look into it', async () => {
  const claimed = await claimDataDirectory(directory)
  claimed.secret('password')
  const modes = ['.', 'lock', 'secrets', 'secrets/password'].map((name) => (statSync(join(directory, name)).mode & 0o777).toString(8))
  expect(modes).toEqual(['700', '600', '700', '600'])
})

test('a secret is made once, and is another in another directory', async () => {
  const first = await claimDataDirectory(directory)
  const secret = first.secret('password')
  expect(secret).toMatch(/^[\w-]{32}$/)
  expect(first.secret('password')).toBe(secret)
  expect(first.secret('other')).not.toBe(secret)
  expect(readFileSync(join(directory, 'secrets', 'password'), 'utf8')).toBe(secret)
  first.release()
  rmSync(directory, { recursive: true })
  expect((await claimDataDirectory(directory)).secret('password')).not.toBe(secret)
})
