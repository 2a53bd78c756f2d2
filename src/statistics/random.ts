/**
 * A stream of random numbers that its seed alone decides, the same on every machine: xoshiro128++ 1.0 of D. Blackman and
 * S. Vigna (ACM TOMS 47, 2021), state filled by SplitMix32 steps. For resampling, never for secrets.
 */
export interface Random {
  /** A whole number, 0 to 2^32 - 1. */
  readonly word: () => number
  /** In [0, 1), 53 bits. */
  readonly unit: () => number
  /** A whole number, 0 to n - 1. */
  readonly below: (n: number) => number
  /** Whole numbers from 0 to n - 1, as many as the array holds; far faster than one at a time. */
  readonly fillBelow: (n: number, into: Uint32Array) => void
}

const WORDS = 2 ** 32
const HALVES = 2 ** 16

function splitMix(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x9e3779b9) | 0
    let mixed = state ^ (state >>> 16)
    mixed = Math.imul(mixed, 0x21f0aaad)
    mixed ^= mixed >>> 15
    mixed = Math.imul(mixed, 0x735a2d97)
    return mixed ^ (mixed >>> 15)
  }
}

/** FNV-1a, so that a metric's name and period can be a seed. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

export function seededRandom(seed: number | string): Random {
  const fill = splitMix(typeof seed === 'string' ? seedOf(seed) : seed)
  return xoshiro128([fill(), fill(), fill(), fill()])
}

/** The bare generator on a given state of four 32-bit words, not all zero. */
export function xoshiro128(start: readonly [number, number, number, number]): Random {
  const state = Int32Array.from(start)
  const one = new Uint32Array(1)
  const word = (): number => {
    fillWords(state, one)
    return one[0] as number
  }
  return {
    word,
    unit: () => ((word() >>> 5) * 67108864 + (word() >>> 6)) / 2 ** 53,
    below: (n) => Math.floor(word() * (n / WORDS)),
    fillBelow: (n, into) => {
      if (n <= HALVES) fillHalves(state, n, into)
      else {
        fillWords(state, into)
        for (let i = 0; i < into.length; i++) into[i] = (into[i] as number) * (n / WORDS)
      }
    },
  }
}

function fillWords(state: Int32Array, into: Uint32Array): void {
  let a = state[0] as number
  let b = state[1] as number
  let c = state[2] as number
  let d = state[3] as number
  for (let i = 0; i < into.length; i++) {
    const sum = (a + d) | 0
    into[i] = ((sum << 7) | (sum >>> 25)) + a
    const carried = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= carried
    d = (d << 11) | (d >>> 21)
  }
  state[0] = a
  state[1] = b
  state[2] = c
  state[3] = d
}

/**
 * Two numbers from each word, its upper and its lower half, those that would make some numbers likelier left out: D. Lemire,
 * ACM TOMACS 29 (2019). The generator stands here a second time because a bootstrap spends half of its time in this loop.
 */
function fillHalves(state: Int32Array, n: number, into: Uint32Array): void {
  let a = state[0] as number
  let b = state[1] as number
  let c = state[2] as number
  let d = state[3] as number
  const surplus = HALVES % n
  for (let i = 0; i < into.length;) {
    const sum = (a + d) | 0
    const word = (((sum << 7) | (sum >>> 25)) + a) | 0
    const carried = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= carried
    d = (d << 11) | (d >>> 21)
    const upper = Math.imul(word >>> 16, n)
    if ((upper & 0xffff) >= surplus) into[i++] = upper >>> 16
    const lower = Math.imul(word & 0xffff, n)
    if ((lower & 0xffff) >= surplus && i < into.length) into[i++] = lower >>> 16
  }
  state[0] = a
  state[1] = b
  state[2] = c
  state[3] = d
}
