import type { Refusal } from '../../record/refusal.ts'
import type { Value } from '../../record/staged-row.ts'
import { isNothingWord } from './cell.ts'
import { refusal } from '../../record/refusal.ts'

const LIKE = 'write them like 09:00-17:00, or 09:00-12:00, 13:00-17:00'
const NO_HOURS = refusal(`are no hours of a day: ${LIKE}`)
const EITHER_HALF = refusal(`may be morning or evening: ${LIKE}, or 9am-5pm`)
const NO_LENGTH = refusal(`begin and end at the same time: ${LIKE}, or 00:00-24:00 for the whole day`)

const CLOSED = new Set(['closed', 'off', 'day off', 'shut', 'not open', 'x', '0'])
const ALL_DAY = /^(?:open\s+)?(?:24\s*(?:h|hrs?|hours?)?(?:\s*(?:a day|\/\s*7))?|all day|24x7|round the clock|around the clock)$/
const TIME = String.raw`(noon|midday|midnight|\d{1,2}(?:[:.h]\d{2})?(?::\d{2})?(?:\s*h)?|\d{3,4})\s*(a\.?m?\.?|p\.?m?\.?)?(?![a-z0-9:.])`
const SPAN = new RegExp(String.raw`(?:from\s+)?${TIME}\s*(?:-|to|till|til|until|through|thru|~)\s*${TIME}`, 'g')
const BETWEEN = /^[\s,;/&+|]*(?:and\b)?[\s,;/&+|]*$/

/** A time of day in minutes; `half` is what am or pm says, null where neither stands there. */
interface TimeOfDay {
  readonly minutes: number
  readonly half: 'am' | 'pm' | null
  /** The time can only be of a clock of 24 hours, or says which half of the day it is of. */
  readonly isSure: boolean
}

function readTime(text: string, half: string | undefined): TimeOfDay | null {
  if (text === 'noon' || text === 'midday') return { minutes: 720, half: null, isSure: true }
  if (text === 'midnight') return { minutes: 0, half: null, isSure: true }
  const match = /^(\d{1,2})(?:[:.h]?(\d{2}))?(?::\d{2})?\s*h?$/.exec(text)
  if (match === null) return null
  const [hour, minute] = [Number(match[1]), Number(match[2] ?? 0)]
  if (minute > 59 || hour > 24 || (hour === 24 && minute > 0)) return null
  if (half === undefined) return { minutes: hour * 60 + minute, half: null, isSure: hour > 12 || hour === 0 }
  if (hour < 1 || hour > 12) return null
  const of = half.startsWith('p') ? 'pm' : 'am'
  return { minutes: ((hour % 12) + (of === 'pm' ? 12 : 0)) * 60 + minute, half: of, isSure: true }
}

/** Of two times one of which says no half of the day: 9-5pm is from the morning, 1-5pm from the afternoon, 9am-5 until the evening. */
function halved(from: TimeOfDay, until: TimeOfDay): readonly [number, number] {
  const other = (minutes: number): number => (minutes % 720) + (minutes % 1440 >= 720 ? 0 : 720)
  if (until.half !== null && !from.isSure) {
    const both = [from.minutes % 720, (from.minutes % 720) + 720]
    return [both.filter((minutes) => minutes < (until.minutes === 0 ? 1440 : until.minutes)).at(-1) ?? from.minutes, until.minutes]
  }
  if (from.half !== null && !until.isSure) return [from.minutes, until.minutes % 1440 > from.minutes ? until.minutes : other(until.minutes)]
  return [from.minutes, until.minutes]
}

/** Small letters, one kind of dash, single spaces. */
const plain = (cell: string): string =>
  cell
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[‐‑‒–—―−]/g, '-')
    .replace(/\s+/g, ' ')
    .trim()

const two = (n: number): string => String(n).padStart(2, '0')
const clock = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
/** Who cannot write 24:00 writes 23:59. */
const LAST_MINUTE = 1439

function readSpan(match: RegExpMatchArray): string | Refusal {
  const [from, until] = [readTime(match[1] ?? '', match[2]), readTime(match[3] ?? '', match[4])]
  if (from === null || until === null || from.minutes === 1440) return NO_HOURS
  const [opens, closing] = halved(from, until)
  const closes = closing === 0 || closing === LAST_MINUTE ? 1440 : closing
  if (closes === opens) return NO_LENGTH
  if (closes < opens && !(from.isSure || until.isSure)) return EITHER_HALF
  // 10:00-02:00 may be a shift over midnight; 09:00-05:00 is hardly one.
  return closes < opens && !(opens >= 720) ? EITHER_HALF : `${clock(opens)}-${clock(closes)}`
}

/**
 * The hours of one day, written as "09:00-12:00, 13:00-17:00", or "closed"; null where nothing is said of the day. A shift that
 * ends on the next day stays as it is: "22:00-06:00". What is no hours is refused: a day that closes in silence is a wrong number.
 */
export function readHours(cell: string): Value | Refusal {
  const text = plain(cell)
  if (CLOSED.has(text)) return 'closed'
  if (isNothingWord(text)) return null
  if (ALL_DAY.test(text)) return '00:00-24:00'
  const spans: string[] = []
  let end = 0
  for (const match of text.matchAll(SPAN)) {
    if (!BETWEEN.test(text.slice(end, match.index))) return NO_HOURS
    const span = readSpan(match)
    if (typeof span !== 'string') return span
    spans.push(span)
    end = match.index + match[0].length
  }
  return spans.length === 0 || !BETWEEN.test(text.slice(end)) ? NO_HOURS : spans.join(', ')
}

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const DAY = '(?:mon|tue|tues|wed|weds|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?s?'
const DAY_LIST = new RegExp(
  String.raw`(?:(?:on\s+)?(${DAY}(?:\s*(?:-|to|through|thru|,|&|/|and|\s)\s*${DAY})*|weekdays?|weekends?|daily|every ?day|all days|all week))\s*:?\s*`,
  'g',
)
const NO_DAYS = refusal('are hours without days: write them like Mon-Fri 09:00-17:00, Sat 10:00-14:00')
const TWICE = refusal('name a day twice: write each day once')

const dayNumber = (name: string): number => DAYS.indexOf(name.slice(0, 3))

/** Which days "mon-wed, fri" names, Monday being 0. */
function daysOf(list: string): number[] {
  if (/^weekday/.test(list)) return [0, 1, 2, 3, 4]
  if (/^weekend/.test(list)) return [5, 6]
  if (/^(?:daily|every|all)/.test(list)) return [0, 1, 2, 3, 4, 5, 6]
  const range = new RegExp(String.raw`(${DAY})(?:\s*(?:-|to|through|thru)\s*(${DAY}))?`, 'g')
  return [...list.matchAll(range)].flatMap(([, first = '', last]) => {
    const from = dayNumber(first)
    const length = last === undefined ? 1 : ((dayNumber(last) - from + 7) % 7) + 1
    return Array.from({ length }, (_, i) => (from + i) % 7)
  })
}

/** Hours of a whole week in one cell, "Mon-Fri 9-17; Sat 10-14", as those of Monday to Sunday joined by "|". */
export function readWeek(cell: string): Value | Refusal {
  const text = plain(cell)
  if (isNothingWord(text)) return null
  if (/^24 ?[/x] ?7$/.test(text)) return Array(7).fill('00:00-24:00').join('|')
  const lists = [...text.matchAll(DAY_LIST)]
  if (lists.length === 0 || lists[0]?.index !== 0) return NO_DAYS
  const week: (string | null)[] = Array(7).fill(null)
  for (const [i, list] of lists.entries()) {
    const part = text.slice(list.index + list[0].length, lists[i + 1]?.index).replace(/[\s,;|/]+$/, '')
    const hours = part === '' ? NO_HOURS : readHours(part)
    if (typeof hours === 'object' && hours !== null) return hours
    for (const day of daysOf(list[1] ?? '')) {
      if (week[day] !== null) return TWICE
      week[day] = hours === 'closed' ? '' : String(hours ?? '')
    }
  }
  return week.map((hours) => hours ?? '').join('|')
}
