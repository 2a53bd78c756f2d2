import { unitWords } from './units.ts'
import type { Unit } from './units.ts'

/**
 * Where a number is read. On the `screen` room is short and currencies have signs; the `terminal` prints what can be copied,
 * with all digits that count; a `sentence` has as many digits as its writer says; a `formula` shows what was reckoned with.
 */
export type Surface = 'screen' | 'terminal' | 'sentence' | 'formula'

export interface Shown {
  readonly currency?: string | null | undefined
  /** Decimals, where the reader's column or sentence has so many. */
  readonly digits?: number | undefined
  /** The value as exact decimal text, where it has one: printed digit by digit. */
  readonly exact?: string | null | undefined
}

/** Narrow no-break space: the unit never wraps away from its number. */
export const THIN = '\u202f'
export const MINUS = '\u2212'

const formats = new Map<string, Intl.NumberFormat>()
export function numberFormat(key: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  let found = formats.get(key)
  if (found === undefined) formats.set(key, (found = new Intl.NumberFormat('en-US', options)))
  return found
}

/** What can be copied has the hyphen of a keyboard, what is only read the sign of minus. */
const signed = (text: string, surface: Surface): string => (surface === 'terminal' || surface === 'formula' ? text : text.replace('-', MINUS))

/** A number with its thousands grouped; text is printed digit by digit, as exactly as it is given. */
export function formatNumber(surface: Surface, value: number | string, least: number, most: number): string {
  const format = numberFormat(`${least}-${most}`, { minimumFractionDigits: least, maximumFractionDigits: most })
  return signed(format.format(value as number), surface)
}

/** Digits that suit a column of money: enough for the smallest value in it. */
export const moneyDigits = (values: readonly (number | null)[]): number =>
  values.some((value) => value !== null && Math.abs(value) < 1000 && Math.abs(value - Math.round(value)) > 0.004) ? 2 : 0

export function formatMoney(surface: Surface, value: number, { currency = null, digits, exact = null }: Shown = {}): string {
  if (surface === 'screen' && currency !== null) {
    const most = digits ?? moneyDigits([value])
    const sign = { style: 'currency', currency, currencyDisplay: 'narrowSymbol', minimumFractionDigits: most, maximumFractionDigits: most } as const
    return signed(numberFormat(`${currency}${most}`, sign).format(value), surface)
  }
  const places = { screen: digits ?? moneyDigits([value]), terminal: 2, sentence: 0, formula: 0 }[surface]
  const most = surface === 'screen' ? places : surface === 'sentence' ? (digits ?? 2) : 6
  const text = formatNumber(surface, surface === 'terminal' ? (exact ?? value.toFixed(2)) : value, places, most)
  return `${text}${currency === null ? '' : ` ${currency}`}`
}

/** "45 min", "64 h 45 min". */
function formatMinutes(value: number): string {
  const whole = Math.round(Math.abs(value))
  const digits = Number.isInteger(value) || whole >= 10 ? 0 : 1
  if (whole < 120) return `${formatNumber('screen', value, digits, digits)}${THIN}min`
  return `${value < 0 ? MINUS : ''}${formatNumber('screen', Math.floor(whole / 60), 0, 0)}${THIN}h${whole % 60 === 0 ? '' : ` ${whole % 60}${THIN}min`}`
}

/** Fewest and most decimals of a number, as a reader of that surface wants them. */
function decimalsOf(surface: Surface, value: number, unit: Unit, digits: number | undefined): readonly [least: number, most: number] {
  const { decimals } = unitWords(unit)
  switch (surface) {
    case 'screen': {
      if (digits !== undefined) return [digits, digits]
      if (unit === 'count') return Number.isInteger(value) ? [0, 0] : [1, 1]
      if (decimals !== 'measured') return [decimals, decimals]
      return [0, Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2]
    }
    case 'terminal':
      return unit === 'share' ? [1, 2] : unit === 'count' ? [0, 6] : [0, 4]
    case 'sentence':
      return [unit === 'share' ? (digits ?? 1) : 0, digits ?? (unit === 'share' ? 1 : 2)]
    case 'formula':
      return unit === 'share' ? [0, 4] : [0, 6]
  }
}

/** What stands behind a number that reads as `text`. */
function wordsBehind(surface: Surface, text: string, unit: Unit): string {
  const { after, sign, bare } = unitWords(unit)
  if (unit === 'share') return surface === 'screen' || surface === 'sentence' ? `${THIN}%` : ' %'
  if (surface === 'formula' || (surface === 'sentence' && bare === true)) return ''
  return surface === 'screen' && sign !== undefined ? sign : after[text === '1' ? 0 : 1]
}

/** A value in its unit, as it is read at one place: "95.7 %", "$1,235" or "1,234.50 USD", "1 day", "71.5 of 100". */
export function formatValue(surface: Surface, value: number, unit: Unit, shown: Shown = {}): string {
  if (unit === 'money') return formatMoney(surface, value, shown)
  if (surface === 'screen' && unit === 'minutes') return formatMinutes(value)
  const exact = unit === 'count' && surface === 'terminal' ? (shown.exact ?? value) : value
  const text = formatNumber(surface, unit === 'share' ? value * 100 : exact, ...decimalsOf(surface, value, unit, shown.digits))
  return `${text}${wordsBehind(surface, text, unit)}`
}
