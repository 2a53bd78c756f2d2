import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, readlinkSync, realpathSync } from 'node:fs'
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

/**
 * Stops the Postgres that an earlier run, killed together with its watcher, left on this data directory, and whatever
 * outlived its postmaster: a backend that was stopped keeps the shared memory, and a new postmaster would refuse to start.
 */
export async function endLeftOverPostgres(dataPath: string): Promise<void> {
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
  if (await waitFor(() => processesOf(dataPath).length === 0, 1000)) return
  for (const { pid } of processesOf(dataPath)) signalProcess(pid, 'SIGKILL')
  await waitFor(() => processesOf(dataPath).length === 0, 5000)
}
