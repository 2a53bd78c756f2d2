interface Waiting {
  readonly rank: number
  readonly admit: () => void
}

/**
 * Lets so many in at once; others wait, those of a lower rank first and else in the order in which they came. Who gives up
 * while waiting leaves the line.
 */
export class Line {
  #free: number
  readonly #waiting: Waiting[] = []

  constructor(places: number) {
    this.#free = places
  }

  /** How many wait. */
  get length(): number {
    return this.#waiting.length
  }

  /** Resolves to what gives the place back; rejects with the signal's reason when it fires before there is one. */
  enter({ signal, rank = 0 }: { readonly signal?: AbortSignal | undefined; readonly rank?: number } = {}): Promise<() => void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(signal.reason as Error)
      const giveUp = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(mine), 1)
        reject(signal?.reason as Error)
      }
      const mine: Waiting = {
        rank,
        admit: () => {
          signal?.removeEventListener('abort', giveUp)
          resolve(this.#takePlace())
        },
      }
      signal?.addEventListener('abort', giveUp, { once: true })
      const after = this.#waiting.findIndex((other) => other.rank > rank)
      this.#waiting.splice(after === -1 ? this.#waiting.length : after, 0, mine)
      this.#admit()
    })
  }

  /** A place, if one is free and nobody waits for it. */
  tryEnter(): (() => void) | null {
    return this.#free > 0 && this.#waiting.length === 0 ? this.#takePlace() : null
  }

  #takePlace(): () => void {
    this.#free--
    let left = false
    return () => {
      if (left) return
      left = true
      this.#free++
      this.#admit()
    }
  }

  #admit(): void {
    while (this.#free > 0) {
      const next = this.#waiting.shift()
      if (next === undefined) return
      next.admit()
    }
  }
}
