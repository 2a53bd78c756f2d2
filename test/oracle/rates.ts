import { divideHalfEven, parseMicros } from '../../src/kernel/money.ts'
import type { Micros } from '../../src/kernel/money.ts'
import { addDays } from '../../src/kernel/period.ts'
import type { Day } from '../../src/kernel/period.ts'
import { cell } from './company.ts'
import type { Row } from './company.ts'

/** Thrown where money has no rate to be reported at; the metric then fails with `fx_missing` (C19). */
export class FxMissing extends Error {}

const TWELVE = 1_000_000_000_000n
const SIX = 1_000_000n

/** Converts native money at the rate of a day: the last stored rate of that day or before. */
export interface Exchange {
  /** Rounded half to even to six places. */
  at(amount: Micros, currency: string, day: Day): Micros
  /** At a day boundary the closing rate of the day before holds. */
  atBoundary(amount: Micros, currency: string, boundary: Day): Micros
}

export function exchangeOf(rows: readonly Row[], reporting: string, asOf: Day | null): Exchange {
  const pairs = new Map<string, { date: Day; rate: bigint }[]>()
  for (const row of rows) {
    const date = cell(row, 'date')
    if (asOf !== null && date > asOf) continue
    const key = `${cell(row, 'currency')}/${cell(row, 'per')}`
    pairs.set(key, [...(pairs.get(key) ?? []), { date, rate: (parseMicros(cell(row, 'rate')) ?? 0n) * SIX }])
  }
  const quotedIn = [...new Set([...pairs.keys()].map((key) => key.slice(key.indexOf('/') + 1)))].sort()
  const stored = (of: string, per: string, day: Day): bigint | null => {
    if (of === per) return TWELVE
    const known = (pairs.get(`${of}/${per}`) ?? []).filter((pair) => pair.date <= day)
    return known.sort((a, b) => (a.date < b.date ? -1 : 1)).at(-1)?.rate ?? null
  }
  // Direct, else through a currency in which both are quoted; the inverse is the cross through the currency itself.
  const find = (currency: string, day: Day): bigint => {
    const direct = stored(currency, reporting, day)
    if (direct !== null) return direct
    for (const per of quotedIn) {
      const [of, against] = [stored(currency, per, day), stored(reporting, per, day)]
      if (of !== null && against !== null && against !== 0n) return divideHalfEven(of * TWELVE, against)
    }
    throw new FxMissing(`${currency} on ${day}`)
  }
  const seen = new Map<string, bigint>()
  const at = (amount: Micros, currency: string, day: Day): Micros => {
    if (amount === 0n) return 0n
    const key = `${currency} ${day}`
    const rate = seen.get(key) ?? find(currency, day)
    seen.set(key, rate)
    return divideHalfEven(amount * rate, TWELVE)
  }
  return { at, atBoundary: (amount, currency, boundary) => at(amount, currency, addDays(boundary, -1)) }
}
