import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { plantedRows } from '../../../test/planted.ts'
import { addDays } from '../../kernel/period.ts'
import type { Day, Period } from '../../kernel/period.ts'
import { defaultSettings } from '../../kernel/settings.ts'
import { renderSql, sql } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { atEnds, inPeriods, optionOf, picked } from './row-set.ts'
import type { Frame } from './row-set.ts'

const frameOf = (periods: readonly Period[]): Frame => ({
  periods,
  settings: defaultSettings,
  options: { age: '3' },
  named: new Set(),
  asOf: '2025-01-01',
  firstBill: '2299-12-31',
  lastMonth: null,
  fine: [],
  moment: 'opening',
  dimensions: [],
  kept: [],
  ledger: () => sql`SELECT 1`,
  everyShard: (rows) => rows,
})
const params = (query: Sql): unknown[] => Object.values(renderSql(query).params)
const START = '2024-01-01'
const anyPeriod = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 20 })).map(([from, days]) => ({
  from: addDays(START, from),
  until: addDays(START, from + days),
}))
const anyDay = fc.integer({ min: -5, max: 70 }).map((days) => addDays(START, days))
const reached = (day: Day, boundaries: readonly Day[]): number => boundaries.filter((boundary) => boundary <= day).length

/** What the engine makes of the query of `inPeriods`: the parameters looked up as its text says. */
function periodsOf(periods: readonly Period[], day: Day): number[] {
  const { period, rest } = inPeriods(frameOf(periods), sql`day`)
  const overlaps = renderSql(rest).text.startsWith('ARRAY JOIN')
  const [covering, ...boundaries] = params(overlaps ? rest : period) as [(number | number[])[], ...Day[]]
  const slot = reached(day, boundaries)
  if (slot === 0 || day >= (boundaries.at(-1) ?? '')) return []
  return [covering[slot - 1] ?? []].flat().filter((place) => place >= 0)
}

/** ... and of `atEnds`. */
function endsHeld(periods: readonly Period[], day: Day, until: Day): number[] {
  const { period, rest } = atEnds(frameOf(periods))
  const [places = []] = params(period) as number[][]
  const ends = periods.map((each) => each.until).sort()
  expect(params(rest)).toEqual([...new Set(ends)])
  return places.slice(reached(day, ends), reached(until, ends))
}

describe('rows are put into periods', () => {
  test('in which their day lies, in each of them where they overlap', () => {
    fc.assert(
      fc.property(fc.array(anyPeriod, { minLength: 1, maxLength: 6 }), anyDay, (periods, day) => {
        const wanted = periods.flatMap(({ from, until }, i) => (from <= day && day < until ? [i] : []))
        expect(periodsOf(periods, day).toSorted((a, b) => a - b)).toEqual(wanted)
      }),
    )
  })

  test('by one look-up where none overlap, however they are ordered', () => {
    const months = [
      { from: '2024-02-01', until: '2024-03-01' },
      { from: '2024-01-01', until: '2024-02-01' },
    ]
    expect(renderSql(inPeriods(frameOf(months), sql`day`).rest).text).toMatch(/^WHERE/)
    expect([periodsOf(months, '2024-01-31'), periodsOf(months, '2024-02-01')]).toEqual([[1], [0]])
  })

  test('a gap between periods takes nothing in', () => {
    const gap = [
      { from: '2024-01-01', until: '2024-02-01' },
      { from: '2024-03-01', until: '2024-04-01' },
    ]
    expect(renderSql(inPeriods(frameOf(gap), sql`day`).rest).text).toContain('AND period >= 0')
    expect(periodsOf(gap, '2024-02-10')).toEqual([])
  })

  test('at whose end they hold: from their day up to the one before their last', () => {
    fc.assert(
      fc.property(fc.array(anyPeriod, { minLength: 1, maxLength: 6 }), anyDay, fc.integer({ min: 1, max: 40 }), (periods, day, days) => {
        const until = addDays(day, days)
        const wanted = periods.flatMap((period, i) => (day < period.until && period.until <= until ? [i] : []))
        expect(endsHeld(periods, day, until).toSorted((a, b) => a - b)).toEqual(wanted)
      }),
    )
  })
})

test('places of an array that follow each other are a slice, others a list', () => {
  expect(renderSql(picked('balances', [3, 4, 5])).text).toBe('arraySlice(balances, 3, 3)')
  expect(renderSql(picked('balances', [1, 4])).text).toBe('[balances[1], balances[4]]')
})

test('an option that a row set does not declare cannot be read by it', () => {
  expect(optionOf(frameOf([]), 'age')).toBe('3')
  expect(() => optionOf(frameOf([]), 'horizon_days')).toThrow('does not declare')
})

test('a row set is placed by account, needs nothing beside its ledgers, and its own dimensions are its own alone', () => {
  const rows = plantedRows({ own: { reason: 'reason' } })
  expect(rows).toMatchObject({ placement: 'account', consults: [], needs: [], options: {}, fine: [], distinct: false, unrated: null })
  expect([rows.own.reason, rows.own.constructor]).toEqual(['reason', undefined])
})
