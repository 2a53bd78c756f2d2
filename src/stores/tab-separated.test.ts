import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tabSeparated } from './tab-separated.ts'

test('columns are those of all rows, and what a row lacks is left to the table', () => {
  expect(tabSeparated([{ a: 1, b: null }, { a: '', c: undefined }])).toEqual({ columns: ['a', 'b', 'c'], text: '1\t\\N\t\n\t\t\n' })
})

test('what would end a cell is escaped, in lists too', () => {
  expect(tabSeparated([{ s: 'a\tb\nc\\d\r', l: [`it's`, 'x\ty', ''], flag: true }]).text).toBe("a\\tb\\nc\\\\d\\r\t['it\\'s','x\\ty','']\t1\n")
})

test('whatever the text, a row stays one line of its columns', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.string(), fc.array(fc.string())), { minLength: 1 }), (rows) => {
    const lines = tabSeparated(rows.map(([s, l]) => ({ s, l }))).text.split('\n')
    expect(lines).toHaveLength(rows.length + 1)
    expect(lines.slice(0, -1).every((line) => line.split('\t').length === 2)).toBe(true)
  }))
})

test('an object is no value of a row', () => expect(() => tabSeparated([{ a: { b: 1 } }])).toThrow(TypeError))
