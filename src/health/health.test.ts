import { describe, expect, test } from 'vitest'
import { checkCaps } from './caps.ts'
import { DEFAULT_MODEL } from './default-model.ts'
import { checkLines, healthOf, printedPoints } from './health.ts'
import { largestMovers, movers } from './movers.ts'
import { checkOverride, overrideOn } from './override.ts'
import { isSteady } from './trend.ts'

const readings = {
  usage: { value: 2, age: 0, n: 1 },
  support: { value: 0, age: 0, n: 1 },
  feedback: { missing: 'no_answers' },
  billing: { value: 1, age: 0, n: 3 },
}
const facts = { contracts: [], invoices: [], tickets: [], contacts: [] }

test('every input and cap is fired, clear or not checkable, with the reason', () => {
  const lines = checkLines(DEFAULT_MODEL, readings, checkCaps(DEFAULT_MODEL, { day: '2024-06-30', facts, licence: null }))
  const of = (id: string) => lines.find((line) => line.id === id)
  expect(of('usage')).toMatchObject({ state: 'fired' })
  expect(of('support')).toMatchObject({ state: 'clear' })
  expect(of('feedback')).toMatchObject({ state: 'not_checkable', reason: 'no_answers' })
  expect(of('past_due_60')).toMatchObject({ state: 'clear' })
  expect(of('champion_left')).toMatchObject({ state: 'not_checkable' })
  expect(of('licence_use_low')).toMatchObject({ state: 'not_checkable' })
})

test('points that are printed add up to the score that is printed', () => {
  expect(printedPoints([37.4, 14.3, 16.3])).toEqual([38, 14, 16])
  expect(printedPoints([33.34, 33.33, 33.33], 1)).toEqual([33.4, 33.3, 33.3])
})

describe('movers', () => {
  const side = (own = {}) => ({ ...healthOf(DEFAULT_MODEL, readings, []), cap: null, ...own })
  test('name an override as what is laid over last', () => {
    const before = side()
    const after = side({ override: { owner: 'mira', value: 75 } })
    const { lines, before: from, after: to } = movers(before, before, before, after)
    expect(lines).toEqual([{ of: 'override', id: 'mira', why: 'imposed', points: (to ?? 0) - (from ?? 0), step: 'happened' }])
  })
  test('are none where a side has no score, but what came and went', () => {
    const nothing = { ...healthOf(DEFAULT_MODEL, {}, []), cap: null }
    expect(movers(nothing, nothing, nothing, side())).toMatchObject({ lines: null, appeared: ['usage', 'support', 'billing'], vanished: [] })
  })
  test('are one line where what lies between cannot be compared', () => {
    const nothing = { ...healthOf(DEFAULT_MODEL, {}, []), cap: null }
    const up = side({ override: { owner: 'mira', value: 80 } })
    expect(movers(side(), nothing, nothing, up).lines).toMatchObject([{ why: 'not_comparable' }])
  })
  test('that are largest come first, the rest as one', () => {
    const line = (points: number) => ({ of: 'input', id: String(points), why: 'value', points, step: 'happened' }) as const
    const { shown, rest } = largestMovers([line(1), line(-9), line(2), line(3), line(-0.5)])
    expect(shown.map(({ points }) => points)).toEqual([-9, 3, 2])
    expect(rest).toBe(0.5)
  })
})

test('the override recorded last is in force until the close of its last day', () => {
  const first = { value: 75, owner: 'mira', reason: 'a new sponsor', from: '2025-06-01', until: '2025-06-20' }
  const second = { ...first, value: 60, from: '2025-06-10', until: '2025-06-15' }
  expect(overrideOn([first, second], '2025-06-15')).toBe(second)
  expect(overrideOn([first, second], '2025-06-16')).toBe(first)
  expect(overrideOn([first, second], '2025-06-21')).toBeNull()
  expect(() => checkOverride({ ...first, until: '2025-07-02' })).toThrow('30 days')
  expect(() => checkOverride({ ...first, reason: ' ' })).toThrow('reason')
})

test('a slope under half a point a week is steady', () => {
  expect([isSteady(-0.49), isSteady(0.5)]).toEqual([true, false])
})

describe("a cap of the team's own", () => {
  const when = { kind: 'comparison', term: { metric: 'nrr', span: null }, is: '<', value: 0.9 } as const
  const own = { ...DEFAULT_MODEL, own_caps: { shrinking: { name: 'Shrinking', at_most: 50, when, until: '2024-12-31' } } }
  const check = (day: string, value: number | null) => checkCaps(own, { day, facts, licence: null, readValue: () => value }).shrinking
  test('is in force while its rule holds, with what it rests on', () => {
    expect(check('2024-06-30', 0.8)).toEqual({
      id: 'shrinking',
      name: 'Shrinking',
      at_most: 50,
      since: '2024-06-30',
      evidence: 'nrr: 0.8',
      expires: '2024-12-31',
    })
    expect(check('2024-06-30', 0.9)).toBe('clear')
    expect(check('2024-06-30', null)).toBe('not_checkable')
  })
  test('ends with its last day', () => {
    expect(check('2024-12-31', 0.8)).toMatchObject({ id: 'shrinking' })
    expect(check('2025-01-01', 0.8)).toBe('clear')
  })
})
