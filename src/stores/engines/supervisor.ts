import type { ChildProcess } from 'node:child_process'
import { BinnacleError } from '../../kernel/errors.ts'
import { signalProcess } from './process-identity.ts'

export interface EngineHealth {
  state: 'up' | 'starting' | 'down'
  version?: string
  detail?: string
  /** When the state last changed, ISO 8601. */
  since: string
  kind: 'private' | 'server' | 'cluster'
  /** How often a private engine had to be started again. */
  restarts: number
}

/** What a supervisor needs to know of an engine. */
export interface SupervisedEngine {
  readonly name: string
  /** Starts the process; whatever an earlier one left behind is cleared away first. */
  spawn(): Promise<ChildProcess>
  /** The version of the engine; throws while it does not answer. */
  ping(): Promise<string>
  /** Asks the engine to end; the supervisor waits for the end itself. */
  requestStop(child: ChildProcess): Promise<void>
}

export interface SupervisorTimes {
  /** How long a start may take before it counts as failed. */
  startMs: number
  pingEveryMs: number
  pingTimeoutMs: number
  /** So many unanswered pings in a row and the process is replaced. */
  missedPings: number
  stopMs: number
}

export const usualTimes: SupervisorTimes = {
  startMs: 60_000,
  pingEveryMs: 1000,
  pingTimeoutMs: 3000,
  missedPings: 5,
  stopMs: 8000,
}

export type Log = (line: object) => void

interface Run {
  child: ChildProcess
  ended: Promise<void>
  hasEnded: boolean
  /** The last that the process said on stderr. */
  tail: string
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** The result of the work, or an error when the work takes longer than it may. */
export async function withTimeout<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  try {
    return await Promise.race([
      work,
      new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms)
      }),
    ])
  } finally {
    clearTimeout(timer)
  }
}

/** Keeps one engine process running: starts it, asks every second whether it answers, replaces it when it died or hangs. */
export class Supervisor {
  readonly #engine: SupervisedEngine
  readonly #log: Log
  readonly #times: SupervisorTimes
  #run: Run | null = null
  #health: EngineHealth
  #closing = false
  #wake: () => void = () => undefined
  #loop: Promise<void> = Promise.resolve()

  constructor(engine: SupervisedEngine, log: Log, times: SupervisorTimes = usualTimes) {
    this.#engine = engine
    this.#log = log
    this.#times = times
    this.#health = { state: 'starting', since: new Date().toISOString(), kind: 'private', restarts: 0 }
  }

  get pid(): number | undefined {
    return this.#run?.hasEnded === false ? this.#run.child.pid : undefined
  }

  health(): EngineHealth {
    return { ...this.#health }
  }

  /** Resolves when the engine answers, then goes on watching it. */
  async start(): Promise<void> {
    await this.#startOnce()
    this.#loop = this.#watch()
  }

  async close(): Promise<void> {
    this.#closing = true
    this.#wake()
    await this.#loop
    if (this.#run !== null) await this.#stop(this.#run)
    this.#set('down', 'closed')
  }

  #set(state: EngineHealth['state'], detail?: string, version?: string): void {
    const before = this.#health
    const since = before.state === state ? before.since : new Date().toISOString()
    this.#health = { ...before, state, since, detail, version: version ?? before.version }
    if (before.state !== state) this.#log({ level: state === 'down' ? 'warn' : 'info', engine: this.#engine.name, state, detail })
  }

  async #startOnce(): Promise<void> {
    this.#set('starting', this.#health.detail)
    const run = this.#follow(await this.#engine.spawn())
    const deadline = performance.now() + this.#times.startMs
    let last = ''
    while (!run.hasEnded && performance.now() < deadline && !this.#closing) {
      try {
        const version = await withTimeout(this.#engine.ping(), this.#times.pingTimeoutMs)
        if (run.hasEnded) break
        this.#set('up', undefined, version)
        return
      } catch (error) {
        last = error instanceof Error ? error.message : String(error)
        if (error instanceof BinnacleError && !error.retry) {
          await this.#kill(run)
          throw error
        }
        await Promise.race([pause(25), run.ended])
      }
    }
    const said = run.tail.trim()
    await this.#kill(run)
    throw new BinnacleError('engine_start_failed', `The private ${this.#engine.name} did not start: ${said === '' ? last : said}`, {
      cure: 'Read what the engine said above; its data directory must be whole, writable and not full.',
      retry: true,
      status: 503,
    })
  }

  #follow(child: ChildProcess): Run {
    const run: Run = { child, hasEnded: false, tail: '', ended: Promise.resolve() }
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      run.tail = (run.tail + text).slice(-4000)
    })
    child.stdin?.on('error', () => undefined)
    run.ended = new Promise((resolve) => {
      const end = (detail: string): void => {
        if (run.hasEnded) return
        run.hasEnded = true
        child.stdin?.destroy()
        if (this.#run === run && !this.#closing) this.#set('down', detail)
        this.#wake()
        resolve()
      }
      child.on('error', (error) => end(error.message))
      child.on('exit', (code, signal) => end(`the process ended with ${signal ?? `code ${code}`}`))
    })
    this.#run = run
    return run
  }

  async #watch(): Promise<void> {
    let missed = 0
    let failures = 0
    while (!this.#closing) {
      const run = this.#run
      if (run === null || run.hasEnded || missed >= this.#times.missedPings) {
        missed = 0
        failures = (await this.#restart(run)) ? 0 : failures + 1
        if (failures > 0) await this.#sleep(Math.min(100 * 2 ** failures, 10_000))
        continue
      }
      await this.#sleep(this.#times.pingEveryMs)
      if (this.#closing || run.hasEnded) continue
      missed = (await this.#answers()) ? 0 : missed + 1
    }
  }

  async #answers(): Promise<boolean> {
    try {
      this.#set('up', undefined, await withTimeout(this.#engine.ping(), this.#times.pingTimeoutMs))
      return true
    } catch (error) {
      if (!this.#closing) this.#set('down', error instanceof Error ? error.message : String(error))
      return false
    }
  }

  async #restart(run: Run | null): Promise<boolean> {
    if (run !== null) {
      this.#log({ level: 'warn', engine: this.#engine.name, message: 'starting the engine again', said: run.tail.trim().slice(-500) })
      await this.#kill(run)
    }
    this.#health = { ...this.#health, restarts: this.#health.restarts + 1 }
    try {
      await this.#startOnce()
      return true
    } catch (error) {
      this.#set('down', error instanceof Error ? error.message : String(error))
      return false
    }
  }

  /** Sleeps, but no longer than until the process ends or the supervisor closes. */
  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  async #stop(run: Run): Promise<void> {
    if (run.hasEnded) return
    try {
      await withTimeout(this.#engine.requestStop(run.child), this.#times.stopMs / 2)
      await withTimeout(run.ended, this.#times.stopMs / 2)
    } catch {
      await this.#kill(run)
    }
  }

  /** The process leads a group of its own, so that what it started ends with it. */
  async #kill(run: Run): Promise<void> {
    if (run.child.pid !== undefined && !run.hasEnded) signalProcess(-run.child.pid, 'SIGKILL')
    await run.ended
  }
}
