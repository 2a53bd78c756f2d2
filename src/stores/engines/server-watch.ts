import { withTimeout } from './supervisor.ts'
import type { EngineHealth } from './supervisor.ts'

const ASK_EVERY_MS = 2000
const ANSWER_WITHIN_MS = 5000

export interface ServerWatch {
  /** As it was last seen. */
  health(): EngineHealth
  close(): void
}

/** Asks a server that is not ours, every two seconds, whether it answers, so that whoever wants to know need not wait for it. */
export async function watchServer(kind: 'server' | 'cluster', ask: () => Promise<string>): Promise<ServerWatch> {
  let last: EngineHealth = { state: 'starting', since: new Date().toISOString(), kind, restarts: 0 }
  let asking = false
  const look = async (): Promise<void> => {
    if (asking) return
    asking = true
    let next: Pick<EngineHealth, 'state' | 'version' | 'detail'>
    try {
      next = { state: 'up', version: await withTimeout(ask(), ANSWER_WITHIN_MS) }
    } catch (error) {
      next = { state: 'down', detail: error instanceof Error ? error.message : String(error), version: last.version }
    }
    asking = false
    const since = next.state === last.state ? last.since : new Date().toISOString()
    last = { ...next, since, kind, restarts: 0 }
  }
  await look()
  const timer = setInterval(() => void look(), ASK_EVERY_MS).unref()
  return { health: () => ({ ...last }), close: () => clearInterval(timer) }
}
