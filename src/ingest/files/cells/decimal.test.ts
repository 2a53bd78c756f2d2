import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { money, number } from '../../../facts/fact.ts'
import { formatMicros } from '../../../kernel/money.ts'
import { COMMA, DOT, createDecimalReader, parseDecimal } from './decimal.ts'
import { createEvidence, isDecided, settle } from './evidence.ts'

const amount = money('An amount')
const read = (cell: string, mark: typeof DOT | typeof COMMA = DOT) => createDecimalReader(amount, mark).read(cell)
const reason = (value: unknown): string => (value as { reason: string }).reason

describe('a decimal', () => {
  test.each([
    ['1234', '1234'],
    ['0', '0'],
    ['-12.5', '-12.5'],
    ['1,234.50', '1234.5'],
    ['1,234,567', '1234567'],
    ['12,34,567.00', '1234567'],
    ['$1,234.50', '1234.5'],
    ['-$5', '-5'],
    ['$-5', '-5'],
    ['(1,234.50)', '-1234.5'],
    ['($7.10)', '-7.1'],
    ['12.00-', '-12'],
    ['−3.5', '-3.5'],
    ['1 234.5', '1234.5'],
    ['1 234 567', '1234567'],
    ['1’234.50', '1234.5'],
    ['USD 12', '12'],
    ['12 EUR', '12'],
    ['€12', '12'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['+7', '7'],
    ['007', '7'],
    ['0.000001', '0.000001'],
    ['1.1000000', '1.1'],
    ['123456789012345678901234.5', '123456789012345678901234.5'],
  ])('"%s" with a decimal dot is %s', (cell, expected) => expect(read(cell)).toBe(expected))

  test.each([
    ['1.234,50', '1234.5'],
    ['1,5', '1.5'],
    ['1.234.567', '1234567'],
    ['1 234,5', '1234.5'],
    ['1.234', '1234'],
    ['12', '12'],
    ['-0,25 €', '-0.25'],
  ])('"%s" with a decimal comma is %s', (cell, expected) => expect(read(cell, COMMA)).toBe(expected))

  test.each(['abc', '1.2.3', '1,2,3', '12x', '--5', '(5', '5)', '(-5)', '1,,000', '12 34', '0x10', '1e', '$', '1.234,5.6', 'EUR 5 EUR', '٣'])(
    '"%s" is refused',
    (cell) => expect(reason(read(cell))).toMatch(/not a number/),
  )

  test('what cannot be stored exactly is refused with the cure', () => {
    expect(reason(read('1.1234567'))).toMatch(/six decimal places: round it/)
    expect(reason(read('1.5E+06'))).toMatch(/scientific notation/)
    expect(reason(read('9'.repeat(33)))).toMatch(/more digits/)
    expect(reason(read('1'.repeat(500)))).toMatch(/more digits/)
    expect(reason(read('50%'))).toMatch(/percentage/)
    expect(reason(read('1.5', COMMA))).toMatch(/decimal comma/)
  })

  test('a percent sign is a hundredth, unless the column counts in percent', () => {
    expect(createDecimalReader(number('A share', { max: 1 }), DOT).read('12.5%')).toBe('0.125')
    expect(createDecimalReader(number('Full-time equivalents'), DOT).read('50 %')).toBe('0.5')
    expect(createDecimalReader(number('Percent off', { max: 100 }), DOT).read('50%')).toBe('50')
  })

  test('limits of the column hold', () => {
    const share = createDecimalReader(number('A share', { min: 0, max: 1 }), DOT)
    expect(share.read('1')).toBe('1')
    expect(reason(share.read('1.01'))).toBe('is above 1')
    expect(reason(share.read('-0.01'))).toBe('is below 0')
  })

  test('a sign tells its currency only where it has one', () => {
    const reader = createDecimalReader(amount, DOT)
    const signOf = (cell: string) => (reader.read(cell), reader.sign())
    expect([signOf('€5'), signOf('5 gbp'), signOf('$5'), signOf('5')]).toEqual(['EUR', 'GBP', null, null])
  })

  test('words for nothing are nothing', () => expect(['-', 'N/A', 'none', '—'].map((cell) => read(cell))).toEqual([null, null, null, null]))

  const exact = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n })
  const spell = (micros: bigint, mark: '.' | ',', group: string): string => {
    const [whole = '', fraction] = formatMicros(micros).replace('-', '').split('.')
    const text = whole.replace(/\B(?=(\d{3})+$)/g, group) + (fraction === undefined ? '' : mark + fraction)
    return micros < 0n ? `-${text}` : text
  }
  test('any exact amount is read back exactly, in any spelling', () => {
    fc.assert(
      fc.property(exact, fc.constantFrom('', ',', ' ', '’'), (micros, group) => {
        expect(read(spell(micros, '.', group))).toBe(formatMicros(micros))
      }),
    )
    fc.assert(
      fc.property(exact, fc.constantFrom('', '.', ' '), (micros, group) => {
        expect(read(spell(micros, ',', group), COMMA)).toBe(formatMicros(micros))
      }),
    )
  })

  test('whatever the text, reading ends, and a number that is read has six places at most', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[-+(]?[\d.,' $€%]{0,30}\)?$/)), (cell) => {
        const value = read(cell.trim())
        if (typeof value === 'string') expect(value).toMatch(/^-?\d{1,30}(\.\d{1,7})?$/)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('a column of decimals', () => {
  const learn = (cells: string[]) => {
    const evidence = createEvidence(DOT | COMMA)
    const reader = createDecimalReader(amount, evidence)
    return { evidence, values: cells.map((cell) => reader.read(cell)) }
  }

  test('integers need no decision', () => {
    const { evidence } = learn(['100', '2000', '-5'])
    expect([evidence.open, isDecided(evidence)]).toEqual([false, false])
  })
  test.each([
    ['two places', ['12.50']],
    ['both marks', ['1,234.50']],
    ['groups twice', ['1,234,567']],
    ['a zero before the mark', ['0.125']],
    ['more than three digits before it', ['1234.567']],
  ])('%s decide for the dot', (_, cells) => expect(learn(cells).evidence.candidates).toBe(DOT))
  test.each([
    ['two places', ['12,50']],
    ['both marks', ['1.234,50']],
    ['groups twice', ['1.234.567']],
  ])('%s decide for the comma', (_, cells) => expect(learn(cells).evidence.candidates).toBe(COMMA))
  test.each(['1.234', '1,234', '-12.345', '123,456', '$1,000'])('"%s" alone leaves it open', (cell) => {
    const { evidence } = learn(['5', cell])
    expect([evidence.open, evidence.conflict, evidence.examples]).toEqual([true, false, [cell]])
  })
  test('a later cell decides, and the open one is settled', () => {
    const { evidence } = learn(['1.234', '12.50'])
    expect([evidence.open, isDecided(evidence)]).toEqual([true, true])
    settle(evidence)
    expect(evidence.open).toBe(false)
  })
  test('once decided, cells that could be either are read so', () => expect(learn(['12,50', '1.234', '1,234']).values).toEqual(['12.5', '1234', '1.234']))
  test('cells that no one mark fits are a conflict, which nothing settles', () => {
    const { evidence } = learn(['12.50', '12,50'])
    settle(evidence)
    expect([evidence.conflict, evidence.open]).toEqual([true, true])
  })
  test('readings of one text agree only where the marks do not matter', () => {
    expect(parseDecimal('1.234', { money: true, hundredths: true })).toMatchObject({ differs: true, dot: '1.234', comma: '1234' })
    expect(parseDecimal('1 234', { money: true, hundredths: true })).toMatchObject({ differs: false, dot: '1234', comma: '1234' })
  })
})
