import { describe, expect, it } from 'vitest'
import { divideHalfEven, formatMicros, multiplyMicros, parseMicros } from './money.ts'

describe('exact decimals', () => {
  it('reads and writes what it was given', () => {
    for (const text of ['0', '1', '-1', '0.1', '1234.5', '-0.000001', '12345678901234567890.123456']) expect(formatMicros(parseMicros(text) ?? -1n)).toBe(text)
    expect(['', '.', '1e3', '1,5', '0.0000001'].map(parseMicros)).toEqual([null, null, null, null, null])
    expect(parseMicros('1.5000000')).toBe(1_500_000n)
  })
  it('rounds ties to even', () => {
    expect([5n, 15n, 25n, -5n, -15n].map((n) => divideHalfEven(n, 10n))).toEqual([0n, 2n, 2n, 0n, -2n])
  })
  it('does not drift: 3,000 times a twelfth of 1,000 is the same sum in any order', () => {
    const twelfth = divideHalfEven(1_000_000_000n, 12n)
    expect(formatMicros(twelfth * 3000n)).toBe('249999.999')
    expect(formatMicros(multiplyMicros(1_080_000n, 500_000_000n))).toBe('540')
  })
})
