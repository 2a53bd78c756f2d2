import { BinnacleError, ownError } from '../kernel/errors.ts'
import { Line } from '../kernel/line.ts'

/** Seconds of computing that a question has unless it asks for another number, and the most that it may ask for. */
export const USUAL_SECONDS = 10
export const MOST_SECONDS = 600

export interface LaneOptions {
  /** Fires when nobody wants the answer any more. */
  readonly signal: AbortSignal
  /** Seconds of computing; waiting does not count. */
  readonly seconds: number
  /** How much is asked for, roughly: of the questions that wait, small ones go first. */
  readonly size: number
}

/** Lets questions compute: small ones pass by heavy ones. */
export interface Lanes {
  run<T>(work: (signal: AbortSignal) => Promise<T>, options: LaneOptions): Promise<T>
}

interface Places {
  /** Questions that have just begun. */
  readonly quick: number
  /** Questions that have been computing for longer. */
  readonly heavy: number
  /** How long a question is one that has just begun. */
  readonly quickMs: number
  readonly longestWaitMs: number
}

/** As many places as a machine with so many cores has use for. */
export const placesFor = (cores: number): Places => ({
  quick: Math.max(4, cores),
  heavy: Math.max(2, Math.floor(cores / 2)),
  quickMs: 1000,
  longestWaitMs: 120_000,
})

const tooSlow = (seconds: number): BinnacleError =>
  new BinnacleError('question_timeout', `The question was not answered within ${seconds} s.`, {
    cure: `Ask for a shorter period, a coarser grain or fewer metrics, or give it more time: seconds=${Math.min(6 * seconds, MOST_SECONDS)}, ${MOST_SECONDS} at most.`,
    status: 504,
  })

const tooMany = (): BinnacleError =>
  new BinnacleError('too_many_questions', 'Too many heavy questions are being answered.', {
    cure: 'Try again in a moment, or ask for less at once.',
    retry: true,
    status: 503,
  })

async function limited<T>(work: (signal: AbortSignal) => Promise<T>, signal: AbortSignal, seconds: number): Promise<T> {
  const limit = AbortSignal.timeout(seconds * 1000)
  try {
    return await work(AbortSignal.any([signal, limit]))
  } catch (error) {
    const byLimit = (limit.aborted && !signal.aborted) || ownError(error)?.code === 'fact_store_timeout'
    throw byLimit ? tooSlow(seconds) : error
  }
}

/**
 * Nobody knows beforehand how heavy a question is. So each begins in a quick place, and one that is not done within a second
 * goes on in a heavy place; where none is free it is stopped, and begun again when one is. A quick place is free again within
 * about a second, whatever is asked, so a small question never waits for heavy ones.
 */
export function openLanes({ quick, heavy, quickMs, longestWaitMs }: Places): Lanes {
  const quickLine = new Line(quick)
  const heavyLine = new Line(heavy)

  const enter = async (line: Line, signal: AbortSignal, rank: number): Promise<() => void> => {
    const patience = AbortSignal.timeout(longestWaitMs)
    try {
      return await line.enter({ signal: AbortSignal.any([signal, patience]), rank })
    } catch (error) {
      throw patience.aborted && !signal.aborted ? tooMany() : error
    }
  }

  /** Null when it turned out to be heavy and no heavy place was free. */
  async function begin<T>(work: (signal: AbortSignal) => Promise<T>, { signal, seconds, size }: LaneOptions): Promise<{ answer: T } | null> {
    const leaveQuick = await enter(quickLine, signal, size)
    const stop = new AbortController()
    let leaveHeavy: (() => void) | null = null
    const timer = setTimeout(() => {
      leaveHeavy = heavyLine.tryEnter()
      if (leaveHeavy === null) stop.abort(new Error('heavy'))
      else leaveQuick()
    }, quickMs)
    try {
      return { answer: await limited(work, AbortSignal.any([signal, stop.signal]), seconds) }
    } catch (error) {
      if (signal.aborted || !stop.signal.aborted) throw error
      return null
    } finally {
      clearTimeout(timer)
      leaveQuick()
      ;(leaveHeavy as (() => void) | null)?.()
    }
  }

  return {
    async run(work, options) {
      const begun = await begin(work, options)
      if (begun !== null) return begun.answer
      const leave = await enter(heavyLine, options.signal, options.size)
      try {
        return await limited(work, options.signal, options.seconds)
      } finally {
        leave()
      }
    },
  }
}
