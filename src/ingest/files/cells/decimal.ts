import type { Column } from '../../../facts/fact.ts'
import type { Refusal } from '../../record/refusal.ts'
import type { Value } from '../../record/staged-row.ts'
import { isNothingWord } from './cell.ts'
import { refusal } from '../../record/refusal.ts'
import type { Evidence } from './evidence.ts'
import { note } from './evidence.ts'
import { bare } from '../../../kernel/bare.ts'

export const DOT = 1
export const COMMA = 2

const NO_NUMBER = refusal('is not a number: write it like 1234.56')
const SCIENTIFIC = refusal('is in scientific notation, which has lost digits: format the column as plain numbers')
const TOO_EXACT = refusal('has more than six decimal places: round it')
const TOO_LONG = refusal('has more digits than any amount of money')
const NO_PERCENT = refusal('is a percentage where an amount belongs')
const MOST_CHARACTERS = 64
const MOST_WHOLE_DIGITS = 30

const SIGNS: Readonly<Record<string, string>> = bare({
  '€': 'EUR',
  '£': 'GBP',
  '₹': 'INR',
  us$: 'USD',
  usd$: 'USD',
  c$: 'CAD',
  ca$: 'CAD',
  a$: 'AUD',
  au$: 'AUD',
  nz$: 'NZD',
  hk$: 'HKD',
  r$: 'BRL',
  zł: 'PLN',
  '₺': 'TRY',
  '₪': 'ILS',
  '₴': 'UAH',
  '₩': 'KRW',
})
/** Signs of several currencies: they say nothing about which. */
const SHARED_SIGNS = new Set(['$', '¥', 'kr', '₽'])

// 1 bracket, 2 sign, 3 currency, 4 sign, 5 digits, 6 percent, 7 currency, 8 sign, 9 bracket
const AMOUNT = /^(\()?\s*([-+−])?\s*([^\d\s.,()+\-−%]{1,4})?\s*([-+−])?\s*(\d[\d.,\s'’_]*|[.,]\d+)(%)?\s*([^\d\s.,()+\-−%]{1,4})?\s*([-−])?\s*(\))?$/u
const GROUPS = /^(?:\d{1,3}(?:(\D)\d{3})?(?:\1\d{3})*|\d{1,2}(?:,\d{2})+,\d{3})$/u

/** The plain decimal that the digits mean with that decimal mark; null when they cannot have it. */
function readDigits(digits: string, mark: '.' | ','): string | null {
  const at = digits.indexOf(mark)
  if (at !== -1 && digits.indexOf(mark, at + 1) !== -1) return null
  const whole = at === -1 ? digits : digits.slice(0, at)
  const fraction = at === -1 ? '' : digits.slice(at + 1)
  if (!/^\d*$/.test(fraction)) return null
  if (/^\d*$/.test(whole)) return plain(whole, fraction)
  if (!GROUPS.test(whole) || whole.startsWith('0')) return null
  return plain(whole.replace(/\D/g, ''), fraction)
}

function plain(whole: string, fraction: string): string {
  const [w, f] = [whole.replace(/^0+(?=\d)/, ''), fraction.replace(/0+$/, '')]
  return `${w === '' ? '0' : w}${f === '' ? '' : `.${f}`}`
}

/** A hundredth, exactly. */
function percentOf(text: string): string {
  const [whole = '', fraction = ''] = text.split('.')
  const padded = whole.padStart(3, '0')
  return plain(padded.slice(0, -2), padded.slice(-2) + fraction)
}

export interface ParsedDecimal {
  readings: number
  differs: boolean
  dot: string | null
  comma: string | null
  currency: string | null
}

/** Every way in which the text can be a number. `hundredths`: a percent sign divides by 100. */
export function parseDecimal(text: string, options: { money: boolean; hundredths: boolean }): ParsedDecimal | Refusal {
  if (text.length > MOST_CHARACTERS) return TOO_LONG
  const match = AMOUNT.exec(text)
  if (match === null) return /^[-+]?[\d.,]+e[-+]?\d+$/i.test(text) ? SCIENTIFIC : NO_NUMBER
  const [, open, signA, currencyA, signB, body = '', percent, currencyB, signC, close] = match
  const signs = [signA, signB, signC].filter((sign) => sign !== undefined)
  if ((open === undefined) !== (close === undefined) || signs.length + (open === undefined ? 0 : 1) > 1) return NO_NUMBER
  const token = (currencyA ?? currencyB)?.toLowerCase()
  if (currencyA !== undefined && currencyB !== undefined) return NO_NUMBER
  const currency = token === undefined ? null : (SIGNS[token] ?? (/^[a-z]{3}$/.test(token) ? token.toUpperCase() : null))
  if (token !== undefined && (!options.money || (currency === null && !SHARED_SIGNS.has(token)))) return NO_NUMBER
  if (percent !== undefined && options.money) return NO_PERCENT

  const digits = body.trim()
  const negative = open !== undefined || (signs[0] !== undefined && signs[0] !== '+')
  const finish = (value: string | null): string | null => {
    if (value === null) return null
    const scaled = percent !== undefined && options.hundredths ? percentOf(value) : value
    return negative && scaled !== '0' ? `-${scaled}` : scaled
  }
  const [dot, comma] = [finish(readDigits(digits, '.')), finish(readDigits(digits, ','))]
  const readings = (dot === null ? 0 : DOT) | (comma === null ? 0 : COMMA)
  return readings === 0 ? NO_NUMBER : { readings, differs: readings === (DOT | COMMA) && dot !== comma, dot, comma, currency }
}

/**
 * Looks at a cell of nothing but digits, a minus sign and one dot, which nearly all are, without making anything.
 * The place of the dot, the length when there is none, -1 for any other cell.
 */
function plainDot(cell: string): number {
  const length = cell.length
  let dot = length
  let i = cell.charCodeAt(0) === 45 ? 1 : 0
  const first = cell.charCodeAt(i)
  if (length - i > 18 || !(first >= 48 && first <= 57)) return -1
  if (first === 48 && i + 1 < length && cell.charCodeAt(i + 1) !== 46) return -1
  for (; i < length; i++) {
    const code = cell.charCodeAt(i)
    if (code >= 48 && code <= 57) continue
    if (code !== 46 || dot !== length || i === length - 1) return -1
    dot = i
  }
  return length - dot > 7 ? -1 : dot
}

const outside = (column: Column, text: string): Refusal | null => {
  if (column.min === undefined && column.max === undefined) return null
  const number = Number(text)
  if (column.min !== undefined && number < column.min) return refusal(`is below ${column.min}`)
  if (column.max !== undefined && number > column.max) return refusal(`is above ${column.max}`)
  return null
}

function finished(column: Column, text: string): string | Refusal {
  const dot = text.indexOf('.')
  if (dot !== -1 && text.length - dot > 7) return TOO_EXACT
  if ((dot === -1 ? text.length : dot) > MOST_WHOLE_DIGITS) return TOO_LONG
  return outside(column, text) ?? text
}

const TWO_WAYS = refusal('can be read in two ways: write it like 1234.5')

/** Reads a cell whose column says nothing about its decimals: what could be two numbers is neither. */
export function readDecimalAlone(column: Column, cell: string): Value | Refusal {
  if (isNothingWord(cell)) return null
  const parsed = parseDecimal(cell, { money: column.type === 'money', hundredths: column.max !== 100 })
  if ('reason' in parsed) return parsed
  return parsed.differs ? TWO_WAYS : finished(column, parsed.dot ?? parsed.comma ?? '')
}

export interface DecimalReader {
  read(cell: string): Value | Refusal
  /** Currency that the sign in the cell last read stands for, null when it had none. */
  sign(): string | null
}

/** Reads the trimmed cells of a money or number column. With evidence, each cell adds to it; without, `reading` is taken. */
export function createDecimalReader(column: Column, how: Evidence | typeof DOT | typeof COMMA): DecimalReader {
  const options = { money: column.type === 'money', hundredths: column.max !== 100 }
  let sign: string | null = null

  const take = (readings: number, differs: boolean, cell: string): number => {
    if (typeof how !== 'number') return note(how, readings, differs, cell)
    return how & readings
  }
  const slow = (cell: string): Value | Refusal => {
    if (isNothingWord(cell)) return null
    const parsed = parseDecimal(cell, options)
    if ('reason' in parsed) return parsed
    sign = parsed.currency
    const reading = take(parsed.readings, parsed.differs, cell)
    const text = reading === DOT ? parsed.dot : reading === COMMA ? parsed.comma : null
    if (text === null)
      return refusal(how === DOT ? 'is not a number with a decimal dot: write it like 1234.56' : 'is not a number with a decimal comma: write it like 1234,56')
    return finished(column, text)
  }
  return {
    read(cell) {
      sign = null
      const dot = plainDot(cell)
      if (dot === -1) return slow(cell)
      if (dot !== cell.length) {
        const whole = cell.charCodeAt(0) === 45 ? dot - 1 : dot
        const ambiguous = cell.length - dot === 4 && whole <= 3 && cell.charCodeAt(dot - whole) !== 48
        if (ambiguous) return slow(cell)
        if (take(DOT, false, cell) !== DOT) return slow(cell)
      }
      return outside(column, cell) ?? cell
    },
    sign: () => sign,
  }
}
