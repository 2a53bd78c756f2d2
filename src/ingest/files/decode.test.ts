import { Buffer } from 'node:buffer'
import { describe, expect, test } from 'vitest'
import { BROKEN_QUOTES, NO_JSON, decodeFile } from './decode.ts'

async function* chunks(bytes: Uint8Array, size = bytes.length || 1): AsyncIterable<Uint8Array> {
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size)
}

async function decode(content: string | Uint8Array, size?: number) {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  const file = await decodeFile(chunks(bytes, size))
  const rows: string[][] = []
  const numbers: number[] = []
  const broken: [number, string][] = []
  for await (const batch of file.batches) {
    for (const [place, reason] of batch.broken) broken.push([batch.numbers[place] ?? 0, reason])
    rows.push(...batch.rows)
    numbers.push(...batch.numbers)
  }
  return { rows, numbers, broken, headers: file.headers(), delimiter: file.delimiter, format: file.format, encoding: file.encoding(), bytes: file.bytesRead() }
}

describe('a file', () => {
  test('has rows with the numbers a spreadsheet shows, without blank ones', async () => {
    expect(await decode('\n id , name \n1,a\n\n ,\n2,b\n', 3)).toMatchObject({
      headers: ['id', 'name'],
      rows: [
        ['1', 'a'],
        ['2', 'b'],
      ],
      numbers: [3, 6],
      delimiter: ',',
      format: 'csv',
      encoding: 'utf-8',
    })
  })
  test('has headers that are never empty and never the same', async () => {
    expect((await decode('id,Amount,,Amount,Amount,column_3\n')).headers).toEqual(['id', 'Amount', 'column_3', 'Amount_2', 'Amount_3', 'column_3_2'])
  })
  test('may be in UTF-16, with tabs, as spreadsheets save it', async () => {
    expect(await decode(Buffer.from('\ufeffid\tname\r\n1\tMüller\r\n', 'utf16le'), 5)).toMatchObject({
      headers: ['id', 'name'],
      rows: [['1', 'Müller']],
      delimiter: '\t',
      encoding: 'utf-16le',
    })
  })
  test('names its delimiter in its first line', async () =>
    expect(await decode('sep=|\r\nid|name\r\n1|a,b\r\n')).toMatchObject({ delimiter: '|', rows: [['1', 'a,b']] }))
  test('keeps rows whose quotes are broken, with the reason', async () => {
    expect((await decode('id,name\n1,a\n2,"b"x\n3,c\n')).broken).toEqual([[3, BROKEN_QUOTES]])
  })
  test('may be JSON lines', async () => {
    expect(await decode('\ufeff{"id":1}\n{"id":2,"name":"b"}\nx\n')).toMatchObject({
      format: 'ndjson',
      delimiter: null,
      headers: ['id', 'name'],
      rows: [['1'], ['2', 'b'], ['x']],
      numbers: [1, 2, 3],
      broken: [[3, NO_JSON]],
    })
  })
  test('with nothing but a header has no rows', async () => expect(await decode('id,name')).toMatchObject({ headers: ['id', 'name'], rows: [] }))

  test.each([
    ['nothing', '', 'file_empty'],
    ['only white space', ' \r\n\n', 'file_empty'],
    ['a spreadsheet', 'PK\u0003\u0004rest', 'file_is_spreadsheet'],
    ['something compressed', Buffer.from([0x1f, 0x8b, 8, 0, 0]), 'file_is_compressed'],
    ['a JSON list', '[{"id":1}]', 'json_is_list'],
    ['too many columns', `${'a,'.repeat(3000)}b\n`, 'too_many_columns'],
  ])('that holds %s is refused with a cure', async (_, content, code) => {
    await expect(decode(content)).rejects.toMatchObject({ code, cure: expect.stringMatching(/./) })
  })

  test('is given up when nobody reads on', async () => {
    let closed = false
    const endless = async function* (): AsyncIterable<Uint8Array> {
      try {
        for (;;) yield Buffer.from('id,name\n1,a\n'.repeat(50_000))
      } finally {
        closed = true
      }
    }
    for await (const batch of (await decodeFile(endless())).batches) if (batch.rows.length > 0) break
    expect(closed).toBe(true)
  })

  test('of 100 MB needs no more memory than its chunks', async () => {
    const chunk = Buffer.from('1,some name,1234.50,2024-01-01\n'.repeat(8000))
    const long = async function* (): AsyncIterable<Uint8Array> {
      yield Buffer.from('id,name,amount,date\n')
      for (let i = 0; i < 400; i++) yield chunk
    }
    const file = await decodeFile(long())
    let rows = 0
    let largest = 0
    for await (const batch of file.batches) {
      rows += batch.rows.length
      largest = Math.max(largest, batch.rows.length)
    }
    expect([rows, file.bytesRead() > 99_000_000]).toEqual([3_200_000, true])
    expect(largest).toBeLessThan(20_000)
  })
})
