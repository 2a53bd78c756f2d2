import { BinnacleError } from '../kernel/errors.ts'

interface Kept {
  readonly answer: Promise<unknown>
  /** Who waits for it; without end where somebody waits who never leaves. */
  askers: number
  settled: boolean
  readonly unwanted: AbortController
}

const gone = (): BinnacleError =>
  new BinnacleError('question_given_up', 'The question was given up.', { cure: 'Ask again if the answer is still wanted.', retry: true, status: 499 })

/**
 * Answers by question and state of the ledgers, so that nobody waits for a number that was computed before. A new state
 * has new keys; what is no longer asked for is dropped first. Questions under way are shared, and given up when the last who
 * asked has left.
 */
export class AnswerCache {
  readonly #most: number
  readonly #answers = new Map<string, Kept>()
  readonly #onDropped: (answer: Promise<unknown>) => void

  constructor(most: number, onDropped: (answer: Promise<unknown>) => void = () => undefined) {
    this.#most = most
    this.#onDropped = onDropped
  }

  /**
   * The answer kept under the key, or the one that `compute` makes. A failure is not kept. `asker` fires when who asked has
   * left; who has no such signal stays.
   */
  async read<T>(key: string, compute: (unwanted: AbortSignal) => Promise<T>, asker?: AbortSignal): Promise<T> {
    if (asker?.aborted === true) throw gone()
    const kept = this.#answers.get(key) ?? this.#begin(key, compute)
    this.#answers.delete(key)
    this.#answers.set(key, kept)
    this.#dropOldest()
    const answer = kept.answer as Promise<T>
    if (kept.settled) return answer
    if (asker === undefined) {
      kept.askers = Infinity
      return answer
    }
    kept.askers++
    return new Promise<T>((resolve, reject) => {
      const leave = (): void => {
        reject(gone())
        if (--kept.askers > 0 || kept.settled) return
        this.#forget(key, kept)
        kept.unwanted.abort(gone())
      }
      asker.addEventListener('abort', leave, { once: true })
      answer.then(resolve, reject).finally(() => asker.removeEventListener('abort', leave))
    })
  }

  #begin(key: string, compute: (unwanted: AbortSignal) => Promise<unknown>): Kept {
    const unwanted = new AbortController()
    const kept: Kept = { answer: compute(unwanted.signal), askers: 0, settled: false, unwanted }
    kept.answer.then(
      () => (kept.settled = true),
      () => {
        kept.settled = true
        this.#forget(key, kept)
      },
    )
    return kept
  }

  #forget(key: string, kept: Kept): void {
    if (this.#answers.get(key) === kept) this.#answers.delete(key)
  }

  #dropOldest(): void {
    const [oldest] = this.#answers
    if (this.#answers.size <= this.#most || oldest === undefined) return
    this.#answers.delete(oldest[0])
    this.#onDropped(oldest[1].answer)
  }
}
