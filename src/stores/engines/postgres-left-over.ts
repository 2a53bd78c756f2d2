import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, readlinkSync, realpathSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { endProcess, identifyProcess, signalProcess, waitFor } from './process-identity.ts'
import type { ProcessIdentity } from './process-identity.ts'

function workingDirectory(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return null
  }
}

/** The postmaster, its watcher and its backends all work in the data directory, whatever they call themselves. */
function processesOf(dataPath: string): ProcessIdentity[] {
  if (process.platform !== 'linux') return []
  const path = realpathSync(dataPath)
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && workingDirectory(Number(name)) === path)
    .map((name) => identifyProcess(Number(name)))
    .filter((identity) => identity !== null)
}

/** The postmaster that the pid file names, unless that pid is another program's by now. */
function findPostmaster(dataPath: string): ProcessIdentity | null {
  const pidFile = join(dataPath, 'postmaster.pid')
  if (!existsSync(pidFile)) return null
  const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10)
  if (!Number.isSafeInteger(pid) || pid < 2) return null
  if (process.platform === 'linux') return workingDirectory(pid) === realpathSync(dataPath) ? identifyProcess(pid) : null
  try {
    const command = execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
    return command.includes(dataPath) ? identifyProcess(pid) : null
  } catch {
    return null
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const pidIn = (path: string): number => (existsSync(path) ? Number.parseInt(readFileSync(path, 'utf8'), 10) : NaN)

/**
 * Takes a lock file away whose number belongs to another program by now, or to a dead process that nobody collected:
 * Postgres takes either for the server that wrote it. A server that starts in this very moment gets its file back.
 */
function removeMistakenLock(path: string, dataPath: string): void {
  const pid = pidIn(path)
  if (!Number.isSafeInteger(pid) || pid < 2 || !exists(pid) || workingDirectory(pid) === realpathSync(dataPath)) return
  const aside = `${path}.mistaken`
  renameSync(path, aside)
  if (pidIn(aside) === pid) rmSync(aside)
  else renameSync(aside, path)
}

/**
 * Stops the Postgres that an earlier run, killed together with its watcher, left on this data directory, and whatever
 * outlived its postmaster: a backend that was stopped keeps the shared memory, and a new postmaster would refuse to start.
 */
export async function endLeftOverPostgres(dataPath: string, socketLock: string): Promise<void> {
  const leftOver = processesOf(dataPath)
  for (const { pid } of leftOver) signalProcess(pid, 'SIGCONT')
  const postmaster = findPostmaster(dataPath)
  if (postmaster !== null) {
    await endProcess(postmaster, [
      { signal: 'SIGINT', waitMs: 5000 },
      { signal: 'SIGQUIT', waitMs: 2000 },
      { signal: 'SIGKILL', waitMs: 5000 },
    ])
  }
  const isEmpty = (): boolean => processesOf(dataPath).length === 0
  if (!(await waitFor(isEmpty, 1000))) {
    for (const { pid } of processesOf(dataPath)) signalProcess(pid, 'SIGKILL')
    if (!(await waitFor(isEmpty, 5000))) return
  }
  // On other systems than Linux nothing tells which processes work in the directory.
  if (process.platform === 'linux') for (const lock of [join(dataPath, 'postmaster.pid'), socketLock]) removeMistakenLock(lock, dataPath)
}
