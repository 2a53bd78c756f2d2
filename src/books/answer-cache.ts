import { BinnacleError } from '../kernel/errors.ts'
import { scopeKey } from '../metrics/kit/asker.ts'
import type { Asker } from '../metrics/kit/asker.ts'

interface Kept {
  readonly answer: Promise<unknown>
  /** How many askers wait for the answer; Infinity where one of them never leaves. */
  waiting: number
  settled: boolean
  readonly unwanted: AbortController
}

const gone = (): BinnacleError =>
  new BinnacleError('question_given_up', 'The question was given up.', { cure: 'Ask again if the answer is still wanted.', retry: true, status: 499 })

/**
 * Answers by who asks, the question and the state of the ledgers, so that nobody waits for a number that was computed before.
 * A new state has new keys; what is no longer asked for is dropped first. Questions under way are shared among those who may
 * be told of the same accounts, and given up when the last who asked has left.
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
   * The answer kept for the asker under the key, or the one that `compute` makes. A failure is not kept. `left` fires when who
   * asked has left; who has no such signal stays.
   */
  async read<T>(asker: Asker, question: string, compute: (unwanted: AbortSignal) => Promise<T>, left?: AbortSignal): Promise<T> {
    if (left?.aborted === true) throw gone()
    const key = `${scopeKey(asker)} ${question}`
    const kept = this.#answers.get(key) ?? this.#begin(key, compute)
    this.#answers.delete(key)
    this.#answers.set(key, kept)
    this.#dropOldest()
    const answer = kept.answer as Promise<T>
    if (kept.settled) return answer
    if (left === undefined) {
      kept.waiting = Infinity
      return answer
    }
    kept.waiting++
    return new Promise<T>((resolve, reject) => {
      const leave = (): void => {
        reject(gone())
        if (--kept.waiting > 0 || kept.settled) return
        this.#forget(key, kept)
        kept.unwanted.abort(gone())
      }
      left.addEventListener('abort', leave, { once: true })
      answer.then(resolve, reject).finally(() => left.removeEventListener('abort', leave))
    })
  }

  /** Lets go of all that is answered: nobody asks by the keys of an earlier state again. What is under way goes on. */
  forgetAnswered(): void {
    for (const [key, kept] of this.#answers) {
      if (!kept.settled) continue
      this.#answers.delete(key)
      this.#onDropped(kept.answer)
    }
  }

  /** Lets go of all there is, also of what is under way: who waits for it is answered, who asks later has it computed again. */
  forgetAll(): void {
    this.forgetAnswered()
    this.#answers.clear()
  }

  #begin(key: string, compute: (unwanted: AbortSignal) => Promise<unknown>): Kept {
    const unwanted = new AbortController()
    const kept: Kept = { answer: compute(unwanted.signal), waiting: 0, settled: false, unwanted }
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
