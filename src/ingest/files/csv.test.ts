import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DELIMITERS, createCsvDecoding, csvLine, detectDelimiter, detectNewline, readSeparatorLine } from './csv.ts'

function decode(text: string, size: number, delimiter = ',', newline: '\n' | '\r' = '\n') {
  const decoding = createCsvDecoding(delimiter, newline)
  const rows: string[][] = []
  const broken: number[] = []
  const take = (found: { rows: string[][]; broken: ReadonlySet<number> }): void => {
    for (const place of found.broken) if (place < found.rows.length) broken.push(rows.length + place)
    rows.push(...found.rows)
  }
  for (let i = 0; i < text.length; i += size) take(decoding.push(text.slice(i, i + size)))
  take(decoding.end())
  return { rows, broken }
}

describe('CSV', () => {
  test('quotes, delimiters and line breaks in cells, whatever the chunks cut through', () => {
    const text = 'a,b\r\n"x, ""y""","two\r\nlines"\r\n,\r\n"",end'
    for (let size = 1; size <= text.length; size++)
      expect(decode(text, size).rows).toEqual([
        ['a', 'b'],
        ['x, "y"', 'two\r\nlines'],
        ['', ''],
        ['', 'end'],
      ])
  })
  test('both line endings in one file', () =>
    expect(decode('a,b\n1,2\r\n"3","4"\r\n5,6', 3).rows).toEqual([
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
      ['5', '6'],
    ]))
  test('line endings of old', () => {
    expect(detectNewline('a,"x\ny"\rb')).toBe('\r')
    expect(detectNewline('a,"x\ry"\nb')).toBe('\n')
    expect(decode('a,b\r1,2\r', 2, ',', '\r').rows.slice(0, 2)).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ])
  })
  test('spaces around quoted cells', () => expect(decode('a,b\n"1" ,"2" \n', 100).rows[1]).toEqual(['1', '2']))
  test('a quote in the wrong place marks its row', () => {
    const { rows, broken } = decode('a,b\n1,2\n"x"y,3\n4,5\n', 100)
    expect(broken).toEqual([2])
    expect(rows[1]).toEqual(['1', '2'])
  })
  test('a quote that never closes marks the row it opens in', () => expect(decode('a,b\n1,"2\n3,4\n', 4).broken).toEqual([1]))
  test('a quote that never closes in a large file ends with a cure, not with the memory', () => {
    const decoding = createCsvDecoding(',', '\n')
    const chunk = 'x,'.repeat(500_000)
    decoding.push('a,b\n1,"')
    expect(() => {
      for (let i = 0; i < 100; i++) decoding.push(chunk)
    }).toThrow(/does not end within/)
  })
  test('a cell of a million characters is one cell', () =>
    expect(decode(`a,b\n1,"${'x\n'.repeat(500_000)}"\n2,y\n`, 65_536).rows.map((row) => row[1]?.length)).toEqual([1, 1_000_000, 1]))

  const cell = fc.oneof(fc.string(), fc.stringMatching(/^[a-z ,;|"\t\n]{0,12}$/)).filter((text) => !/[\r\ufeff]/.test(text))
  test('what is written is read again, in any chunks', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }).chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 })),
        fc.integer({ min: 1, max: 40 }),
        (rows, size) => {
          expect(decode(rows.map(csvLine).join(''), size).rows).toEqual(rows)
        },
      ),
    )
  })
})

describe('the delimiter', () => {
  test.each([...DELIMITERS])('%j is found', (delimiter) => {
    expect(detectDelimiter(['id', 'name', 'amount'].join(delimiter) + '\n' + ['1', 'Smith', '5'].join(delimiter) + '\n', '\n')).toBe(delimiter)
  })
  test('is not the decimal comma, nor a comma in names', () => {
    expect(detectDelimiter('id;amount\n1;1,50\n2;2,75\n', '\n')).toBe(';')
    expect(detectDelimiter('id\tname\n1\tSmith, John\n2\tMiller, Ann\n', '\n')).toBe('\t')
    expect(detectDelimiter('id,name\n1,"a;b;c"\n2,"d;e;f"\n', '\n')).toBe(',')
  })
  test('of a file of one column is a comma', () => expect(detectDelimiter('id\n1\n2\n', '\n')).toBe(','))
  test('is told by a spreadsheet’s first line', () => {
    expect(readSeparatorLine('sep=;\r\na;b')).toEqual({ delimiter: ';', length: 7 })
    expect(readSeparatorLine('sepal=1')).toBe(null)
  })
})
