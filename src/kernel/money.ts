/**
 * Exact decimals with six places, as a bigint of millionths. Only add, subtract and compare; the two operations that
 * round say so and round half to even, once (C6).
 */
export type Micros = bigint

const PLACES = 6
const SCALE = 1_000_000n
const PATTERN = /^([+-]?)(\d*)(?:\.(\d*))?$/

/** Reads a plain decimal ("1234.5", "-0.000001"). Null when it is not one, or has more than six places that are not zero. */
export function parseMicros(text: string): Micros | null {
  const match = PATTERN.exec(text.trim())
  if (match === null) return null
  const [, sign, whole = '', fraction = ''] = match
  if (whole === '' && fraction === '') return null
  if (fraction.length > PLACES && !/^0*$/.test(fraction.slice(PLACES))) return null
  const micros = BigInt(whole === '' ? '0' : whole) * SCALE + BigInt(fraction.slice(0, PLACES).padEnd(PLACES, '0'))
  return sign === '-' ? -micros : micros
}

/** The shortest exact text: "1234.5", "-0.000001", "0". */
export function formatMicros(value: Micros): string {
  const negative = value < 0n
  const digits = (negative ? -value : value).toString().padStart(PLACES + 1, '0')
  const fraction = digits.slice(-PLACES).replace(/0+$/, '')
  return `${negative ? '-' : ''}${digits.slice(0, -PLACES)}${fraction === '' ? '' : `.${fraction}`}`
}

/** numerator / denominator rounded half to even to a whole number. */
export function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  if (denominator === 0n) throw new RangeError('division by zero')
  const negative = numerator < 0n !== denominator < 0n
  const a = numerator < 0n ? -numerator : numerator
  const b = denominator < 0n ? -denominator : denominator
  const quotient = a / b
  const twice = (a % b) * 2n
  const up = twice > b || (twice === b && quotient % 2n === 1n)
  const rounded = up ? quotient + 1n : quotient
  return negative ? -rounded : rounded
}

/** value x factor (both in millionths), rounded to six places. */
export const multiplyMicros = (value: Micros, factor: Micros): Micros => divideHalfEven(value * factor, SCALE)

/** A display and ratio number; never used to add money up. */
export const microsToNumber = (value: Micros): number => Number(formatMicros(value))
