/**
 * sfc32, Chris Doty-Humphrey's small fast counting generator (PractRand): 32-bit integer steps only, so that a seed
 * gives the same numbers on every machine. A stream of its own per account lets any account be drawn without the others.
 */
export class Random {
  #a = 0
  #b = 0
  #c = 0
  #counter = 1

  constructor(seed: number, stream: number) {
    this.start(seed, stream)
  }

  /** Begins the stream again from its first number. */
  start(seed: number, stream: number): void {
    this.#a = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) | 0
    this.#b = Math.imul(stream ^ 0x7f4a7c15, 0xc2b2ae35) | 0
    this.#c = (seed + Math.imul(stream, 0x27d4eb2f)) | 0
    this.#counter = 1
    for (let i = 0; i < 12; i++) this.unit()
  }

  /** At least 0, below 1. */
  unit(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0
    return (sum >>> 0) / 4294967296
  }

  chance(probability: number): boolean {
    return this.unit() < probability
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.unit()
  }

  /** A whole number, both ends included. */
  whole(low: number, high: number): number {
    return low + Math.floor((high - low + 1) * this.unit())
  }

  /** An index, drawn with the given shares (which sum to 1). */
  share(shares: readonly number[]): number {
    let left = this.unit()
    for (let i = 0; i < shares.length - 1; i++) {
      left -= shares[i] ?? 0
      if (left < 0) return i
    }
    return shares.length - 1
  }

  /** A gamma draw with a scale of 1. G. Marsaglia and W. W. Tsang, "A simple method for generating gamma variables", ACM TOMS 26 (2000). */
  gamma(shape: number): number {
    if (shape < 1) return this.gamma(shape + 1) * (1 - this.unit()) ** (1 / shape)
    const d = shape - 1 / 3
    for (;;) {
      const x = Math.sqrt(-2 * Math.log(1 - this.unit())) * Math.cos(2 * Math.PI * this.unit())
      const cube = (1 + x / Math.sqrt(9 * d)) ** 3
      if (cube > 0 && Math.log(1 - this.unit()) < x ** 2 / 2 + d - d * cube + d * Math.log(cube)) return d * cube
    }
  }

  /** How many events of a Poisson process with this mean. */
  events(mean: number): number {
    const limit = Math.exp(-mean)
    let count = 0
    for (let product = this.unit(); product > limit; product *= this.unit()) count++
    return count
  }
}
