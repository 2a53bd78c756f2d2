import { boundStore } from '../facts/store.ts'
import type { FactStore } from '../facts/store.ts'
import { ownError } from '../kernel/errors.ts'
import type { Asker } from '../metrics/kit/asker.ts'
import type { Book } from '../metrics/kit/book.ts'
import type { AnswerCache } from './answer-cache.ts'
import { USUAL_SECONDS } from './lanes.ts'
import type { Lanes } from './lanes.ts'

/** How long an answer is waited for, and how much is asked. */
export interface Patience {
  /** Fires when nobody waits any more; who has none stays. */
  readonly signal?: AbortSignal | undefined
  readonly seconds?: number | undefined
  readonly size?: number | undefined
}

/** Who asks, and how long he waits. */
export interface Asking extends Patience {
  readonly asker: Asker
}

const NEVER = new AbortController().signal

/** Lets something be computed from the store in its turn, within its time, for as long as somebody wants it. */
export function compute<T>(
  lanes: Lanes,
  store: FactStore,
  work: (store: FactStore, signal: AbortSignal) => Promise<T>,
  { signal = NEVER, seconds = USUAL_SECONDS, size = 1 }: Patience,
): Promise<T> {
  return lanes.run((running) => work(boundStore(store, { signal: running, maxSeconds: seconds }), running), { signal, seconds, size })
}

/** The answer kept for the asker of the book, or computes it. An asker who joins a question with less time than their own has it computed again. */
export async function askKept<T>(
  cache: AnswerCache,
  question: string,
  lanes: Lanes,
  book: Book,
  work: (book: Book) => Promise<T>,
  patience: Patience,
): Promise<T> {
  const seconds = patience.seconds ?? USUAL_SECONDS
  let given = 0
  const read = (): Promise<T> =>
    cache.read(
      book.asker,
      question,
      (signal) => {
        given = seconds
        return compute(lanes, book.store, (store, running) => work({ ...book, store, signal: running }), { ...patience, signal })
      },
      patience.signal,
    )
  try {
    return await read()
  } catch (error) {
    if (ownError(error)?.code !== 'question_timeout' || given === seconds) throw error
    return read()
  }
}

const DAYS = { day: 1, week: 7, month: 30, quarter: 91, year: 365 }

/** How many values are asked for, roughly; values that cost more to compute are counted several times. */
export function sizeOf(
  asked: {
    from: string
    until: string
    grain?: keyof typeof DAYS | undefined
    by?: readonly string[] | undefined
    compare?: string | undefined
    interval?: boolean | undefined
  },
  metrics = 1,
): number {
  const days = (Date.parse(asked.until) - Date.parse(asked.from)) / 86_400_000
  const periods = asked.grain === undefined || !(days > 0) ? 1 : Math.ceil(days / DAYS[asked.grain])
  return metrics * periods * 20 ** (asked.by?.length ?? 0) * (asked.compare === undefined ? 1 : 2) * (asked.interval === true ? 5 : 1)
}
