import type { Column } from '../../../facts/fact.ts'
import { composed, plainId } from '../../../kernel/ids.ts'
import type { Refusal } from '../../record/refusal.ts'
import type { Value } from '../../record/staged-row.ts'
import { isNothingWord } from './cell.ts'
import { copied, refusal } from '../../record/refusal.ts'
import { bare } from '../../../kernel/bare.ts'

const CONTROL = /[\u0000-\u001f\u007f]/
const LONGEST_ID = 400
const BAD_ID = refusal('has line breaks or control characters in it: an id is one plain word')
const LONG_ID = refusal(`is longer than ${LONGEST_ID} characters: an id is one plain word`)
const NUL = refusal('has a zero byte in it: export the file again as text')

const JSON_ID = refusal('is a JSON text, not an id: give the id alone')
const SEVERAL_IDS = refusal('names more than one account: give each a row of its own')

/** Texts of a list or an object, as databases and scripts write them into one cell. */
const isJson = (cell: string): boolean => /^(?:\[.*\]|\{.*\})$/s.test(cell)

export function readId(cell: string): Value | Refusal {
  if (CONTROL.test(cell)) return BAD_ID
  if (cell.length > LONGEST_ID) return LONG_ID
  if (isNothingWord(cell)) return null
  const id = plainId(cell)
  return id === '' ? null : isJson(id) ? JSON_ID : id
}

/** The id of an account, where exports also write several into one cell. */
export function readAccountId(cell: string): Value | Refusal {
  return cell.includes(';') ? SEVERAL_IDS : readId(cell)
}

export const readText = (cell: string): Value | Refusal => (cell.includes('\u0000') ? NUL : composed(cell))

const TRUE = new Set(['true', 't', 'yes', 'y', '1', 'on', 'x'])
const FALSE = new Set(['false', 'f', 'no', 'n', '0', 'off'])
const NO_BOOLEAN = refusal('is neither yes nor no: write true or false')

export function readBoolean(cell: string): Value | Refusal {
  const word = cell.toLowerCase()
  return TRUE.has(word) ? 1 : FALSE.has(word) ? 0 : isNothingWord(word) ? null : NO_BOOLEAN
}

const CURRENCY_SIGNS: Readonly<Record<string, string>> = bare({ '€': 'EUR', '£': 'GBP', '₹': 'INR', US$: 'USD' })
const NO_CURRENCY = refusal('is no currency: write its three letters, such as USD')

/** Three letters; signs that stand for one currency only are taken too. */
export function readCurrency(cell: string): Value | Refusal {
  const code = cell.toUpperCase()
  if (isNothingWord(cell)) return null
  return /^[A-Z]{3}$/.test(code) ? code : (CURRENCY_SIGNS[code] ?? NO_CURRENCY)
}

const spelling = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')

export function createChoiceReader(column: Column): (cell: string) => Value | Refusal {
  const stored = new Map(Object.entries(column.choices).flatMap(([value, spellings]) => [value, ...spellings].map((text) => [spelling(text), value] as const)))
  const unknown = refusal(`is none of ${Object.keys(column.choices).join(', ')}`)
  return (cell) => stored.get(cell) ?? stored.get(spelling(cell)) ?? (isNothingWord(cell) ? null : unknown)
}

const MOST_REMEMBERED = 5000
/** Remembers what cells came to: columns of words and dates repeat a few values. */
export function remembering<T>(read: (cell: string) => T): (cell: string) => T {
  const known = new Map<string, T>()
  return (cell) => {
    let value = known.get(cell)
    if (value === undefined) {
      value = read(cell)
      if (known.size >= MOST_REMEMBERED) known.clear()
      known.set(copied(cell), value)
    }
    return value
  }
}
