import { listen } from './listen.ts'
import { stillStarting, untilStopped, within } from './stopping.ts'

/** What answers requests, once it is open. */
interface Opened {
  fetch(request: Request): Response | Promise<Response>
  /** Waits for work under way. */
  close(): Promise<void>
  /** Gives the engines free. */
  release(): Promise<void>
}

interface Serving {
  /** The port that was asked for; the usual one, or any, where none was. */
  readonly port: number | undefined
  readonly log: { info(line: object, message: string): void; warn(line: object, message: string): void }
  /** Opens what answers, given the address at which it is asked. */
  readonly open: (address: string) => Promise<Opened>
}

export const DEFAULT_PORT = 4310

/** Requests and work under way get so long to end, and all together with the engines so long before they are left to themselves. */
const DRAIN_MS = 2500
const CLOSE_MS = 1500
const STOP_MS = 9000

/** Serves until SIGTERM or SIGINT, then drains and stops the engines: within ten seconds, whatever is under way. */
export async function serveUntilStopped({ port, log, open }: Serving): Promise<void> {
  const stopped = untilStopped(STOP_MS, () => log.warn({}, 'stopped by force; what was left half-way is finished at the next start'))
  let opened: Opened | null = null
  const listening = await listen((request) => opened?.fetch(request) ?? stillStarting(), { wanted: port, usual: DEFAULT_PORT })
  try {
    opened = await open(listening.address)
    try {
      await stopped
      log.info({}, 'stopping')
      await listening.drain(DRAIN_MS)
      await within(CLOSE_MS, opened.close())
    } finally {
      await opened.release()
    }
  } finally {
    await listening.drain(0)
  }
}
