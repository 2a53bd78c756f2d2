import { describe, expect, test } from 'vitest'
import { csv, table } from './table.ts'
import { formatNumber, formatValue } from './values.ts'

describe('a table', () => {
  test('aligns its columns and leaves out those that say nothing', () => {
    expect(
      table(
        [{ title: 'name' }, { title: 'note' }, { title: 'n', align: 'right' }],
        [
          ['Ålder', '', '7'],
          ['B', '', '1,204'],
        ],
      ),
    ).toBe('name       n\nÅlder      7\nB      1,204')
  })

  test('fits the terminal: text gives way, the widest first, and numbers stay whole', () => {
    const columns = [{ title: 'id', whole: true }, { title: 'meaning' }, { title: 'value', align: 'right' as const }]
    const rows = [['nrr', 'What the customers of the opening pay at the closing', '1,204,332.50 USD']]
    const narrow = table(columns, rows, 44)
    expect(narrow).toBe('id   meaning                           value\nnrr  What the customers o…  1,204,332.50 USD')
    expect(Math.max(...narrow.split('\n').map((line) => line.length))).toBeLessThanOrEqual(44)
    expect(table(columns, rows, 10)).toContain('1,204,332.50 USD')
    expect(table(columns, rows)).toContain('What the customers of the opening pay at the closing')
  })

  test('as CSV keeps what would break a line or a column', () => {
    expect(
      csv(
        ['a', 'b'],
        [
          ['x,y', 'say "hi"'],
          [' padded', 'two\nlines'],
        ],
      ),
    ).toBe('a,b\r\n"x,y","say ""hi"""\r\n" padded","two\nlines"')
  })

  test('as CSV runs nothing in a spreadsheet', () => expect(csv(['\uff1d1'], [['=1+1'], ['-7.5']])).toBe("'\uff1d1\r\n'=1+1\r\n-7.5"))
})

describe('values', () => {
  test('money keeps every digit and names its currency', () => {
    expect(formatValue(1.2345e17, 'money', 'USD', '123456789012345678.05')).toBe('123,456,789,012,345,678.05 USD')
    expect(formatValue(166.666667, 'money', 'EUR', '166.666667')).toBe('166.666667 EUR')
    expect(formatValue(-3, 'money', null, '-3')).toBe('-3.00')
  })

  test.each([
    [1.0335, 'share', null, '103.35 %'],
    [0, 'share', null, '0.0 %'],
    [42, 'count', null, '42'],
    [1.25, 'ratio', null, '1.25'],
    [3.5, 'per_year', null, '3.5 a year'],
    [72, 'score', null, '72 of 100'],
    [1, 'days', null, '1 day'],
    [1234.5, 'money', 'USD', '1,234.50 USD'],
  ] as const)('%d in %s reads %s', (value, unit, currency, text) => {
    expect(formatValue(value, unit, currency)).toBe(text)
  })

  test('nothing is a dash, not a zero', () => {
    expect(formatNumber(null)).toBe('–')
  })
})
