/**
 * Answers by question and state of the ledgers, so that nobody waits for a number that was computed before. A new state
 * has new keys; what is no longer asked for is dropped first. Questions under way are shared.
 */
export class AnswerCache {
  readonly #most: number
  readonly #answers = new Map<string, Promise<unknown>>()

  readonly #onDropped: (answer: Promise<unknown>) => void

  constructor(most: number, onDropped: (answer: Promise<unknown>) => void = () => undefined) {
    this.#most = most
    this.#onDropped = onDropped
  }

  /** The answer kept under the key, or the one that `compute` makes. A failure is not kept. */
  async read<T>(key: string, compute: () => Promise<T>): Promise<T> {
    const found = this.#answers.get(key) as Promise<T> | undefined
    const answer = found ?? compute()
    this.#answers.delete(key)
    this.#answers.set(key, answer)
    if (found === undefined) {
      answer.catch(() => this.#answers.get(key) === answer && this.#answers.delete(key))
      const [oldest] = this.#answers
      if (this.#answers.size > this.#most && oldest !== undefined) {
        this.#answers.delete(oldest[0])
        this.#onDropped(oldest[1])
      }
    }
    return answer
  }
}
