import { refuse } from './errors.ts'

/** A local calendar day, "2024-01-31". Days compare as text. */
export type Day = string

/** Half-open: `from` belongs to it, `until` does not. */
export interface Period {
  readonly from: Day
  readonly until: Day
}

export const GRAINS = ['day', 'week', 'month', 'quarter', 'year'] as const
export type Grain = (typeof GRAINS)[number]

const DAY_MS = 86_400_000
const toUtc = (day: Day): Date => new Date(`${day}T00:00:00Z`)
const fromUtc = (date: Date): Day => date.toISOString().slice(0, 10)

/** True for a calendar day that exists, between the years 1900 and 2299. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < '1900-01-01' || text > '2299-12-31') return false
  const date = toUtc(text)
  return !Number.isNaN(date.getTime()) && fromUtc(date) === text
}

const MOST_KNOWN = 200_000
const numbers = new Map<Day, number>()
const days = new Map<number, Day>()
/** Days since 1970. The same few thousand days are asked for millions of times, so they are remembered. */
function numberOf(day: Day): number {
  let number = numbers.get(day)
  if (number === undefined) {
    number = Math.round(toUtc(day).getTime() / DAY_MS)
    if (numbers.size > MOST_KNOWN) numbers.clear()
    numbers.set(day, number)
  }
  return number
}

function dayAt(number: number): Day {
  let day = days.get(number)
  if (day === undefined) {
    day = fromUtc(new Date(number * DAY_MS))
    if (days.size > MOST_KNOWN) days.clear()
    days.set(number, day)
  }
  return day
}

export const addDays = (day: Day, count: number): Day => dayAt(numberOf(day) + count)
export const daysBetween = (from: Day, until: Day): number => numberOf(until) - numberOf(from)

/** The same day of the month, or its last day when the month is shorter. */
export function addMonths(day: Day, months: number): Day {
  const date = toUtc(day)
  const target = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1))
  const last = new Date(Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0)).getUTCDate()
  target.setUTCDate(Math.min(date.getUTCDate(), last))
  return fromUtc(target)
}

/** First day of the grain's unit that holds the day. Weeks start on Monday. */
export function startOf(grain: Grain, day: Day): Day {
  const date = toUtc(day)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
  switch (grain) {
    case 'day':
      return day
    case 'week':
      return addDays(day, -((date.getUTCDay() + 6) % 7))
    case 'month':
      return fromUtc(new Date(Date.UTC(year, month, 1)))
    case 'quarter':
      return fromUtc(new Date(Date.UTC(year, month - (month % 3), 1)))
    case 'year':
      return fromUtc(new Date(Date.UTC(year, 0, 1)))
  }
}

export function next(grain: Grain, day: Day): Day {
  switch (grain) {
    case 'day':
      return addDays(day, 1)
    case 'week':
      return addDays(day, 7)
    case 'month':
      return addMonths(day, 1)
    case 'quarter':
      return addMonths(day, 3)
    case 'year':
      return addMonths(day, 12)
  }
}

export function checkPeriod(period: Period): Period {
  for (const day of [period.from, period.until])
    if (!isDay(day)) throw refuse('bad_day', `"${day}" is not a day.`, 'Write days as YYYY-MM-DD, for example 2024-06-30.')
  if (period.from >= period.until)
    throw refuse(
      'empty_period',
      `The period from ${period.from} until ${period.until} holds no day.`,
      'Give an "until" after "from"; the last day itself is not in the period.',
    )
  return period
}

/** Cuts a period at the grain's boundaries. The first and last piece may be shorter than the grain. */
export function cut(period: Period, grain: Grain, most = 400): Period[] {
  checkPeriod(period)
  const pieces: Period[] = []
  for (let from = period.from; from < period.until;) {
    const end = next(grain, startOf(grain, from))
    const until = end < period.until ? end : period.until
    pieces.push({ from, until })
    if (pieces.length > most) throw refuse('too_many_periods', `That is more than ${most} ${grain}s.`, 'Ask for a shorter period or a coarser grain.')
    from = until
  }
  return pieces
}

/** The period of the same length just before: whole months stay whole months. */
export function previous(period: Period): Period {
  const months = wholeMonths(period)
  if (months !== null) return { from: addMonths(period.from, -months), until: period.from }
  return { from: addDays(period.from, -daysBetween(period.from, period.until)), until: period.from }
}

export const yearBefore = (period: Period): Period => ({ from: addMonths(period.from, -12), until: addMonths(period.until, -12) })

/** Number of months when the period runs from a first of a month to a first of a month, else null. */
export function wholeMonths(period: Period): number | null {
  if (!period.from.endsWith('-01') || !period.until.endsWith('-01')) return null
  const [a, b] = [toUtc(period.from), toUtc(period.until)]
  return (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth()
}

/** "2024-06", "2024-Q2", "2024-H1", "2024", else "2024-01-15..2024-02-14" with the last day included. */
export function periodLabel(period: Period): string {
  const months = wholeMonths(period)
  const [year, month] = [period.from.slice(0, 4), Number(period.from.slice(5, 7))]
  if (months === 1) return period.from.slice(0, 7)
  if (months === 3 && month % 3 === 1) return `${year}-Q${(month + 2) / 3}`
  if (months === 6 && month % 6 === 1) return `${year}-H${month === 1 ? 1 : 2}`
  if (months === 12 && month === 1) return year
  const last = addDays(period.until, -1)
  return last === period.from ? last : `${period.from}..${last}`
}

const formats = new Map<string, Intl.DateTimeFormat>()
function format(zone: string): Intl.DateTimeFormat {
  let found = formats.get(zone)
  if (found === undefined) {
    try {
      found = new Intl.DateTimeFormat('en-CA', {
        timeZone: zone,
        hourCycle: 'h23',
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
        hour: '2-digit',
        minute: '2-digit',
        second: '2-digit',
      })
    } catch {
      throw refuse('bad_zone', `"${zone}" is not a time zone.`, 'Give an IANA name such as America/New_York or Europe/Berlin.')
    }
    formats.set(zone, found)
  }
  return found
}

export const isZone = (zone: string): boolean => {
  try {
    format(zone)
    return true
  } catch {
    return false
  }
}

const offsets = new Map<string, number>()
/** Milliseconds to add to an instant to read the wall clock of the zone. Cached per quarter of an hour: no zone changes inside one. */
function zoneOffset(ms: number, zone: string): number {
  const slot = Math.floor(ms / 900_000)
  const key = `${zone}|${slot}`
  let found = offsets.get(key)
  if (found === undefined) {
    const at = slot * 900_000
    const part: Record<string, number> = {}
    for (const { type, value } of format(zone).formatToParts(new Date(at))) part[type] = Number(value)
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
    found = Date.UTC(year, month - 1, day, hour, minute, second) - at
    if (offsets.size > 200_000) offsets.clear()
    offsets.set(key, found)
  }
  return found
}

/** The local day of an instant. */
export const dayOf = (instant: Date, zone: string): Day => fromUtc(new Date(instant.getTime() + zoneOffset(instant.getTime(), zone)))

/**
 * The instant of a wall-clock time ("2024-03-10T02:30:00") in a zone. A time that a clock change skips is read with the
 * offset before the change, one that occurs twice is its first occurrence (RFC 5545 does the same).
 */
export function instantOf(local: string, zone: string): Date {
  const wall = new Date(`${local}Z`).getTime()
  const before = wall - zoneOffset(wall - DAY_MS, zone)
  if (before + zoneOffset(before, zone) === wall) return new Date(before)
  const after = wall - zoneOffset(wall + DAY_MS, zone)
  return new Date(after + zoneOffset(after, zone) === wall ? after : before)
}

/** Whether a wall-clock time never was in a zone, because a clock change skipped it. */
export function isSkipped(local: string, zone: string): boolean {
  const at = instantOf(local, zone).getTime()
  return at + zoneOffset(at, zone) !== new Date(`${local}Z`).getTime()
}

/** Local midnight at which a day begins. */
export const startOfDay = (day: Day, zone: string): Date => instantOf(`${day}T00:00:00`, zone)
