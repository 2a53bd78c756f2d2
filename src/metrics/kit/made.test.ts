import { expect, test } from 'vitest'
import { BUILT_IN } from '../catalogue/built-in.ts'
import { madeOf, measuresOfPart, partsWithRows } from './made.ts'
import type { MetricDefinition } from './metric.ts'
import type { Reckoning } from './reckoning.ts'
import { reckon } from './value.ts'
import type { Parts } from './value.ts'
import { defaultSettings } from '../../kernel/settings.ts'

const partsOf = (number: Record<string, number>, options: Record<string, string>): Parts => ({
  exact: {},
  number,
  tallies: {},
  settings: defaultSettings,
  options,
  period: { from: '2024-03-01', until: '2024-04-01' },
  coveredSince: '2020-01-01',
  interval: false,
})
const reckoned = (metric: MetricDefinition, options: Record<string, string>, number = 1): Reckoning =>
  reckon(metric.value, partsOf(Object.fromEntries(Object.keys(metric.measures).map((name) => [name, number])), options)) as Reckoning

test.each([
  ['active_users', { window_days: '1' }, '{daily}', 'daily', null],
  ['product_adoption', { of: 'seat_adoption' }, '{seat_users} / {seats}', 'seat_users', 'seats'],
  ['renewal_rate', { of: 'net' }, '{new_value} / {old_value}', 'new_value', 'old_value'],
  ['renewal_rate', {}, '{renewed} / {due}', 'renewed', 'due'],
  ['cohort_retention', { of: 'mrr' }, '{amount} / {base}', 'amount', 'base'],
  ['cs_revenue_contribution', { part: 'expansion' }, '{sourced} / {expansion}', 'sourced', 'expansion'],
] as const)('%s under %o is made of what the option chose', (id, options, formula, numerator, denominator) => {
  const metric = BUILT_IN.byId(id)
  expect(madeOf(metric, reckoned(metric, { ...options }))).toEqual({ formula, numerator, denominator })
})

test('what has no value is made of the same', () => {
  const metric = BUILT_IN.byId('product_adoption')
  expect(madeOf(metric, reckoned(metric, { of: 'breadth' }, 0))).toMatchObject({ formula: '{core_used} / {core_entitled}' })
  const cohort = BUILT_IN.byId('cohort_retention')
  expect(reckoned(cohort, { of: 'mrr' })).toMatchObject({ value: null, null_reason: 'not_matured', numerator: 'amount' })
})

test('every term of every formula opens rows of its own', () => {
  for (const metric of BUILT_IN.all)
    for (const name of Object.keys(metric.measures))
      expect(measuresOfPart(metric, madeOf(metric, {}), name)?.main, `${metric.id} ${name}`).toBe(metric.measures[name])
  const metric = BUILT_IN.byId('crc_to_cac')
  expect(measuresOfPart(metric, madeOf(metric, {}), 'winning')?.main.label).toBe('Cost of winning customers')
  expect(measuresOfPart(metric, madeOf(metric, {}), 'all')?.beside.map(({ label }) => label)).toEqual(['Cost of winning customers'])
  expect(measuresOfPart(metric, madeOf(metric, {}), 'numerator')).toBeNull()
})

test.each(BUILT_IN.all.map((metric) => [metric.id, metric] as const))('%s says which parts have rows, and has no other side', (_, metric) => {
  const opens = (part: string): boolean => metric.composed !== null || measuresOfPart(metric, madeOf(metric, {}), part) !== null
  expect(partsWithRows(metric).filter((part) => !opens(part))).toEqual([])
  const sides = metric.composed === null ? ['numerator', 'denominator'].filter(opens) : []
  expect(partsWithRows(metric).filter((part) => part === 'numerator' || part === 'denominator')).toEqual(sides)
})

test('a total has no denominator to open, a ratio has', () => {
  expect(partsWithRows(BUILT_IN.byId('new_mrr'))).toEqual(['all', 'numerator', 'amount', 'movements'])
  expect(partsWithRows(BUILT_IN.byId('nrr'))).toContain('denominator')
})
