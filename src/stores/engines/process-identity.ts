import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Names one run of one process: a pid alone is reused, after a restart of the machine even at once. */
export interface ProcessIdentity {
  pid: number
  started: string
  boot: string
}

const readText = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

const run = (command: string, args: string[]): string => {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return ''
  }
}

const bootIdentity = (): string =>
  process.platform === 'linux' ? (readText('/proc/sys/kernel/random/boot_id') ?? '').trim() : run('sysctl', ['-n', 'kern.boottime'])

/** When the process began, in the words of the operating system; null when no such process runs. */
function processStart(pid: number): string | null {
  if (process.platform !== 'linux') return run('ps', ['-o', 'lstart=', '-p', String(pid)]) || null
  const stat = readText(`/proc/${pid}/stat`)
  if (stat === null) return null
  // The command name may hold spaces and parentheses, so fields are counted from the last ")": state is 3, start time 22.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (fields[0] === 'Z' || fields[0] === 'X') return null
  return fields[19] ?? null
}

/** The identity of a running process, null when it does not run. */
export function identifyProcess(pid: number): ProcessIdentity | null {
  const started = processStart(pid)
  return started === null ? null : { pid, started, boot: bootIdentity() }
}

export function isAlive(identity: ProcessIdentity): boolean {
  return identity.boot === bootIdentity() && processStart(identity.pid) === identity.started
}

/** Sends a signal; a process that is gone already is not an error. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Waits until `condition` holds, looking every 20 ms; false when `milliseconds` pass first. */
export async function waitFor(condition: () => boolean | Promise<boolean>, milliseconds: number): Promise<boolean> {
  const deadline = performance.now() + milliseconds
  for (;;) {
    if (await condition()) return true
    if (performance.now() > deadline) return false
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Ends a process left behind by an earlier run: the signals in turn, each given its time. */
export async function endProcess(identity: ProcessIdentity, steps: readonly { signal: NodeJS.Signals; waitMs: number }[]): Promise<boolean> {
  for (const { signal, waitMs } of steps) {
    if (!isAlive(identity)) return true
    signalProcess(identity.pid, signal)
    // A stopped process keeps any signal but SIGKILL pending until it is continued.
    if (signal !== 'SIGKILL') signalProcess(identity.pid, 'SIGCONT')
    if (await waitFor(() => !isAlive(identity), waitMs)) return true
  }
  return !isAlive(identity)
}
