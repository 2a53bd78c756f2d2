import type { Column } from '../../../facts/fact.ts'
import type { Value } from '../../record/staged-row.ts'
import { isNothingWord } from './cell.ts'
import { isRefusal } from '../../record/refusal.ts'
import { readDecimalAlone } from './decimal.ts'

const NUMBER = '[+-]?\\d+(?:[.,]\\d+)?'
/** "10 - Extremely likely", "10 (Extremely likely)", "5 stars". */
const NUMBER_FIRST = new RegExp(`^(${NUMBER})(?:\\s*[-–—:=.)(]+\\s*|\\s+)(?=.*\\p{L})[^\\d]+$`, 'u')
/** "Extremely likely (10)", "Extremely likely: 10". */
const NUMBER_LAST = new RegExp(`^(?=.*\\p{L})[^\\d]*[^\\d\\s+-]\\s*[-–—:=(]?\\s*(\\d+(?:[.,]\\d+)?)\\)?$`, 'u')

/** The number of an answer that stands with its words, as surveys write the ends of a scale; the cell itself where it has none. */
export const scoreText = (cell: string): string => NUMBER_FIRST.exec(cell)?.[1] ?? NUMBER_LAST.exec(cell)?.[1] ?? cell

/** Whether an answer says something that is no number. */
export function isWords(column: Column, cell: string): boolean {
  if (cell === '' || isNothingWord(cell)) return false
  const value = readDecimalAlone({ ...column, min: undefined, max: undefined }, scoreText(cell))
  return isRefusal(value as Value) && /\p{L}|\d\s*\/\s*\d/u.test(cell)
}
