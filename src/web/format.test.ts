import { describe, expect, it } from 'vitest'
import {
  formatBytes,
  formatChange,
  formatInstant,
  formatInterval,
  formatMoney,
  formatPeriod,
  formatShortPeriod,
  formatShort,
  formatTicks,
  formatValue,
} from './format.ts'

/** As it is read: no-break spaces as spaces, the minus sign as a hyphen. */
const plain = (text: string): string =>
  text
    .replaceAll(/[\u202f\u00a0]/g, ' ')
    .replaceAll('\u2212', '-')
    .replaceAll('\u2013', '-')

describe('values', () => {
  it.each([
    [0.888888, 'share', null, '88.9 %'],
    [1234.5, 'money', 'USD', '$1,235'],
    [12.5, 'money', 'EUR', '€12.50'],
    [-80, 'money', 'USD', '-$80'],
    [5, 'ratio', null, '5.00×'],
    [1200, 'count', null, '1,200'],
    [3.4, 'months', null, '3.4 months'],
    [57, 'days', null, '57 days'],
    [1, 'days', null, '1 day'],
    [57.04, 'days', null, '57 days'],
    [0.25, 'days', null, '0.25 days'],
    [27, 'per_100', null, '27 per 100'],
    [2.31, 'per_week', null, '2.31 a week'],
    [71.5, 'score', null, '71.5 of 100'],
    [-0.4, 'sentiment', null, '-0.40'],
    [105, 'minutes', null, '105 min'],
    [2.5, 'minutes', null, '2.5 min'],
    [3885, 'minutes', null, '64 h 45 min'],
    [50, 'hours', null, '50.0 h'],
    [12.5, 'per_100', null, '12.5 per 100'],
  ] as const)('%s as %s', (value, unit, currency, text) => {
    expect(plain(formatValue(value, unit, currency))).toBe(text)
  })

  it('keeps the decimals of a column the same', () => {
    expect(formatMoney(100, 'USD', 2)).toBe('$100.00')
  })

  it('shortens for axes', () => {
    expect(plain(formatShort(409_502, 'money', 'USD'))).toBe('$410K')
    expect(plain(formatShort(1.05, 'share'))).toBe('105 %')
    expect(plain(formatShort(0.015, 'share'))).toBe('1.5 %')
  })
})

describe('changes', () => {
  it('of shares are percentage points', () => {
    expect(plain(formatChange(-0.0031, 'share'))).toBe('-0.3 pp')
  })
  it('carry their sign', () => {
    expect(plain(formatChange(120, 'money', 'USD'))).toBe('+$120')
    expect(plain(formatChange(0, 'count'))).toBe('±0')
  })
})

describe('periods', () => {
  it.each([
    ['2024-06-01', '2024-07-01', 'June 2024'],
    ['2024-04-01', '2024-07-01', 'Q2 2024'],
    ['2024-01-01', '2024-07-01', 'H1 2024'],
    ['2024-01-01', '2025-01-01', '2024'],
    ['2023-11-01', '2024-11-01', 'Nov 2023 - Oct 2024'],
    ['2024-02-01', '2024-04-01', 'Feb - Mar 2024'],
    ['2024-01-15', '2024-02-15', '15 Jan - 14 Feb 2024'],
    ['2023-12-31', '2024-01-02', '31 Dec 2023 - 1 Jan 2024'],
    ['2024-02-29', '2024-03-01', '29 Feb 2024'],
  ])('%s until %s', (from, until, text) => {
    expect(plain(formatPeriod({ from, until }))).toBe(text)
  })

  it('names the pieces of a series shortly', () => {
    expect(formatShortPeriod({ from: '2024-06-01', until: '2024-07-01' }, false)).toBe('Jun')
    expect(formatShortPeriod({ from: '2024-06-01', until: '2024-07-01' }, true)).toBe("Jun '24")
    expect(formatShortPeriod({ from: '2024-04-01', until: '2024-07-01' }, true)).toBe("Q2 '24")
  })
})

it('writes intervals with one unit', () => {
  expect(plain(formatInterval([0.565, 0.98], 'share'))).toBe('56.5-98.0 %')
})

it('writes instants on the clock of a zone', () => {
  expect(formatInstant('2024-06-30T23:30:00Z', 'Europe/Berlin')).toBe('1 Jul 2024, 01:30')
  expect(formatInstant('2024-06-30T03:30:00.123456Z', 'America/New_York')).toBe('29 Jun 2024, 23:30')
})

it('writes bytes', () => {
  expect([formatBytes(900), formatBytes(2048), formatBytes(5 * 1024 ** 2)]).toEqual(['900 B', '2.0 KB', '5.0 MB'])
})

it('numbers an axis with as many digits as it takes to tell them apart', () => {
  expect(formatTicks([0.063, 0.064, 0.065], (value, more) => formatShort(value, 'share', null, more))).toEqual(['6.3\u202f%', '6.4\u202f%', '6.5\u202f%'])
  expect(formatTicks([0.0635, 0.064, 0.0645], (value, more) => formatShort(value, 'share', null, more))).toEqual(['6.35\u202f%', '6.40\u202f%', '6.45\u202f%'])
  expect(formatTicks([0.5, 0.6], (value, more) => formatShort(value, 'share', null, more))).toEqual(['50\u202f%', '60\u202f%'])
  expect(formatTicks([100_200, 100_400], (value, more) => formatShort(value, 'money', 'USD', more))).toEqual(['$100.2K', '$100.4K'])
})

it('writes scores in points as whole numbers, their changes more finely', () => {
  expect(formatValue(6.38, 'points')).toBe('6 points')
  expect(formatInterval([-10.2, 23.4], 'points')).toBe('\u221210 \u2013 23 points')
  expect(formatChange(0.32, 'points')).toBe('+0.3 points')
})
