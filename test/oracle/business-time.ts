import { addDays, dayOf, instantOf, isZone } from '../../src/kernel/period.ts'
import type { Day } from '../../src/kernel/period.ts'
import type { Book } from './book.ts'
import { cell } from './company.ts'
import type { Row } from './company.ts'

/** Hours are known from then on at the earliest. */
const FIRST: Day = '2000-01-01'
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

/** Stretches of a day as minutes since its midnight, a shift over midnight until the next day; null for what is no hours. */
const stretches = remembered((hours): readonly (readonly [from: number, until: number])[] | null => {
  if (hours === '' || hours === 'closed') return []
  const found = hours.split(',').map((part) => /^\s*(\d{1,2})(?::(\d{2}))?\s*-\s*(\d{1,2})(?::(\d{2}))?\s*$/.exec(part))
  const spans = found.map((match) =>
    match === null ? null : ([Number(match[1]) * 60 + Number(match[2] ?? 0), Number(match[3]) * 60 + Number(match[4] ?? 0)] as const),
  )
  return spans.some((span) => span === null) ? null : spans.filter((span) => span !== null).map(([from, until]) => [from, until <= from ? until + 1440 : until])
})

/** The instant of "ZONE LOCAL-TIME". */
const instant = remembered((text) => instantOf(text.slice(text.indexOf(' ') + 1), text.slice(0, text.indexOf(' '))).getTime())

export interface BusinessTime {
  /** The calendar a ticket is worked under; null where none is known. */
  calendarOf(named: string): string | null
  /** From when its hours are known, in milliseconds. */
  begins(calendar: string): number
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
  const zoneOf = (row: Row): string => cell(row, 'time_zone') || book.settings.time_zone
  const hoursOn = (row: Row, weekday: number): string => cell(row, WEEK[weekday] ?? '') || (cell(row, 'hours').split('|')[(weekday + 6) % 7] ?? '')
  const isClear = (row: Row): boolean => isZone(zoneOf(row)) && WEEK.every((_, weekday) => stretches(hoursOn(row, weekday)) !== null)
  const since = (row: Row): Day => dayOf(new Date(cell(row, 'effective_at')), zoneOf(row))
  const isShut = (calendar: string, day: Day): boolean =>
    book.facts.holiday.some((row) => cell(row, 'day') === day && ['', calendar].includes(cell(row, 'calendar_id')))
  const versionsOf = (calendar: string): Row[] =>
    rows.filter((row) => cell(row, 'calendar_id') === calendar).sort((a, b) => Date.parse(cell(a, 'effective_at')) - Date.parse(cell(b, 'effective_at')))
  const opensAtAll = (calendar: string): boolean =>
    versionsOf(calendar).some((row) => WEEK.some((_, weekday) => (stretches(hoursOn(row, weekday)) ?? []).length > 0))
  const known = [...new Set(rows.map((row) => cell(row, 'calendar_id')))].filter((id) => versionsOf(id).every(isClear) && opensAtAll(id)).sort()
  const { support_calendar } = book.settings
  const usual = support_calendar === '' ? (known[0] ?? null) : known.includes(support_calendar) ? support_calendar : null

  const cached = new Map<string, readonly (readonly [number, number])[]>()
  /** Stretches that begin on a local day, by the version of the hours that holds on it. */
  const spansOn = (calendar: string, version: Row, versions: readonly Row[], day: Day) => {
    const key = `${calendar} ${cell(version, 'effective_at')} ${day}`
    const before = cached.get(key)
    if (before !== undefined) return before
    const rules = versions.findLast((row) => since(row) <= day) === version && !isShut(calendar, day)
    const wall = (minute: number): number => {
      const [on, at] = [addDays(day, Math.floor(minute / 1440)), minute % 1440]
      return instant(`${zoneOf(version)} ${on}T${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}:00`)
    }
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
    const spans = rules ? (stretches(hoursOn(version, weekday)) ?? []).map(([from, until]) => [wall(from), wall(until)] as const) : []
    cached.set(key, spans)
    return spans
  }
  return {
    calendarOf: (named) => (named === '' ? usual : known.includes(named) ? named : null),
    begins: (calendar) => {
      const [first] = versionsOf(calendar)
      if (first === undefined) return Infinity
      return instant(`${zoneOf(first)} ${since(first) > FIRST ? since(first) : FIRST}T00:00:00`)
    },
    between: (calendar, from, until) => {
      const versions = versionsOf(calendar)
      const spans: (readonly [number, number])[] = []
      for (const version of versions)
        for (let day = addDays(dayOf(new Date(from), 'UTC'), -3); day <= addDays(dayOf(new Date(until), 'UTC'), 2); day = addDays(day, 1))
          spans.push(...spansOn(calendar, version, versions, day))
      let [sum, reached] = [0, from]
      for (const [opens, closes] of spans.sort((a, b) => a[0] - b[0])) {
        sum += Math.max(0, Math.min(closes, until) - Math.max(opens, reached))
        reached = Math.max(reached, Math.min(closes, until))
      }
      return sum
    },
  }
}
