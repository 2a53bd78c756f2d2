import { describe, expect, it } from 'vitest'
import { addMonths, cut, dayOf, instantOf, isDay, periodLabel, previous, startOf, startOfDay } from './period.ts'

describe('periods', () => {
  it('cuts at the boundaries of the grain and keeps the ends', () => {
    expect(cut({ from: '2024-01-15', until: '2024-04-01' }, 'month')).toEqual([
      { from: '2024-01-15', until: '2024-02-01' },
      { from: '2024-02-01', until: '2024-03-01' },
      { from: '2024-03-01', until: '2024-04-01' },
    ])
  })
  it('refuses an empty period and too many pieces, with a cure', () => {
    expect(() => cut({ from: '2024-01-01', until: '2024-01-01' }, 'month')).toThrow(/holds no day/)
    expect(() => cut({ from: '2000-01-01', until: '2024-01-01' }, 'day')).toThrow(/more than 400/)
  })
  it('takes the period before of equal months, or of equal days', () => {
    expect(previous({ from: '2024-03-01', until: '2024-04-01' })).toEqual({ from: '2024-02-01', until: '2024-03-01' })
    expect(previous({ from: '2024-03-05', until: '2024-03-08' })).toEqual({ from: '2024-03-02', until: '2024-03-05' })
  })
  it('names periods as people do', () => {
    expect(periodLabel({ from: '2024-01-01', until: '2024-07-01' })).toBe('2024-H1')
    expect(periodLabel({ from: '2024-04-01', until: '2024-07-01' })).toBe('2024-Q2')
    expect(periodLabel({ from: '2024-01-15', until: '2024-02-15' })).toBe('2024-01-15..2024-02-14')
  })
  it('knows which days exist', () => {
    expect(['2024-02-29', '2023-02-29', '2024-13-01', '9999-01-01', '2024-1-1'].map(isDay)).toEqual([true, false, false, false, false])
    expect(addMonths('2024-01-31', 1)).toBe('2024-02-29')
    expect(startOf('week', '2024-06-30')).toBe('2024-06-24')
  })
})

describe('zones', () => {
  it('finds midnight on both sides of a clock change', () => {
    expect(startOfDay('2024-03-10', 'America/New_York').toISOString()).toBe('2024-03-10T05:00:00.000Z')
    expect(startOfDay('2024-03-11', 'America/New_York').toISOString()).toBe('2024-03-11T04:00:00.000Z')
    expect(dayOf(new Date('2024-03-01T03:30:00Z'), 'America/New_York')).toBe('2024-02-29')
  })
  it('reads a skipped time with the offset before the change and a double time as its first occurrence', () => {
    expect(instantOf('2024-03-10T02:30:00', 'America/New_York').toISOString()).toBe('2024-03-10T07:30:00.000Z')
    expect(instantOf('2024-11-03T01:30:00', 'America/New_York').toISOString()).toBe('2024-11-03T05:30:00.000Z')
  })
})
