import { randomBytes } from 'node:crypto'
import { chmodSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { isMainThread } from 'node:worker_threads'
import { BinnacleError } from '../../kernel/errors.ts'
import { identifyProcess, isAlive } from './process-identity.ts'
import type { ProcessIdentity } from './process-identity.ts'
import { explainPlace, inThePlaceOf } from './unusable.ts'

/** BINNACLE_DATA, else a folder among the user's own data (https://specifications.freedesktop.org/basedir-spec/). */
export function defaultDataDirectory(env: NodeJS.ProcessEnv): string {
  if (env.BINNACLE_DATA) return resolve(env.BINNACLE_DATA)
  return join(env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'binnacle')
}

/** A directory that this process alone may use until it releases it. */
export interface DataDirectory {
  readonly path: string
  /** Tells other processes of this machine (the command line) where the owner serves. */
  setAddress(url: string): void
  /** A random secret of the given name, made at first use, kept with mode 0600. */
  secret(name: string): string
  release(): void
}

interface LockFile extends ProcessIdentity {
  address?: string
}

const lockPath = (directory: string): string => join(directory, 'lock')

function readLock(path: string): LockFile | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as LockFile
  } catch {
    return null
  }
}

const sameRun = (a: LockFile | null, b: LockFile | null): boolean => a !== null && b !== null && a.pid === b.pid && a.started === b.started && a.boot === b.boot

/** Writes the whole file beside its place first, so that nobody ever reads half of it. */
function writePrivately(path: string, text: string, place: (from: string, to: string) => void): void {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  writeFileSync(draft, text, { mode: 0o600, flag: 'wx' })
  try {
    place(draft, path)
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Creates the lock unless there is one: `link` fails where `rename` would replace. */
function createLock(path: string, lock: LockFile): boolean {
  try {
    writePrivately(path, JSON.stringify(lock), linkSync)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Takes a dead holder's lock away. Of two that try at once the slower may move the quicker one's new lock, and puts it back. */
function removeDeadLock(path: string, dead: LockFile | null): void {
  const now = readLock(path)
  if (now !== null && !sameRun(now, dead)) return
  const aside = `${path}.dead.${process.pid}`
  try {
    renameSync(path, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  const moved = readLock(aside)
  if (moved !== null && !sameRun(moved, dead) && isAlive(moved)) createLock(path, moved)
  rmSync(aside, { force: true })
}

function refuseHeld(directory: string, holder: LockFile): never {
  const where = holder.address === undefined ? '' : ` and serves at ${holder.address}`
  throw new BinnacleError('data_directory_in_use', `The data directory ${directory} is in use by process ${holder.pid}${where}.`, {
    cure: 'Use the one that runs, stop it, or start this one with another data directory.',
    status: 409,
    details: { directory, pid: holder.pid, address: holder.address ?? null },
  })
}

async function takeLock(directory: string, lock: string, mine: LockFile): Promise<void> {
  if (statSync(lock, { throwIfNoEntry: false })?.isFile() === false) throw inThePlaceOf(directory, lock, 'a file')
  let succeeds = false
  for (let attempt = 0; !createLock(lock, mine); attempt++) {
    const holder = readLock(lock)
    if (holder !== null && isAlive(holder)) refuseHeld(directory, holder)
    if (attempt === 5) throw inThePlaceOf(directory, lock, 'a file that can be read or replaced')
    removeDeadLock(lock, holder)
    succeeds = true
  }
  if (!succeeds) return
  // Whoever else saw the dead holder has acted by now, so what stands here stays.
  await pause(50)
  const holder = readLock(lock)
  if (!sameRun(holder, mine)) refuseHeld(directory, holder ?? mine)
}

function readOrMakeSecret(directory: string, name: string): string {
  const path = join(directory, 'secrets', name)
  mkdirSync(join(directory, 'secrets'), { recursive: true, mode: 0o700 })
  const made = randomBytes(24).toString('base64url')
  try {
    writePrivately(path, made, linkSync)
    return made
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return readFileSync(path, 'utf8')
    throw error
  }
}

/**
 * Makes the directory (mode 0700) if it is missing and claims it for this process.
 * Throws `data_directory_in_use` at once while another process that is alive holds it; a dead holder's claim is taken over.
 */
export async function claimDataDirectory(directory: string): Promise<DataDirectory> {
  const path = resolve(directory)
  try {
    return await claim(path)
  } catch (error) {
    throw explainPlace(error, path)
  }
}

async function claim(path: string): Promise<DataDirectory> {
  if (isMainThread) process.umask(0o077)
  mkdirSync(path, { recursive: true, mode: 0o700 })
  chmodSync(path, 0o700)
  const self = identifyProcess(process.pid)
  if (self === null) throw new Error('this process cannot see itself in the process table')
  const lock = lockPath(path)
  const mine: LockFile = { pid: self.pid, started: self.started, boot: self.boot }
  await takeLock(path, lock, mine)
  let released = false
  return {
    path,
    setAddress: (address) => {
      writePrivately(lock, JSON.stringify({ ...mine, address }), renameSync)
    },
    secret: (name) => readOrMakeSecret(path, name),
    release: () => {
      if (!released && sameRun(readLock(lock), mine)) rmSync(lock, { force: true })
      released = true
    },
  }
}

/** Who holds the directory now: null when nobody that is alive does. */
export function readHolder(directory: string): { pid: number; address?: string } | null {
  const holder = readLock(lockPath(resolve(directory)))
  if (holder === null || !isAlive(holder)) return null
  return holder.address === undefined ? { pid: holder.pid } : { pid: holder.pid, address: holder.address }
}
