import { describe, expect, it } from 'vitest'
import { textCells } from './column.ts'
import type { Column, ColumnHead } from './column.ts'
import { parseCondition, parseConditions, passing, testOf } from './conditions.ts'
import { orderBy, placeAfter } from './order.ts'
import { parseColumn } from './wanted.ts'

const head = (kind: ColumnHead['kind'], more: Partial<ColumnHead> = {}): ColumnHead => ({
  id: 'column',
  name: 'Column',
  says: '',
  of: 'metric',
  kind,
  unit: null,
  currency: null,
  better: 'up',
  ...more,
})

const numbers = (...given: (number | null)[]): Column => ({
  head: head('number', { unit: 'share' }),
  cells: {
    kind: 'number',
    values: Float64Array.from(given, (one) => one ?? Number.NaN),
    reasons: Uint8Array.from(given, (one) => (one === null ? 1 : 0)),
    why: ['Nothing is known'],
  },
})
const words = (...given: (string | null)[]): Column => ({ head: head('text'), cells: textCells(given, 'Not recorded') })
const days = (...given: (string | null)[]): Column => ({ head: head('day'), cells: textCells(given, 'Never') })
const bands = (...given: string[]): Column => ({ head: head('text', { choices: ['red', 'amber', 'green'] }), cells: textCells(given, '') })

const fits = (column: Column, ...where: string[]): number[] => [
  ...passing(
    column.cells.kind === 'number' ? column.cells.values.length : column.cells.codes.length,
    parseConditions(where).map((condition) => testOf(column, condition)),
  ),
]

describe('a condition', () => {
  it('is read with signs, words and lists, and keeps the options of its column', () => {
    expect(parseCondition('nrr < 0.9')).toEqual({ column: 'nrr', operator: '<', values: ['0.9'] })
    expect(parseCondition('segment=A < B')).toEqual({ column: 'segment', operator: '=', values: ['A < B'] })
    expect(parseCondition('segment in (SMB, "Mid, large", "say ""hi""")')).toEqual({
      column: 'segment',
      operator: 'in',
      values: ['SMB', 'Mid, large', 'say "hi"'],
    })
    expect(parseCondition('size band NOT  IN (a)')).toEqual({ column: 'size band', operator: 'not in', values: ['a'] })
    expect(parseCondition('new_customer_rate[of=mrr]@3m >= 5%')).toEqual({ column: 'new_customer_rate[of=mrr]@3m', operator: '>=', values: ['5%'] })
    expect(parseCondition('name contains in stock')).toEqual({ column: 'name', operator: 'contains', values: ['in stock'] })
    expect(parseCondition('arr is missing')).toEqual({ column: 'arr', operator: 'is', values: ['missing'] })
    expect(parseCondition('segment=')).toEqual({ column: 'segment', operator: '=', values: [''] })
  })

  it.each(['nrr', '= 5', 'nrr <', 'segment in SMB', 'segment in ()', 'name contains ', 'arr is big', ''])('"%s" is none', (text) => {
    expect(() => parseCondition(text)).toThrow(expect.objectContaining({ code: 'bad_filter' }))
  })

  it('with another value of the same column is an alternative; other conditions all hold', () => {
    expect(fits(words('a', 'b', 'c'), 'column=a', 'column=c')).toEqual([0, 2])
    expect(fits(numbers(1, 2, 3, 4), 'column > 1', 'column < 4')).toEqual([1, 2])
  })

  it('compares numbers; one that is missing passes only where it is asked for', () => {
    const column = numbers(0.5, null, 0.9, 1.2)
    expect(fits(column, 'column < 0.9')).toEqual([0])
    expect(fits(column, 'column >= 90%')).toEqual([2, 3])
    expect(fits(column, 'column != 0.9')).toEqual([0, 3])
    expect(fits(column, 'column in (0.5, 1.2)')).toEqual([0, 3])
    expect(fits(column, 'column is missing')).toEqual([1])
    expect(fits(column, 'column is known')).toEqual([0, 2, 3])
    expect(fits(column, 'column=(none)')).toEqual([1])
    expect(fits(numbers(999, 10_000), 'column >= 10,000')).toEqual([1])
  })

  it('compares days by the calendar, and words by themselves', () => {
    expect(fits(days('2024-01-31', null, '2023-12-01'), 'column < 2024-01-01')).toEqual([2])
    const column = words('Café Łódź', null, 'cafe', 'Tea')
    expect(fits(column, 'column contains CAFE')).toEqual([0, 2])
    expect(fits(column, 'column=Tea')).toEqual([3])
    expect(fits(column, 'column != Tea')).toEqual([0, 1, 2])
    expect(fits(column, 'column=(none)')).toEqual([1])
    expect(fits(column, 'column not in (Tea, "(none)")')).toEqual([0, 2])
  })

  it('of a cell that stands for several words fits one of them', () => {
    const column: Column = { head: head('text'), cells: textCells(['Pro, Start', 'Pro'], '', (word) => word.split(', ')) }
    expect(fits(column, 'column=Start')).toEqual([0])
    expect(fits(column, 'column != Start')).toEqual([1])
  })

  it('is refused where it can only be wrong', () => {
    for (const [column, where] of [
      [numbers(1), 'column < many'],
      [numbers(1), 'column contains 1'],
      [words('a'), 'column < b'],
      [days('2024-01-01'), 'column > yesterday'],
    ] as const)
      expect(() => fits(column, where)).toThrow(expect.objectContaining({ code: 'bad_filter' }))
    expect(() => fits(bands('red'), 'column=rde')).toThrow(expect.objectContaining({ code: 'unknown_value', cure: expect.stringContaining('red') as string }))
  })
})

describe('the order', () => {
  const accounts = ['a', 'b', 'c', 'd', 'e']
  const sorted = (column: Column, descending = false): string => {
    const compare = orderBy(column, descending, accounts)
    return [...accounts.keys()]
      .sort(compare)
      .map((place) => accounts[place])
      .join('')
  }

  it('has those without a value last whichever way it runs, and equals by their id', () => {
    const column = numbers(2, null, 1, null, 2)
    expect(sorted(column)).toBe('caebd')
    expect(sorted(column, true)).toBe('aecbd')
  })

  it('of words is that of a reader: numbers in them count as numbers, case does not', () => {
    const column = words('Store 10', 'store 9', null, 'Åre', 'zoo')
    expect(sorted(column)).toBe('dbaec')
    expect(sorted(column, true)).toBe('eabdc')
  })

  it('goes on after an account that is not listed any more where it would stand', () => {
    const column = numbers(5, 4, 3, 2, null)
    const compare = orderBy(column, true, accounts)
    const order = Uint32Array.from([0, 2, 3, 4]).sort(compare)
    expect(placeAfter(order, 0, compare)).toBe(1)
    expect(placeAfter(order, 1, compare)).toBe(1)
    expect(placeAfter(order, 4, compare)).toBe(4)
  })
})

describe('a column', () => {
  it('is the id of something, with options and a period of its own', () => {
    expect(parseColumn('nrr', '2024-06-30')).toEqual({ id: 'nrr', name: 'nrr', options: {}, period: null })
    expect(parseColumn('nrr@3m', '2024-06-30').period).toEqual({ from: '2024-04-01', until: '2024-07-01' })
    expect(parseColumn('nrr@28d', '2024-06-30').period).toEqual({ from: '2024-06-03', until: '2024-07-01' })
    expect(parseColumn('ttv[of=first; days=60]@2024-01-01..2024-02-01', '2024-06-30')).toMatchObject({
      name: 'ttv',
      options: { of: 'first', days: '60' },
      period: { from: '2024-01-01', until: '2024-02-01' },
    })
  })

  it.each(['nrr@', 'nrr@0m', 'nrr@2024-02-01..2024-01-01', 'nrr[of]', '', '[a=b]'])('"%s" is none', (text) => {
    expect(() => parseColumn(text, '2024-06-30')).toThrow(expect.objectContaining({ code: 'bad_column' }))
  })
})
