import { describe, expect, test } from 'vitest'
import { readHours, readWeek } from './hours.ts'

const reason = (value: unknown): string => (value as { reason: string } | null)?.reason ?? `read as ${String(value)}`

describe('hours of a day', () => {
  test.each([
    ['09:00-17:00', '09:00-17:00'],
    ['9-17', '09:00-17:00'],
    ['9am-5pm', '09:00-17:00'],
    ['9:00 AM - 5:00 PM', '09:00-17:00'],
    ['9 a.m. to 5 p.m.', '09:00-17:00'],
    ['08.00-17.00', '08:00-17:00'],
    ['9 to 17', '09:00-17:00'],
    ['09:00 — 17:00', '09:00-17:00'],
    ['09:00–17:00', '09:00-17:00'],
    ['0900-1700', '09:00-17:00'],
    ['900-1730', '09:00-17:30'],
    ['9h30-18h', '09:30-18:00'],
    ['09:00:00-17:00:00', '09:00-17:00'],
    ['from 9:30 until 18:15', '09:30-18:15'],
    ['9-5pm', '09:00-17:00'],
    ['1-5pm', '13:00-17:00'],
    ['9am-5', '09:00-17:00'],
    ['12am-12pm', '00:00-12:00'],
    ['noon-6pm', '12:00-18:00'],
    ['6pm-midnight', '18:00-24:00'],
    ['09:00-12:00, 13:00-17:00', '09:00-12:00, 13:00-17:00'],
    ['9-12 / 13-17', '09:00-12:00, 13:00-17:00'],
    ['9am-12pm and 1pm-5pm', '09:00-12:00, 13:00-17:00'],
    ['09:00-12:00 13:00-17:00', '09:00-12:00, 13:00-17:00'],
    ['22:00-06:00', '22:00-06:00'],
    ['10pm-6am', '22:00-06:00'],
    ['00:00-24:00', '00:00-24:00'],
    ['00:00-23:59', '00:00-24:00'],
    ['0:00-0:00', '00:00-24:00'],
    ['24h', '00:00-24:00'],
    ['24 hours', '00:00-24:00'],
    ['All day', '00:00-24:00'],
    ['closed', 'closed'],
    ['Off', 'closed'],
    ['-', null],
    ['—', null],
    ['n/a', null],
  ])('"%s" are %s', (cell, hours) => expect(readHours(cell)).toBe(hours))
  test.each([
    ['9-5', /morning or evening/],
    ['9:00-5:00', /morning or evening/],
    ['08:00-06:00', /morning or evening/],
    ['09:00-09:00', /same time/],
    ['by appointment', /no hours/],
    ['9', /no hours/],
    ['09:00', /no hours/],
    ['25:00-26:00', /no hours/],
    ['09:75-17:00', /no hours/],
    ['13pm-17pm', /no hours/],
    ['9-17 by phone', /no hours/],
    ['open 9-17', /no hours/],
    ['09:00-17:00-19:00', /no hours/],
    ['24:00-06:00', /no hours/],
  ])('"%s" is refused', (cell, why) => expect(reason(readHours(cell))).toMatch(why))
})

describe('hours of a week', () => {
  const days = (weekday: string, saturday = '', sunday = '') => [...Array(5).fill(weekday), saturday, sunday].join('|')
  test.each([
    ['Mon-Fri 9am-5pm', days('09:00-17:00')],
    ['Monday to Friday: 09:00 – 17:00; Sat 10-14', days('09:00-17:00', '10:00-14:00')],
    ['weekdays 9-12, 13-17', days('09:00-12:00, 13:00-17:00')],
    ['daily 0-24', days('00:00-24:00', '00:00-24:00', '00:00-24:00')],
    ['24/7', days('00:00-24:00', '00:00-24:00', '00:00-24:00')],
    ['Mon, Wed & Fri 9-17, Tue closed', '09:00-17:00||09:00-17:00||09:00-17:00||'],
    ['Sat-Sun 22:00-06:00', '|||||22:00-06:00|22:00-06:00'],
    ['Fri-Mon 9-17', '09:00-17:00||||09:00-17:00|09:00-17:00|09:00-17:00'],
  ])('"%s"', (cell, week) => expect(readWeek(cell)).toBe(week))
  test.each([
    ['9-17', /without days/],
    ['Mon-Fri', /no hours/],
    ['Mon-Fri 9-5', /morning or evening/],
    ['Mon-Fri 9-17, Fri 9-15', /twice/],
    ['office hours', /without days/],
  ])('"%s" is refused', (cell, why) => expect(reason(readWeek(cell))).toMatch(why))
})
