import { setTimeout as pause } from 'node:timers/promises'
import { ownError } from '../kernel/errors.ts'

export interface KeepTrying {
  /** Does the work at once; what fails or is not finished then is done again. */
  now(): Promise<void>
  /** Does the work soon, and again until it is finished. */
  wake(): void
  /** Does something else, whose failure leaves work behind. */
  orLater<T>(other: () => Promise<T>): Promise<T>
  /** Ends it; resolves when nothing is under way. */
  close(): Promise<void>
}

interface Pauses {
  readonly firstMs: number
  /** Where trying again can help. */
  readonly longestMs: number
  /** Where somebody has to mend something first. */
  readonly longestAfterFaultMs: number
}

const USUAL: Pauses = { firstMs: 250, longestMs: 3000, longestAfterFaultMs: 120_000 }

/**
 * Work that is done again, after growing pauses, until it says that it is finished: an engine that was away comes back within
 * seconds, a full disk when somebody frees it. Does nothing until it is woken.
 */
export function keepTrying(work: () => Promise<boolean>, onFailure: (error: unknown) => void, pauses: Pauses = USUAL): KeepTrying {
  const closing = new AbortController()
  let wanted = false
  let running: Promise<void> | null = null

  const once = async (): Promise<'finished' | 'later' | 'fault'> => {
    try {
      return (await work()) ? 'finished' : 'later'
    } catch (error) {
      onFailure(error)
      return ownError(error)?.retry === true ? 'later' : 'fault'
    }
  }
  const run = async (): Promise<void> => {
    let ms = pauses.firstMs
    while (wanted && !closing.signal.aborted) {
      await pause(ms, undefined, { signal: closing.signal }).catch(() => undefined)
      if (closing.signal.aborted) return
      wanted = false
      const outcome = await once()
      if (outcome === 'finished') ms = pauses.firstMs
      else {
        wanted = true
        ms = Math.min(2 * ms, outcome === 'later' ? pauses.longestMs : pauses.longestAfterFaultMs)
      }
    }
  }
  const start = (): void => {
    running ??= run().finally(() => {
      running = null
      if (wanted && !closing.signal.aborted) start()
    })
  }
  const wake = (): void => {
    wanted = true
    start()
  }
  const orLater = async <T>(other: () => Promise<T>): Promise<T> => {
    try {
      return await other()
    } catch (error) {
      wake()
      throw error
    }
  }
  return {
    wake,
    orLater,
    async now() {
      if (!(await orLater(work))) wake()
    },
    async close() {
      closing.abort()
      await running
    },
  }
}
