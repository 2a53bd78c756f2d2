/** Ways to read a date of three numbers, as bits. */
export const YMD = 1
export const DMY = 2
export const MDY = 4
export const ANY_ORDER = YMD | DMY | MDY

/** A date as it was written: a day, perhaps with a time of day, perhaps with the zone of that time. */
export interface When {
  /** YYYY-MM-DD, a day that exists. */
  readonly day: string
  /** HH:MM:SS.mmm; null when only the day was written. */
  readonly time: string | null
  /** Minutes east of UTC; null for the wall clock of the workspace. */
  readonly offset: number | null
  /** Only a month was written; `day` is its first. */
  readonly isMonth?: true
}

type TimeOfDay = Omit<When, 'day'>

/** A moment given as a number since 1970. */
export interface Since1970 {
  readonly ms: number
}

/** What a text can mean by order; orders that cannot be are missing. Equal for all when the order does not matter. */
export type Readings = ReadonlyMap<number, When>

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const MONTH_NAMES = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december']
const WEEKDAY = '(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?,?\\s+)?'
const REST = '(?:(?:\\sat\\s|[T\\s,])\\s*(\\S.*))?'

const ISO = new RegExp(`^(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})${REST}$`, 'i')
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})(Z)?)?$/i
const THREE = new RegExp(`^(\\d{1,2})([-/.\\s])(\\d{1,2})\\2(\\d{4}|\\d{2})${REST}$`, 'i')
const NAMED_DAY_FIRST = new RegExp(`^${WEEKDAY}(\\d{1,2})(?:st|nd|rd|th)?[-\\s/.]*([a-z]{3,9})[-\\s/.,]*(\\d{4}|\\d{2})${REST}$`, 'i')
const NAMED_MONTH_FIRST = new RegExp(`^${WEEKDAY}([a-z]{3,9})\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})${REST}$`, 'i')
const MONTH_ISO = /^(\d{4})[-/.](\d{1,2})$/
const MONTH_THEN_YEAR = /^(\d{1,2})[-/.](\d{4})$/
const MONTH_NAMED = /^([a-z]{3,9})[-\s/.,]*(\d{4}|\d{2})$/i
const TIME = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([ap])?(?:\.?m\.?)?\s*(z|(?:utc|gmt)?(?:[+-]\d{1,2}(?::?\d{2})?)?)(?:\s*\([^)]*\))?$/i

const two = (n: number): string => (n < 10 ? `0${n}` : String(n))
const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
const daysIn = (year: number, month: number): number =>
  month === 2 ? (isLeap(year) ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31

/** Two digits are a year from 1970 to 2069. */
const fullYear = (text: string): number => (text.length > 2 ? Number(text) : Number(text) + (Number(text) < 70 ? 2000 : 1900))

/** The day as text; null when the calendar has none, or it lies outside the years 1900 to 2299. */
export function dayText(year: number, month: number, day: number): string | null {
  if (year < 1900 || year > 2299 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null
  return `${year}-${two(month)}-${two(day)}`
}

function monthNumber(name: string): number {
  const lower = name.toLowerCase()
  if (lower === 'sept') return 9
  return (lower.length === 3 ? MONTHS : MONTH_NAMES).indexOf(lower) + 1
}

function readOffset(zone: string): number | null {
  if (zone === '') return null
  const match = /([+-])(\d{1,2}):?(\d{2})?$/.exec(zone)
  if (match === null) return 0
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0)
  return minutes > 14 * 60 ? null : match[1] === '-' ? -minutes : minutes
}

function readTime(text: string | undefined): TimeOfDay | null {
  if (text === undefined) return { time: null, offset: null }
  const match = TIME.exec(text.trim())
  if (match === null) return null
  const [, h = '', minute = '', second = '00', fraction = '', half, zone = ''] = match
  let hour = Number(h)
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return null
    hour = (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
  }
  const offset = readOffset(zone)
  if (hour > 23 || Number(minute) > 59 || Number(second) > 59 || (zone !== '' && offset === null)) return null
  return { time: `${two(hour)}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}`, offset }
}

const A_MONTH: TimeOfDay = { time: null, offset: null, isMonth: true }

const inAnyOrder = (day: string | null, time: TimeOfDay | null): Readings | null => {
  if (day === null || time === null) return null
  const when = { day, ...time }
  return new Map([
    [YMD, when],
    [DMY, when],
    [MDY, when],
  ])
}

function inThreeOrders(a: string, b: string, c: string, time: TimeOfDay | null): Readings | null {
  if (time === null) return null
  const readings = new Map<number, When>()
  const add = (order: number, year: string, month: string, date: string): void => {
    const day = dayText(fullYear(year), Number(month), Number(date))
    if (day !== null) readings.set(order, { day, ...time })
  }
  if (c.length === 2) add(YMD, a, b, c)
  add(DMY, c, b, a)
  add(MDY, c, a, b)
  return readings.size === 0 ? null : readings
}

function fromNumber(text: string): Since1970 | null {
  const [whole = ''] = text.split('.')
  const number = Number(text)
  const ms = whole.length <= 10 ? number * 1000 : whole.length <= 13 ? number : number / 1000
  return ms > 4_102_444_800_000 ? null : { ms: Math.floor(ms) }
}

/**
 * Every way in which a text can be a day or a moment: ISO, three numbers in any order, English month names, months alone
 * (their first day), seconds, milliseconds or microseconds since 1970. Null when it is none of these.
 */
export function readWhen(text: string): Readings | Since1970 | null {
  if (text.length > 64) return null
  let match = ISO.exec(text)
  if (match !== null) return inAnyOrder(dayText(Number(match[1]), Number(match[3]), Number(match[4])), readTime(match[5]))
  if ((match = COMPACT.exec(text)) !== null) {
    const clock = match[4] === undefined ? undefined : `${match[4]}:${match[5]}:${match[6]}${match[7] ?? ''}`
    return inAnyOrder(dayText(Number(match[1]), Number(match[2]), Number(match[3])), readTime(clock))
  }
  if (/^(?:\d{9,10}(?:\.\d+)?|\d{12,13}|\d{15,16})$/.test(text)) return fromNumber(text)
  if ((match = THREE.exec(text)) !== null) return inThreeOrders(match[1] ?? '', match[3] ?? '', match[4] ?? '', readTime(match[5]))
  if ((match = MONTH_ISO.exec(text)) !== null) return inAnyOrder(dayText(Number(match[1]), Number(match[2]), 1), A_MONTH)
  if ((match = MONTH_THEN_YEAR.exec(text)) !== null) return inAnyOrder(dayText(Number(match[2]), Number(match[1]), 1), A_MONTH)
  if ((match = NAMED_DAY_FIRST.exec(text)) !== null)
    return inAnyOrder(dayText(fullYear(match[3] ?? ''), monthNumber(match[2] ?? ''), Number(match[1])), readTime(match[4]))
  if ((match = NAMED_MONTH_FIRST.exec(text)) !== null)
    return inAnyOrder(dayText(Number(match[3]), monthNumber(match[1] ?? ''), Number(match[2])), readTime(match[4]))
  if ((match = MONTH_NAMED.exec(text)) !== null) return inAnyOrder(dayText(fullYear(match[2] ?? ''), monthNumber(match[1] ?? ''), 1), A_MONTH)
  return null
}
