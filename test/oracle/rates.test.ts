import { describe, expect, it } from 'vitest'
import { formatMicros, parseMicros } from '../../src/kernel/money.ts'
import { FxMissing, exchangeOf } from './rates.ts'

const rate = (date: string, currency: string, per: string, value: string) => ({ batch: 1, date, currency, per, rate: value })
const ROWS = [rate('2024-01-31', 'EUR', 'USD', '1.08'), rate('2024-02-29', 'EUR', 'USD', '1.1'), rate('2024-01-31', 'GBP', 'USD', '1.26')]
const convert = (reporting: string, amount: string, currency: string, day: string, asOf: string | null = null) =>
  formatMicros(exchangeOf(ROWS, reporting, asOf).at(parseMicros(amount) ?? 0n, currency, day))

describe('exchange rates', () => {
  it('hold from their day until the next stored one', () => {
    expect(['2024-01-31', '2024-02-28', '2024-02-29', '2025-01-01'].map((day) => convert('USD', '100', 'EUR', day))).toEqual(['108', '108', '110', '110'])
    expect(convert('USD', '100', 'EUR', '2024-03-01', '2024-02-28')).toBe('108')
  })
  it('are inverted or crossed with twelve places', () => {
    expect(convert('EUR', '108', 'USD', '2024-02-01')).toBe('100')
    expect(convert('EUR', '1000000', 'USD', '2024-02-01')).toBe('925925.925926')
    expect(convert('EUR', '100', 'GBP', '2024-02-01')).toBe('116.666667')
  })
  it('close the day before a boundary', () => {
    expect(formatMicros(exchangeOf(ROWS, 'USD', null).atBoundary(100_000_000n, 'EUR', '2024-02-29'))).toBe('108')
  })
  it('are never 1 because they are missing', () => {
    expect(() => convert('USD', '1', 'EUR', '2024-01-30')).toThrow(FxMissing)
    expect(() => convert('USD', '1', 'JPY', '2024-02-29')).toThrow(FxMissing)
    expect(convert('USD', '0', 'JPY', '2024-02-29')).toBe('0')
  })
})
