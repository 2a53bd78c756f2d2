import { spawn } from 'node:child_process'
import { readFileSync, readdirSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../bin/sources.mjs'
import { signalProcess } from '../../src/stores/engines/process-identity.ts'

/** The processes of this machine that work in or below a folder, by their working directory. */
export function processesIn(path: string): { pid: number; command: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        if (!readlinkSync(`/proc/${pid}/cwd`).startsWith(path) || /^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) return []
        return [{ pid: Number(pid), command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').slice(0, 80) }]
      } catch {
        return []
      }
    })
}

/** `binnacle start` as a process of its own, from its first instruction on. */
export interface AppProcess {
  readonly pid: number
  /** Where it serves; rejects when it ends before it does. */
  readonly address: Promise<string>
  readonly ended: Promise<number | null>
  readonly killed: boolean
  /** SIGKILL to the app; with `engines`, also to all that runs in the data directory, as when a machine loses its power. */
  kill(engines: boolean): void
  /** SIGTERM. */
  stop(): Promise<number | null>
}

export function startApp(dataDirectory: string): AppProcess {
  const { CLICKHOUSE_URL: _facts, DATABASE_URL: _workspace, ...env } = process.env
  const child = spawn(process.execPath, [join(root, 'bin/binnacle.mjs'), 'start', '--port', '0'], {
    env: { ...env, BINNACLE_DATA: dataDirectory, BINNACLE_LOG: 'warn' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [said, complained, killed] = ['', '', false]
  child.stderr.on('data', (chunk: Buffer) => (complained += chunk.toString()))
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const address = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0]
      if (found !== undefined) resolve(found)
    })
    void ended.then((code) => reject(new Error(`the app ended with ${code}: ${complained}`)))
  })
  // Whoever kills it while it starts does not wait for its address.
  address.catch(() => undefined)
  return {
    pid: child.pid ?? 0,
    address,
    ended,
    get killed() {
      return killed
    },
    kill(engines) {
      killed = true
      const others = engines ? processesIn(dataDirectory).map(({ pid }) => pid) : []
      for (const pid of [child.pid ?? 0, ...others]) signalProcess(pid, 'SIGKILL')
    },
    stop() {
      child.kill('SIGTERM')
      return ended
    },
  }
}
