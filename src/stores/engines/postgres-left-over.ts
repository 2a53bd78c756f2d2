import { existsSync, readFileSync, readlinkSync, realpathSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { endProcess, identifyProcess } from './process-identity.ts'

/** A postmaster works in its data directory; a reused pid does not. */
function worksIn(pid: number, dataPath: string): boolean {
  try {
    if (process.platform === 'linux') return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(dataPath)
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes(dataPath)
  } catch {
    return false
  }
}

/** Stops the Postgres that an earlier run, killed together with its watcher, may have left on this data directory. */
export async function endLeftOverPostgres(dataPath: string): Promise<void> {
  const pidFile = join(dataPath, 'postmaster.pid')
  if (!existsSync(pidFile)) return
  const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10)
  const identity = Number.isSafeInteger(pid) && pid > 1 ? identifyProcess(pid) : null
  if (identity === null || !worksIn(pid, dataPath)) return
  await endProcess(identity, [
    { signal: 'SIGINT', waitMs: 5000 },
    { signal: 'SIGQUIT', waitMs: 2000 },
    { signal: 'SIGKILL', waitMs: 5000 },
  ])
}
