import { addDays, addMonths, dayOf, instantOf, isSkipped } from '../../../kernel/period.ts'
import type { Refusal } from '../../record/refusal.ts'
import type { Value } from '../../record/staged-row.ts'
import { isNothingWord } from './cell.ts'
import { refusal } from '../../record/refusal.ts'
import { noteSkipped } from './skipped.ts'
import type { Skipped } from './skipped.ts'
import type { Evidence } from './evidence.ts'
import { note } from './evidence.ts'
import type { Since1970, When } from './when-text.ts'
import { ANY_ORDER, dayText, readWhen } from './when-text.ts'
import { remembering } from './words.ts'

const NO_DATE = refusal('is not a date: write it like 2024-06-30, or 2024-06-30T14:05:00Z with a time')
const SERIAL = refusal('is a spreadsheet’s day number, not a date: format the column as a date and export again')
const NEVER_WAS = refusal('is a time that the clocks of the zone skipped')
const WRONG_ORDER = refusal('is not a date in the order that was chosen for this column')

interface Read {
  readings: number
  differs: boolean
  /** The stored text by reading. */
  values: ReadonlyMap<number, string>
  /** Readings in which the cell is a local time that never was. */
  skipped: number
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57
const number = (text: string, at: number, length: number): number => {
  let n = 0
  for (let i = at; i < at + length; i++) n = n * 10 + text.charCodeAt(i) - 48
  return n
}

/** True for digits where "0000-00-00T00:00:00" has them, and its marks where it has those. */
function looksIso(text: string, length: number): boolean {
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i)
    if (i === 4 || i === 7) {
      if (code !== 45) return false
    } else if (i === 10) {
      if (code !== 84 && code !== 32) return false
    } else if (i === 13 || i === 16) {
      if (code !== 58) return false
    } else if (!isDigit(code)) return false
  }
  return true
}

const isDay = (text: string): boolean => dayText(number(text, 0, 4), number(text, 5, 2), number(text, 8, 2)) !== null

/** "2024-06-30T14:05:00Z" and "...00.123Z", the spelling of most exports, without making more than the result. Else null. */
function quickInstant(text: string): string | null {
  const length = text.length
  if ((length !== 20 && length !== 24) || text.charCodeAt(length - 1) !== 90 || !looksIso(text, 19)) return null
  if (!isDay(text) || number(text, 11, 2) > 23 || number(text, 14, 2) > 59 || number(text, 17, 2) > 59) return null
  if (length === 20) return text.charCodeAt(10) === 84 ? `${text.slice(0, 19)}.000Z` : `${text.slice(0, 10)}T${text.slice(11, 19)}.000Z`
  if (text.charCodeAt(19) !== 46 || !isDigit(text.charCodeAt(20)) || !isDigit(text.charCodeAt(21)) || !isDigit(text.charCodeAt(22))) return null
  return text.charCodeAt(10) === 84 ? text : `${text.slice(0, 10)}T${text.slice(11)}`
}

const quickDay = (text: string): string | null => (text.length === 10 && looksIso(text, 10) && isDay(text) ? text : null)

function instantText(when: When, zone: string): string {
  const local = `${when.day}T${when.time ?? '00:00:00.000'}`
  if (when.offset === null) return zone === 'UTC' ? `${local}Z` : instantOf(local, zone).toISOString()
  return when.offset === 0 ? `${local}Z` : new Date(new Date(`${local}Z`).getTime() - when.offset * 60_000).toISOString()
}

const dayInZone = (when: When, zone: string): string => (when.time === null || when.offset === null ? when.day : dayOf(new Date(instantText(when, zone)), zone))

/** The last moment that the engine can store has no day after it. */
const LAST_DAY = '2299-12-31'
/** As for an instant, but a day or a month without a time stands for its close: the beginning of the day after it. */
function closeText(when: When, zone: string): string {
  if (when.time !== null || when.day === LAST_DAY) return instantText(when, zone)
  return instantText({ ...when, day: when.isMonth === true ? addMonths(when.day, 1) : addDays(when.day, 1) }, zone)
}

/** Whether the clocks of the zone never showed a local time, or never a whole day. */
function neverWas({ day, time, offset }: When, zone: string): boolean {
  if (offset !== null || zone === 'UTC') return false
  return time === null ? dayOf(instantOf(`${day}T12:00:00`, zone), zone) !== day : isSkipped(`${day}T${time}`, zone)
}

const STORED = { instant: instantText, close: closeText, date: dayInZone } as const

function readOne(text: string, type: keyof typeof STORED, zone: string): Read | Refusal | null {
  if (isNothingWord(text)) return null
  const found = readWhen(text)
  if (found === null) return /^\d{5}(\.\d+)?$/.test(text) ? SERIAL : NO_DATE
  const store = STORED[type]
  if ('ms' in found) {
    const at = new Date((found as Since1970).ms)
    const value = type === 'date' ? dayOf(at, zone) : at.toISOString()
    return { readings: ANY_ORDER, differs: false, values: new Map([1, 2, 4].map((bit) => [bit, value])), skipped: 0 }
  }
  const values = new Map([...found].map(([bit, when]) => [bit, store(when, zone)]))
  let [readings, skipped] = [0, 0]
  for (const bit of values.keys()) readings |= bit
  if (type !== 'date') for (const [bit, when] of found) if (neverWas(when, zone)) skipped |= bit
  return { readings, differs: new Set(values.values()).size > 1, values, skipped }
}

/**
 * Reads trimmed cells of a date or instant column: instants as ISO text in UTC with milliseconds, dates as YYYY-MM-DD.
 * Times without a zone, and days where an instant belongs (their midnight), are of `zone`; instants where a day belongs
 * become the zone's day. In a column of closes a day without a time is its end instead. With evidence, each cell adds to it; without, `how` is the order.
 */
export function createWhenReader(type: keyof typeof STORED, zone: string, how: Evidence | number, skipped?: Skipped): (cell: string) => Value | Refusal {
  const quick = type === 'date' ? quickDay : quickInstant
  const read = remembering((cell) => ({ found: readOne(cell, type, zone) }))
  return (cell) => {
    const ready = quick(cell)
    if (ready !== null) return ready
    const { found } = read(cell)
    if (found === null || 'reason' in found) return found
    const reading = typeof how === 'number' ? how : note(how, found.readings, found.differs, cell)
    if (skipped !== undefined && (found.skipped & reading) !== 0) {
      if (skipped.as === 'refuse') return NEVER_WAS
      noteSkipped(skipped, cell)
    }
    return found.values.get(reading) ?? WRONG_ORDER
  }
}
