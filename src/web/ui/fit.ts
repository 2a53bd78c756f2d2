/** Letters as they are compared: without case and accents. */
const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase()

const startsWord = (text: string, word: string): boolean => text.split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(word))

/**
 * How well some names fit the words that were typed: the whole word before its beginning before somewhere inside, and
 * last the beginning of a word of what is said beside them; 0 when a word is missing.
 */
export function fit(names: readonly string[], words: readonly string[], says = ''): number {
  const texts = names.map(folded)
  let sum = 0
  for (const word of words) {
    const best = Math.max(
      startsWord(folded(says), word) ? 1 : 0,
      ...texts.map((text) => (text === word ? 5 : text.startsWith(word) ? 4 : startsWord(text, word) ? 3 : text.includes(word) ? 2 : 0)),
    )
    if (best === 0) return 0
    sum += best
  }
  return sum
}

export const wordsOf = (text: string): string[] =>
  folded(text)
    .split(/\s+/)
    .filter((word) => word !== '')

/** Those that fit what was typed, the best first; all of them, in their order, while nothing is. */
export function bestFirst<T>(items: readonly T[], typed: string, namesOf: (item: T) => readonly string[]): T[] {
  const words = wordsOf(typed)
  if (words.length === 0) return [...items]
  return items
    .map((item) => ({ item, score: fit(namesOf(item), words) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ item }) => item)
}
