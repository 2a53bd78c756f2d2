import { refusal } from '../../record/refusal.ts'

export const NEEDED = refusal('is empty, but needed: fill it in, or map another column')

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
