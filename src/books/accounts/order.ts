import type { Column } from './column.ts'

/** Compares two accounts by their places. */
type Compare = (a: number, b: number) => number

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** The place of each word among all of a column in order, from 1; 0 for none. */
function ranksOf(words: readonly string[]): Uint32Array {
  const order = words.map((word, at) => ({ word, at })).sort((a, b) => collator.compare(a.word, b.word) || (a.word < b.word ? -1 : 1))
  const ranks = new Uint32Array(words.length + 1)
  for (const [i, { at }] of order.entries()) ranks[at + 1] = i + 1
  return ranks
}

/** What is compared, one number for each account; NaN for none. */
function keysOf({ cells }: Column): Float64Array {
  if (cells.kind === 'number') return cells.values
  const ranks = ranksOf(cells.words)
  return Float64Array.from(cells.codes, (code) => (code === 0 ? Number.NaN : (ranks[code] ?? 0)))
}

/**
 * The order of accounts by a column. Those without a value come last whichever way it runs; equals are ordered by the id of the
 * account, so that no two are equal.
 */
export function orderBy(column: Column, descending: boolean, accounts: readonly string[]): Compare {
  const keys = keysOf(column)
  const sign = descending ? -1 : 1
  const byId: Compare = (a, b) => ((accounts[a] ?? '') < (accounts[b] ?? '') ? -1 : 1)
  return (a, b) => {
    const [one, other] = [keys[a] ?? Number.NaN, keys[b] ?? Number.NaN]
    if (one === other) return a === b ? 0 : byId(a, b)
    if (one < other) return -sign
    if (one > other) return sign
    const [none, noOther] = [Number.isNaN(one), Number.isNaN(other)]
    if (none && noOther) return a === b ? 0 : byId(a, b)
    return none ? 1 : -1
  }
}

/** How many of the sorted places come up to an account and with it: where the page after it begins, whether or not it is among them. */
export function placeAfter(sorted: Uint32Array, account: number, compare: Compare): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compare(sorted[middle] ?? 0, account) <= 0) low = middle + 1
    else high = middle
  }
  return low
}
