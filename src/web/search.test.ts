import { describe, expect, it } from 'vitest'
import { parsePeriod, parseSearch, readQuestion, readTarget, stringifySearch, withoutExplained, writePeriod, writeTarget } from './search.ts'
import { beforeFacts, narrow } from './question.ts'

describe('the query string', () => {
  it('keeps repeated values and readable signs', () => {
    const search = { period: '2024-06', where: ['segment=SMB', 'plan=Gold & more'] }
    const text = stringifySearch(search)
    expect(text).toBe('?period=2024-06&where=segment=SMB&where=plan=Gold+%26+more')
    expect(parseSearch(text)).toEqual(search)
  })

  it('leaves out what is empty', () => {
    expect(stringifySearch({ a: '', b: undefined, c: [] })).toBe('')
  })

  it('holds what was written and nothing else, whatever its keys are called', () => {
    expect(parseSearch('constructor=a&toString=b&toString=c')).toEqual({ constructor: 'a', toString: ['b', 'c'] })
    expect(narrow(['constructor=a'], { segment: 'SMB' })).toEqual(['constructor=a', 'segment=SMB'])
  })

  it('comes back from any text', () => {
    const where = ['name=50 % + "ü" = #1?']
    expect(parseSearch(stringifySearch({ where }))).toEqual({ where: where[0] })
  })
})

describe('periods', () => {
  it.each([
    ['2024-06', '2024-06-01', '2024-07-01'],
    ['2024-Q2', '2024-04-01', '2024-07-01'],
    ['2024-H2', '2024-07-01', '2025-01-01'],
    ['2024', '2024-01-01', '2025-01-01'],
    ['2023-11..2024-10', '2023-11-01', '2024-11-01'],
    ['2024-01-15..2024-02-14', '2024-01-15', '2024-02-15'],
    ['2024-02-29', '2024-02-29', '2024-03-01'],
  ])('reads and writes %s', (text, from, until) => {
    expect(parsePeriod(text)).toEqual({ from, until })
    expect(writePeriod({ from, until })).toBe(text)
  })

  it.each(['', '2024-13', '2024-02-30', '2024-06..2024-01', 'x', '2024-Q5', '2024-01..2024-02..2024-03'])('refuses %s', (text) => {
    expect(parsePeriod(text)).toBeNull()
  })
})

describe('the screen', () => {
  const extent = { today: '2026-11-21', first_day: '2020-01-01', last_day: '2026-11-20' }
  it('drops what is not understood', () => {
    const screen = readQuestion({ period: 'nonsense', compare: 'sometime', where: ['=x', 'segment=SMB'], as_of: '2026-99-99' }, extent)
    expect(screen).toMatchObject({ period: { from: '2025-11-01' }, compare: 'previous', where: ['segment=SMB'], as_of: undefined })
  })
})

describe('a number that is explained', () => {
  it('is written into the query string and read back', () => {
    const target = { metric: 'nrr', period: { from: '2024-06-01', until: '2024-07-01' }, dims: { segment: 'SMB=small' }, options: ['age=3'] }
    expect(readTarget(parseSearch(stringifySearch(writeTarget(target))))).toEqual(target)
  })
  it('is gone when the drawer is closed, and nothing else is', () => {
    expect(readTarget(withoutExplained({ ...writeTarget({ metric: 'nrr' }), period: '2024' }))).toBeNull()
    expect(withoutExplained({ period: '2024', account: 'A1' })).toMatchObject({ period: '2024', account: undefined })
  })
  it('narrows the filters of the screen: the mark decides its own dimension', () => {
    expect(narrow(['segment=SMB', 'segment=Mid', 'region=EU'], { segment: 'SMB' })).toEqual(['region=EU', 'segment=SMB'])
  })
})

it('knows a period that ends before the facts begin', () => {
  expect(beforeFacts({ from: '2024-01-01', until: '2024-02-01' }, '2024-02-01')).toBe('2024-02-01')
  expect(beforeFacts({ from: '2024-01-01', until: '2024-03-01' }, '2024-02-01')).toBeNull()
  expect(beforeFacts({ from: '2024-01-01', until: '2024-02-01' }, null)).toBeNull()
})
