import { BinnacleError } from '../kernel/errors.ts'

/** Says so to whoever asks before the stores are open. */
export const stillStarting = (): Response => {
  const { code, message, cure, retry } = new BinnacleError('starting', 'The server is starting its engines.', { cure: 'Try again in a moment.', retry: true })
  return Response.json({ error: { code, message, cure, retry, details: {} } }, { status: 503, headers: { 'retry-after': '1', 'cache-control': 'no-store' } })
}

/** Gives work so long to end. What is left is taken up again at the next start. */
export const within = (ms: number, work: Promise<unknown>): Promise<unknown> => {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise((resolve) => (timer = setTimeout(resolve, ms)))
  return Promise.race([work, limit]).finally(() => clearTimeout(timer))
}

/**
 * Resolves at the first SIGTERM, SIGINT or SIGHUP. From then on the process ends in order, or after so long by force,
 * whatever hangs: its engines end by themselves when it is gone, and lose nothing.
 */
export function untilStopped(forceAfterMs: number, onForce: () => void): Promise<void> {
  return new Promise((stop) => {
    let stopping = false
    const begin = (): void => {
      if (stopping) return
      stopping = true
      setTimeout(() => {
        onForce()
        process.exit(0)
      }, forceAfterMs).unref()
      stop()
    }
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, begin)
  })
}
