/** Why a cell is refused, without the cell itself, so that equal reasons are counted together. */
export interface Refusal {
  readonly reason: string
}

/** A cell as it is stored: text, a small number for flags, null for nothing. */
export type Value = string | number | null

export const isRefusal = (value: Value | Refusal): value is Refusal => typeof value === 'object' && value !== null

const refusals = new Map<string, Refusal>()
/** One object per reason: a file may be refused a million times. */
export function refusal(reason: string): Refusal {
  let found = refusals.get(reason)
  if (found === undefined) {
    found = { reason }
    if (refusals.size < 1000) refusals.set(reason, found)
  }
  return found
}

export const NEEDED = refusal('is empty, but needed: fill it in, or map another column')

/** A cell for people to look at. */
export const shorten = (text: string, most = 60): string => {
  const plain = text.replace(/[\u0000-\u001f\u007f]+/g, ' ')
  return plain.length <= most ? plain : `${plain.slice(0, most - 1)}…`
}

/** Without white space at the ends; no new text when there is none. */
export function trim(cell: string): string {
  const length = cell.length
  if (length === 0) return cell
  const [first, last] = [cell.charCodeAt(0), cell.charCodeAt(length - 1)]
  return first > 32 && first < 127 && last > 32 && last < 127 ? cell : cell.trim()
}

/** Ways in which database exports write "nothing". */
export const isNothing = (cell: string): boolean => cell === '' || cell === '\\N' || cell === 'NULL' || cell === 'null'
/** Ways in which people write "nothing" where a number or a date belongs. */
const NOTHING_WORDS = new Set(['-', '–', '—', 'n/a', 'na', '#n/a', 'none', 'nil', 'null', 'nan'])
export const isNothingWord = (cell: string): boolean => cell.length <= 4 && NOTHING_WORDS.has(cell.toLowerCase())

/** Parts of a long text keep the whole of it in memory; what is kept for longer is copied out of it. */
export const copied = (text: string): string => (text.length < 13 ? text : Buffer.from(text, 'utf8').toString('utf8'))
