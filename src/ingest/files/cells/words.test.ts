import { describe, expect, test } from 'vitest'
import { choice } from '../../../facts/fact.ts'
import { isNothing, isNothingWord, trim } from './cell.ts'
import { shorten } from '../../record/refusal.ts'
import { createChoiceReader, readAccountId, readBoolean, readCurrency, readId, readText, remembering } from './words.ts'

const reason = (value: unknown): string => (value as { reason: string }).reason

describe('words', () => {
  test('ids keep their spelling and refuse what no id has', () => {
    expect(readId('A-01|x%')).toBe('A-01|x%')
    expect(reason(readId('a\nb'))).toMatch(/line breaks/)
    expect(reason(readId('x'.repeat(401)))).toMatch(/longer than 400/)
  })
  test('ids are composed in one way, without what nobody sees; what says nothing is none', () => {
    expect(['cafe\u0301', '\u200bcaf\u00e9\u200d'].map(readId)).toEqual(['caf\u00e9', 'caf\u00e9'])
    expect(['-', 'n/a', 'None', '\u200b'].map(readId)).toEqual([null, null, null, null])
    expect(readText('cafe\u0301')).toBe('caf\u00e9')
  })
  test('a list or an object is no id, and several accounts are none', () => {
    expect(['["A1","A2"]', '{"id": 1}', '[]'].map((cell) => reason(readId(cell)))).toEqual(Array(3).fill(expect.stringMatching(/JSON/)))
    expect(reason(readAccountId('A1;A2'))).toMatch(/more than one account/)
    expect([readId('Tools; licences'), readAccountId('[A1')]).toEqual(['Tools; licences', '[A1'])
  })
  test('text keeps line breaks, not zero bytes', () => {
    expect(readText('two\nlines')).toBe('two\nlines')
    expect(reason(readText('a\u0000b'))).toMatch(/zero byte/)
  })
  test('flags by their spellings', () => {
    expect(['TRUE', 'Yes', '1', 'y', 'x'].map(readBoolean)).toEqual([1, 1, 1, 1, 1])
    expect(['false', 'No', '0', 'n'].map(readBoolean)).toEqual([0, 0, 0, 0])
    expect(readBoolean('n/a')).toBe(null)
    expect(reason(readBoolean('maybe'))).toMatch(/neither yes nor no/)
  })
  test('currencies in capitals', () => {
    expect([readCurrency('usd'), readCurrency('€'), readCurrency('us$')]).toEqual(['USD', 'EUR', 'USD'])
    expect([reason(readCurrency('$')), reason(readCurrency('DOLLAR'))].every((text) => /three letters/.test(text))).toBe(true)
  })
  test('choices by any of their spellings', () => {
    const read = createChoiceReader(choice('Kind', { choices: { one_off: ['one_off', 'setup'], usage: ['metered'] } }))
    expect(['one_off', 'One Off', 'ONE-OFF', 'Setup', 'usage', 'Metered'].map(read)).toEqual(['one_off', 'one_off', 'one_off', 'one_off', 'usage', 'usage'])
    expect(reason(read('gift'))).toBe('is none of one_off, usage')
    expect([read('-'), read('n/a')]).toEqual([null, null])
  })
  test('what is remembered is what was read, however many there are', () => {
    const read = remembering((cell) => `<${cell}>`)
    for (let i = 0; i < 12_000; i++) expect(read(`a long cell number ${i % 6000}`)).toBe(`<a long cell number ${i % 6000}>`)
  })
})

test('cells are trimmed of white space of any kind', () => expect([trim('  a b\u00a0'), trim('ab'), trim(''), trim('\tx')]).toEqual(['a b', 'ab', '', 'x']))
test('nothing is written in several ways', () => {
  expect(['', 'NULL', 'null', '\\N', '0', 'none'].map(isNothing)).toEqual([true, true, true, true, false, false])
  expect(['-', 'N/A', '#N/A', '0', 'nobody'].map(isNothingWord)).toEqual([true, true, true, false, false])
})
test('long cells are shortened for people', () => {
  expect(shorten('a\nb')).toBe('a b')
  expect(shorten('x'.repeat(100))).toBe(`${'x'.repeat(59)}…`)
})
