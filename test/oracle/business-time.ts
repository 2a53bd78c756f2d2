import { addDays, dayOf, instantOf, isZone } from '../../src/kernel/period.ts'
import type { Day } from '../../src/kernel/period.ts'
import type { Book } from './book.ts'
import { cell } from './company.ts'
import type { Row } from './company.ts'

const WEEK = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

/** The same few texts are asked for on every day of every company. */
function remembered<T>(compute: (text: string) => T): (text: string) => T {
  const kept = new Map<string, T>()
  return (text) => {
    const value = kept.get(text) ?? compute(text)
    kept.set(text, value)
    return value
  }
}

/** Stretches of a day as minutes since midnight, those that overlap as one. */
const stretches = remembered((hours): readonly (readonly [from: number, until: number])[] => {
  const found = [...hours.matchAll(/(\d{1,2})(?::(\d{2}))?\s*-\s*(\d{1,2})(?::(\d{2}))?/g)].map(([, a, b, c, d]) => [Number(a) * 60 + Number(b ?? 0), Math.min(1440, Number(c) * 60 + Number(d ?? 0))] as const)
  const open = Array.from({ length: 1440 }, (_, minute) => found.some(([from, until]) => minute >= from && minute < until))
  const edges = open.flatMap((is, minute) => (is !== (open[minute - 1] ?? false) ? [minute] : []))
  return edges.flatMap((from, i) => (i % 2 === 0 ? [[from, edges[i + 1] ?? 1440] as const] : []))
})

/** The instant of "ZONE LOCAL-TIME". */
const instant = remembered((text) => instantOf(text.slice(text.indexOf(' ') + 1), text.slice(0, text.indexOf(' '))).getTime())

export interface BusinessTime {
  /** The calendar a ticket is worked under; null where none is known. */
  calendarOf(named: string): string | null
  /** Milliseconds of business time between two instants. */
  between(calendar: string, from: number, until: number): number
}

const known = new WeakMap<Book, BusinessTime>()

/** Business hours by calendar, day by local day in the calendar's own zone. */
export function businessTime(book: Book): BusinessTime {
  const found = known.get(book) ?? build(book)
  known.set(book, found)
  return found
}

function build(book: Book): BusinessTime {
  const rows = book.facts.business_calendar
  const zoneOf = (row: Row): string => (isZone(cell(row, 'time_zone')) ? cell(row, 'time_zone') : book.settings.time_zone)
  const since = (row: Row): Day => dayOf(new Date(cell(row, 'effective_at')), zoneOf(row))
  const shut = (calendar: string, day: Day): boolean => book.facts.holiday.some((row) => cell(row, 'day') === day && ['', calendar].includes(cell(row, 'calendar_id')))
  const open = [...new Set(rows.map((row) => cell(row, 'calendar_id')))].filter((id) => rows.some((row) => cell(row, 'calendar_id') === id && WEEK.some((day) => stretches(cell(row, day)).length > 0))).sort()
  const usual = open.includes(book.settings.support_calendar) ? book.settings.support_calendar : (open[0] ?? null)

  /** What each version of the calendar's hours gives, on the local days on which it holds. */
  const cached = new Map<string, readonly (readonly [number, number])[]>()
  const spansOf = (calendar: string, version: Row, versions: readonly Row[], day: Day) => {
    const key = `${calendar} ${cell(version, 'effective_at')} ${day}`
    const before = cached.get(key)
    if (before !== undefined) return before
    const rules = versions.findLast((row) => since(row) <= day) === version && !shut(calendar, day)
    const wall = (minute: number): number => {
      const [on, at] = minute === 1440 ? [addDays(day, 1), 0] : [day, minute]
      return instant(`${zoneOf(version)} ${on}T${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}:00`)
    }
    const weekday = WEEK[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? ''
    const spans = rules ? stretches(cell(version, weekday)).map(([from, until]) => [wall(from), wall(until)] as const) : []
    cached.set(key, spans)
    return spans
  }
  return {
    calendarOf: (named) => (open.includes(named) ? named : usual),
    between: (calendar, from, until) => {
      const versions = rows.filter((row) => cell(row, 'calendar_id') === calendar).sort((a, b) => Date.parse(cell(a, 'effective_at')) - Date.parse(cell(b, 'effective_at')))
      let sum = 0
      for (const version of versions)
        for (let day = addDays(dayOf(new Date(from), 'UTC'), -2); day <= addDays(dayOf(new Date(until), 'UTC'), 2); day = addDays(day, 1))
          for (const [opens, closes] of spansOf(calendar, version, versions, day)) sum += Math.max(0, Math.min(closes, until) - Math.max(opens, from))
      return sum
    },
  }
}
