import { Buffer } from 'node:buffer'
import { expect, test } from 'vitest'
import { decodeFile } from './decode.ts'
import type { RefusedLine } from './refused-csv.ts'
import { unescapeRefused, writeRefused } from './refused-csv.ts'

async function* of<T>(...items: T[]): AsyncIterable<T> {
  yield* items
}

async function write(lines: RefusedLine[], headers: string[][], widest: number): Promise<string> {
  let text = ''
  for await (const piece of writeRefused(of(...lines), headers, widest)) text += piece
  return text
}

test('a mended file comes back as it was', async () => {
  const raw = ['=evil()', 'two\nlines', '-x', '-5', "'quoted"]
  const text = await write([{ file: 'a.csv', headers: ['a', 'b', 'c', 'd', 'e'], row_number: 7, reason: 'a is bad', raw }], [['a', 'b', 'c', 'd', 'e']], 0)
  expect(text).not.toMatch(/(^|,|")[=@]/m)
  const decoded = await decodeFile(of(Buffer.from(text)))
  const rows: string[][] = []
  for await (const batch of decoded.batches) rows.push(...unescapeRefused(batch, decoded.headers()).rows)
  expect(decoded.headers()).toEqual(['a', 'b', 'c', 'd', 'e', 'refused_file', 'refused_row', 'refused_reason'])
  expect(rows).toEqual([[...raw, 'a.csv', '7', 'a is bad']])
})

test('only a file that says where it comes from loses apostrophes', () => {
  const batch = { rows: [["'=x"]], numbers: [2], broken: new Map<number, string>() }
  expect(unescapeRefused(batch, ['name']).rows).toEqual([["'=x"]])
})

test('rows of several files stand side by side, cells beyond the header behind them', async () => {
  const text = await write(
    [
      { file: 'x.csv', headers: ['id', 'name'], row_number: 2, reason: 'too wide', raw: ['1', 'a', 'more'] },
      { file: 'y.csv', headers: ['id', 'amount'], row_number: 3, reason: 'bad', raw: ['2'] },
    ],
    [
      ['id', 'name'],
      ['id', 'amount', 'refused_row'],
    ],
    1,
  )
  expect(text.split('\r\n')).toEqual([
    '\ufeffid,name,amount,extra_cell_1,refused_file,refused_row,refused_reason',
    '1,a,,more,x.csv,2,too wide',
    '2,,,,y.csv,3,bad',
    '',
  ])
})
