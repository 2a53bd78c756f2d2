import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createEvidence, isDecided } from './evidence.ts'
import { ANY_ORDER, DMY, MDY, YMD } from './when-text.ts'
import { createWhenReader } from './when.ts'

const instant = (cell: string, zone = 'UTC', how = DMY) => createWhenReader('instant', zone, how)(cell)
const day = (cell: string, zone = 'UTC', how = DMY) => createWhenReader('date', zone, how)(cell)
const reason = (value: unknown): string => (value as { reason: string }).reason

describe('an instant', () => {
  test.each([
    ['2024-01-31T15:00:00Z', '2024-01-31T15:00:00.000Z'],
    ['2024-01-31 15:00:00Z', '2024-01-31T15:00:00.000Z'],
    ['2024-01-31T15:00:00.25Z', '2024-01-31T15:00:00.250Z'],
    ['2024-01-31T15:00:00.123456Z', '2024-01-31T15:00:00.123Z'],
    ['2024-01-31T15:00:00.123Z', '2024-01-31T15:00:00.123Z'],
    ['2024-01-31T15:00Z', '2024-01-31T15:00:00.000Z'],
    ['2024-01-31T15:00:00+02:00', '2024-01-31T13:00:00.000Z'],
    ['2024-01-31 15:00:00 -0530', '2024-01-31T20:30:00.000Z'],
    ['2024-01-31 15:00:00 UTC', '2024-01-31T15:00:00.000Z'],
    ['2024-01-31 15:00:00+00', '2024-01-31T15:00:00.000Z'],
    ['2024/1/31 3:05 PM', '2024-01-31T15:05:00.000Z'],
    ['2024-01-31', '2024-01-31T00:00:00.000Z'],
    ['2024-01', '2024-01-01T00:00:00.000Z'],
    ['20240131', '2024-01-31T00:00:00.000Z'],
    ['20240131T150000Z', '2024-01-31T15:00:00.000Z'],
    ['31/12/2024', '2024-12-31T00:00:00.000Z'],
    ['31.12.2024 09:15', '2024-12-31T09:15:00.000Z'],
    ['31 Jan 2024', '2024-01-31T00:00:00.000Z'],
    ['31-Jan-24', '2024-01-31T00:00:00.000Z'],
    ['Jan 31, 2024', '2024-01-31T00:00:00.000Z'],
    ['January 31st, 2024 at 3:05 pm', '2024-01-31T15:05:00.000Z'],
    ['Wed, 31 Jan 2024 10:00:00 GMT', '2024-01-31T10:00:00.000Z'],
    ['Wed Jan 31 2024 10:00:00 GMT+0100 (CET)', '2024-01-31T09:00:00.000Z'],
    ['Sept 2024', '2024-09-01T00:00:00.000Z'],
    ['Jan-24', '2024-01-01T00:00:00.000Z'],
    ['1704067200', '2024-01-01T00:00:00.000Z'],
    ['1704067200.5', '2024-01-01T00:00:00.500Z'],
    ['1704067200123', '2024-01-01T00:00:00.123Z'],
    ['1704067200123456', '2024-01-01T00:00:00.123Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['12:00 AM', null],
    ['1900-01-01', '1900-01-01T00:00:00.000Z'],
    ['01/02/69', '2069-02-01T00:00:00.000Z'],
    ['01/02/70', '1970-02-01T00:00:00.000Z'],
  ])('"%s" is %s', (cell, expected) => (expected === null ? expect(reason(instant(cell))).toMatch(/not a date/) : expect(instant(cell)).toBe(expected)))

  test.each(
    [
      '2024-02-30',
      '2023-02-29',
      '2024-13-01',
      '2024-00-10',
      '31/31/2024',
      '2024-01-31T25:00:00Z',
      '2024-01-31T15:60:00Z',
      '2024-01-31T15:00:61Z',
      '2024-01-31T15:00:00X',
      '13:00 PM',
      'yesterday',
      '31 Foo 2024',
      '1899-12-31',
      '2300-01-01',
      '2024-01-31T15:00:00+99:00',
      '2024-1',
      '99999999999',
      '1/2',
      '2024-01-31 13:00 pm',
    ].filter((cell) => cell !== '2024-1'),
  )('"%s" is refused', (cell) => expect(reason(instant(cell))).toMatch(/not a date/))

  test('a spreadsheet’s day number says what it is', () => expect(reason(instant('45292'))).toMatch(/format the column as a date/))
  test('an order that does not fit is refused', () => expect(reason(instant('31/12/2024', 'UTC', MDY))).toMatch(/order that was chosen/))

  test('times without a zone are the workspace’s, across its clock changes', () => {
    const inNewYork = (cell: string) => instant(cell, 'America/New_York')
    expect(inNewYork('2024-03-01')).toBe('2024-03-01T05:00:00.000Z')
    expect(inNewYork('2024-07-01 12:00')).toBe('2024-07-01T16:00:00.000Z')
    expect(inNewYork('2024-03-10 02:30:00')).toBe('2024-03-10T07:30:00.000Z')
    expect(inNewYork('2024-11-03 01:30:00')).toBe('2024-11-03T05:30:00.000Z')
    expect(inNewYork('2024-03-01T00:00:00Z')).toBe('2024-03-01T00:00:00.000Z')
  })
})

describe('an end', () => {
  const close = (cell: string, zone = 'UTC') => createWhenReader('close', zone, DMY)(cell)
  test.each([
    ['2024-06-30', '2024-07-01T00:00:00.000Z'],
    ['30.06.2024', '2024-07-01T00:00:00.000Z'],
    ['2024-06', '2024-07-01T00:00:00.000Z'],
    ['Feb 2024', '2024-03-01T00:00:00.000Z'],
    ['2024-06-30 00:00', '2024-06-30T00:00:00.000Z'],
    ['2024-06-30T00:00:00Z', '2024-06-30T00:00:00.000Z'],
    ['1719705600', '2024-06-30T00:00:00.000Z'],
    ['2299-12-31', '2299-12-31T00:00:00.000Z'],
  ])('"%s" is %s: a day or a month that is written without a time is the last one', (cell, expected) => expect(close(cell)).toBe(expected))
  test('comes at the midnight of the zone, across its clock changes', () => {
    expect(close('2024-03-09', 'America/New_York')).toBe('2024-03-10T05:00:00.000Z')
    expect(close('2024-03-10', 'America/New_York')).toBe('2024-03-11T04:00:00.000Z')
  })
})

describe('a day', () => {
  test('is the zone’s day where a zone is given, else the day that is written', () => {
    const inNewYork = (cell: string) => day(cell, 'America/New_York')
    expect(inNewYork('2024-03-01')).toBe('2024-03-01')
    expect(inNewYork('2024-03-01T03:00:00Z')).toBe('2024-02-29')
    expect(inNewYork('2024-03-01 03:00:00')).toBe('2024-03-01')
    expect(inNewYork('1709262000')).toBe('2024-02-29')
    expect(inNewYork('2024-03')).toBe('2024-03-01')
  })
})

describe('a column of dates', () => {
  const learn = (cells: string[]) => {
    const evidence = createEvidence(ANY_ORDER)
    const read = createWhenReader('date', 'UTC', evidence)
    return { evidence, values: cells.map((cell) => read(cell)) }
  }
  test('ISO dates and names of months need no decision', () => {
    const { evidence } = learn(['2024-01-02', '3 Feb 2024', '2024-05'])
    expect(evidence.open).toBe(false)
  })
  test('a day above 12 decides', () => {
    expect(learn(['13/02/2024', '01/02/2024'])).toMatchObject({ values: ['2024-02-13', '2024-02-01'], evidence: { candidates: DMY, open: false } })
    expect(learn(['02/13/2024', '01/02/2024'])).toMatchObject({ values: ['2024-02-13', '2024-01-02'], evidence: { candidates: MDY, open: false } })
  })
  test('days that could be months leave it open, equal ones do not', () => {
    expect(learn(['03/03/2024', '12/12/2024']).evidence.open).toBe(false)
    expect(learn(['03/03/2024', '01/02/2024']).evidence).toMatchObject({ open: true, conflict: false, candidates: DMY | MDY, examples: ['01/02/2024'] })
  })
  test('years of two digits may stand first', () => {
    expect(learn(['99-01-31']).evidence.candidates).toBe(YMD)
    expect(learn(['24-01-31']).evidence).toMatchObject({ open: true, candidates: YMD | DMY })
    expect(learn(['01/02/03']).evidence).toMatchObject({ open: true, candidates: ANY_ORDER })
  })
  test('one column in two orders is a conflict', () => expect(learn(['13/02/2024', '02/13/2024']).evidence.conflict).toBe(true))
  test('a decision holds for cells that were read before', () => {
    const evidence = createEvidence(ANY_ORDER)
    const read = createWhenReader('date', 'UTC', evidence)
    read('01/02/2024')
    read('02/13/2024')
    expect(isDecided(evidence)).toBe(true)
    expect(read('01/02/2024')).toBe('2024-01-02')
  })
})

test('any instant is read back from each of its spellings', () => {
  const zones = ['UTC', 'America/New_York', 'Asia/Kolkata']
  fc.assert(
    fc.property(fc.date({ min: new Date('1971-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }), fc.constantFrom(...zones), (date, zone) => {
      const iso = date.toISOString()
      const spellings = [iso, iso.replace('T', ' '), iso.replace('Z', '+00:00'), String(date.getTime()).padStart(12, '0')]
      for (const text of spellings.filter((spelling) => /^\d{4}-|^\d{12,13}$/.test(spelling))) expect(instant(text, zone)).toBe(iso)
      expect(day(iso.slice(0, 10), zone)).toBe(iso.slice(0, 10))
    }),
  )
})

test('whatever the text, reading ends in a value or a reason', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\dTZ:./ +-]{0,40}$/)), (cell) => {
      const value = instant(cell)
      if (typeof value === 'string') expect(new Date(value).toISOString()).toBe(value)
    }),
    { numRuns: 2000 },
  )
})
