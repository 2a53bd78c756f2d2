import { describe, expect, test } from 'vitest'
import { sql } from '../kernel/sql.ts'
import type { Cell, RowTable } from '../metrics/open/row-table.ts'
import { writeTable } from './export-write.ts'
import type { Source } from './export-write.ts'

const columns = [
  { id: 'name', name: 'Name', type: 'text' },
  { id: 'amount', name: 'Amount', type: 'money' },
  { id: 'n', name: 'Count', type: 'number' },
] as const
const table: RowTable = { columns, query: sql`SELECT 1`, order: sql`amount` }
const CHUNK = 500

/** A store that makes rows only when they are taken, and counts what it made. */
function endless(chunks: number) {
  const state = { made: 0, ended: false }
  async function* rows<Row>(): AsyncIterable<Row[]> {
    try {
      for (let at = 0; at < chunks; at++) {
        state.made += CHUNK
        yield Array.from({ length: CHUNK }, (_, i) => ({ name: `a${at * CHUNK + i}`, amount: '0.1', n: 1 })) as Row[]
      }
    } finally {
      state.ended = true
    }
  }
  async function* bytes(): AsyncIterable<Uint8Array> {
    yield new Uint8Array(0)
  }
  const store: Source = { readChunks: rows, readBytes: bytes }
  return { store, state }
}

async function textOf(chunks: AsyncIterable<string | Uint8Array>): Promise<string> {
  let text = ''
  for await (const chunk of chunks) text += String(chunk)
  return text
}

const cells = (rows: readonly (readonly Cell[])[]): RowTable => ({ columns, cells: rows })
const { store: unused } = endless(0)

describe('writing a table', () => {
  test('asks the store for no more rows than were taken, however many there are', async () => {
    const { store, state } = endless(1_000_000)
    const file = writeTable(store, table, 'csv')[Symbol.asyncIterator]()
    let taken = 0
    for (let i = 0; i < 40; i++) {
      const { value } = await file.next()
      taken += String(value).split('\r\n').length - 1
    }
    expect(taken).toBe(40 * CHUNK + 1)
    expect(state.made).toBe(40 * CHUNK)
    await file.return?.()
    expect(state.ended).toBe(true)
  })

  test('writes every row of many, in JSON too', async () => {
    const rows = JSON.parse(await textOf(writeTable(endless(200).store, table, 'json'))) as { name: string; amount: string; n: number }[]
    expect(rows.length).toBe(200 * CHUNK)
    expect(rows.at(-1)).toEqual({ name: `a${200 * CHUNK - 1}`, amount: '0.1', n: 1 })
  })

  test.each([
    ['=1+1', "'=1+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['+cmd|calc', "'+cmd|calc"],
    ['-2+3', "'-2+3"],
    ['-12.50', '-12.50'],
    ['a "b", c', '"a ""b"", c"'],
    ['two\nlines', '"two\nlines"'],
    ['', ''],
  ])('a cell of CSV: %j', async (given, written) => {
    expect(await textOf(writeTable(unused, cells([[given, '-0.3', null]]), 'csv'))).toBe(`Name,Amount,Count\r\n${written},-0.3,\r\n`)
  })

  test('no rows: a header, and an empty array', async () => {
    expect(await textOf(writeTable(unused, cells([]), 'csv'))).toBe('Name,Amount,Count\r\n')
    expect(JSON.parse(await textOf(writeTable(unused, cells([]), 'json')))).toEqual([])
  })

  test('a query that fails at once fails before a byte is written', async () => {
    // oxlint-disable-next-line require-yield -- it fails before its first row
    async function* failing<Row>(): AsyncIterable<Row[]> {
      throw new Error('refused')
    }
    const file = writeTable({ ...unused, readChunks: failing }, table, 'csv')[Symbol.asyncIterator]()
    await expect(file.next()).rejects.toThrow('refused')
  })
})
