import { describe, expect, test } from 'vitest'
import { createJsonLinesDecoding } from './json-lines.ts'

function decode(text: string, size = text.length) {
  const decoding = createJsonLinesDecoding()
  const rows: string[][] = []
  const numbers: number[] = []
  const broken: number[] = []
  for (const found of [
    ...Array.from({ length: Math.ceil(text.length / size) }, (_, i) => decoding.push(text.slice(i * size, (i + 1) * size))),
    decoding.end(),
  ]) {
    broken.push(...[...found.broken].map((place) => rows.length + place))
    rows.push(...found.rows)
    numbers.push(...found.numbers)
  }
  return { rows, numbers, broken, keys: decoding.keys() }
}

describe('JSON lines', () => {
  test('objects become rows; what is nested gets dots, what is null nothing', () => {
    const text = '{"id":"a","plan":{"name":"pro","seats":3},"tags":["x"],"gone":null,"on":true}\n\n{"id":"b"}\n'
    for (const size of [1, 7, 1000])
      expect(decode(text, size)).toEqual({
        keys: ['id', 'plan.name', 'plan.seats', 'tags', 'gone', 'on'],
        rows: [
          ['a', 'pro', '3', '["x"]', '', 'true'],
          ['b', '', '', '', '', ''],
        ],
        numbers: [1, 3],
        broken: [],
      })
  })
  test('a later key is added behind', () => expect(decode('{"a":1}\n{"b":2,"a":3}').rows).toEqual([['1'], ['3', '2']]))
  test('numbers keep all their digits', () => {
    expect(decode('{"id":12345678901234567890,"amount":1234567890.123456789,"text":"no 12345678901234567890, \\"99999999999999999\\""}').rows).toEqual([
      ['12345678901234567890', '1234567890.123456789', 'no 12345678901234567890, "99999999999999999"'],
    ])
  })
  test('a line that is no object is kept and marked', () => {
    const found = decode('{"a":1}\nnonsense\n[1]\n"x"\n{"a":2}')
    expect([found.rows, found.broken]).toEqual([
      [['1'], ['nonsense'], ['[1]'], ['"x"'], ['2']],
      [1, 2, 3],
    ])
  })
  test('names that objects have by themselves are keys like others', () =>
    expect(decode('{"__proto__":"x","constructor":"y"}').keys).toEqual(['__proto__', 'constructor']))
  test('an endless line ends with a cure', () => {
    const decoding = createJsonLinesDecoding()
    expect(() => {
      for (let i = 0; i < 40; i++) decoding.push('x'.repeat(500_000))
    }).toThrow(/longer than/)
  })
})
