import fc from 'fast-check'
import { expect, test } from 'vitest'
import { columnsOf, encodeRow } from './tab-separated.ts'

const encode = (rows: readonly object[]): string => rows.map((row) => encodeRow(row, columnsOf(rows))).join('')

test('columns are those of all rows, and what a row lacks is left to the table', () => {
  const rows = [
    { a: 1, b: null },
    { a: '', c: undefined },
  ]
  expect(columnsOf(rows)).toEqual(['a', 'b', 'c'])
  expect(encode(rows)).toBe('1\t\\N\t\n\t\t\n')
})

test('what would end a cell is escaped, in lists too', () => {
  expect(encode([{ s: 'a\tb\nc\\d\r', l: [`it's`, 'x\ty', ''], none: [], flag: true }])).toBe("a\\tb\\nc\\\\d\\r\t['it\\'s','x\\ty','']\t[]\t1\n")
})

test('whatever the text, a row stays one line of its columns', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), fc.array(fc.string())), { minLength: 1 }), (rows) => {
      const lines = encode(rows.map(([s, l]) => ({ s, l }))).split('\n')
      expect(lines).toHaveLength(rows.length + 1)
      expect(lines.slice(0, -1).every((line) => line.split('\t').length === 2)).toBe(true)
    }),
  )
})

test('an object is no value of a row', () => expect(() => encode([{ a: { b: 1 } }])).toThrow(TypeError))
