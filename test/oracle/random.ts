/** Mulberry32: small, seeded, the same on every machine. */
export interface Random {
  /** 0 <= x < 1 */
  next(): number
  /** Whole, both ends included. */
  int(from: number, to: number): number
  chance(share: number): boolean
  pick<Item>(items: readonly Item[]): Item
}

export function randomOf(seed: number): Random {
  let state = (seed * 2_654_435_761) >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    next,
    int: (from, to) => from + Math.floor(next() * (to - from + 1)),
    chance: (share) => next() < share,
    pick: (items) => {
      const item = items[Math.floor(next() * items.length)]
      if (item === undefined) throw new Error('nothing to pick from')
      return item
    },
  }
}

export function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  const list = items.map((item) => ({ item, at: random.next() }))
  return list.sort((a, b) => a.at - b.at).map(({ item }) => item)
}
