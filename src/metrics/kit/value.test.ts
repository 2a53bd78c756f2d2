import { expect, test } from 'vitest'
import { defaultSettings } from '../../kernel/settings.ts'
import type { Steps } from '../../kernel/steps.ts'
import { atOnce } from '../../../test/at-once.ts'
import { chosen, computed, formOf, matured, reckon, ratio, ratiosOf, total, withBeside, withheld } from './value.ts'
import type { Parts } from './value.ts'
import type { Reckoning } from './reckoning.ts'

const partsOf = (number: Record<string, number>, more: Partial<Parts> = {}): Parts => ({
  exact: Object.fromEntries(Object.entries(number).map(([name, value]) => [name, String(value)])),
  number,
  tallies: {},
  settings: defaultSettings,
  options: {},
  period: { from: '2024-03-01', until: '2024-04-01' },
  coveredSince: '2023-03-01',
  interval: false,
  ...more,
})
const rate = ratio('lost', 'all', 'no_customers', { times: 100, plus: -1 })

test('a total of nothing is a measured zero', () => {
  expect(reckon(total('a'), partsOf({ a: 2.5 }))).toEqual({ value: 2.5, exact: '2.5' })
  expect(reckon(total('a'), partsOf({}))).toEqual({ value: 0, exact: '0' })
})

test('a ratio is carried to its unit, and null where there is nothing below the line', () => {
  expect(reckon(rate, partsOf({ lost: 1, all: 4 }))).toEqual({ value: 24 })
  expect(reckon(rate, partsOf({ lost: 1 }))).toEqual({ value: null, null_reason: 'no_customers' })
  expect(ratiosOf(rate, {})).toMatchObject([{ over: 'lost', under: 'all', times: 100, plus: -1 }])
})

test('of several reasons the outermost counts, and only where all of its conditions hold', () => {
  const young = withheld(withheld(rate, 'too_few_events', ['all', '<', 20]), 'not_matured', ['all', '>', 0], ['open', '>', 0])
  expect(reckon(young, partsOf({ lost: 1, all: 5 }))).toMatchObject({ value: null, null_reason: 'too_few_events' })
  expect(reckon(young, partsOf({ lost: 1, all: 5, open: 1 }))).toMatchObject({ null_reason: 'not_matured' })
  expect(reckon(young, partsOf({ open: 1 }))).toMatchObject({ null_reason: 'too_few_events' })
  expect(reckon(young, partsOf({ lost: 1, all: 20 }))).toEqual({ value: 4 })
})

test('facts must reach back so many months before the end of the period', () => {
  const yearly = matured(12, rate)
  expect(reckon(yearly, partsOf({ lost: 1, all: 4 }))).toEqual({ value: 24 })
  for (const coveredSince of ['2023-04-02', null])
    expect(reckon(yearly, partsOf({ lost: 1, all: 4 }, { coveredSince }))).toEqual({ value: null, null_reason: 'not_matured' })
})

test('an option chooses among values, and the reckoning names the measures of the one', () => {
  const value = chosen('by', 'count', { count: rate, money: ratio('gone', 'had', 'no_revenue') })
  expect(reckon(value, partsOf({ gone: 1, had: 2 }, { options: { by: 'money' } }))).toEqual({ value: 0.5, numerator: 'gone', denominator: 'had' })
  expect(reckon(value, partsOf({}, { options: { by: 'money' } }))).toEqual({
    value: null,
    null_reason: 'no_revenue',
    numerator: 'gone',
    denominator: 'had',
  })
  expect(formOf(value, { by: 'constructor' })).toBe(rate)
})

test('what stands beside a value is told of no value too, and adds up', () => {
  const value = withBeside(
    withBeside(rate, () => ({ beside: { one: 1 }, flags: ['lumpy'] })),
    (_, made) => ({ beside: { two: made.value }, flags: ['residual'] }),
  )
  expect(reckon(value, partsOf({}))).toEqual({ value: null, null_reason: 'no_customers', beside: { one: 1, two: null }, flags: ['lumpy', 'residual'] })
})

test('what is computed in steps is held to the same', () => {
  const slow = computed(function* () {
    yield
    return { value: 7, beside: { steps: 1 } }
  })
  const made = atOnce((parts: Parts) => reckon(withheld(slow, 'no_data', ['a', '=', 0]), parts) as Steps<Reckoning>)
  expect(made(partsOf({ a: 1 }))).toEqual({ value: 7, beside: { steps: 1 } })
  expect(made(partsOf({}))).toEqual({ value: null, null_reason: 'no_data', beside: { steps: 1 } })
})
