import { describe, expect, test } from 'vitest'
import type { Result } from '../kit/result.ts'
import { splitChange } from './change-slices.ts'

const result = (value: number | null, numerator: number | null = null, denominator: number | null = null, segment = ''): Result => ({
  metric: 'x',
  version: '1',
  period: { from: '2024-01-01', until: '2024-02-01', label: '2024-01' },
  dims: { segment },
  value,
  exact: null,
  numerator,
  denominator,
  n: null,
  ci: null,
  ci_method: null,
  ci_says: null,
  missing_rates: [],
  unit: 'share',
  currency: null,
  null_reason: value === null ? 'no_data' : null,
  flags: [],
  parts: {},
  comparison: null,
  settings_hash: '',
})
const slices = (before: Result[], now: Result[]) => async () => ({ before, now })

describe('splitChange', () => {
  test('a score that is the mean of its slices by their denominators is split like a ratio', async () => {
    // A score of 100 (promoters - detractors) / answers: its measures are no numerator and denominator of the value.
    const whole = { before: result(40, 6, 10), now: result(0, 5, 10) }
    const found = await splitChange(
      'ratio',
      'segment',
      whole,
      slices([result(50, 5, 6, 'A'), result(25, 1, 4, 'B')], [result(-20, 2, 5, 'A'), result(20, 3, 5, 'B')]),
    )
    const moved = Object.fromEntries(found.slices?.effects.map(({ kind, amount }) => [kind, Number(amount.toFixed(9))]) ?? [])
    expect(moved).toEqual({ rate: -40.75, mix: 0.75, entered: 0, left: 0, unweighed: 0 })
  })

  test('slices that do not make up the whole are not its slices', async () => {
    const whole = { before: result(0.5, 5, 10), now: result(0.6, 6, 10) }
    const twice = slices([result(0.5, 5, 10, 'A'), result(0.5, 5, 10, 'B')], [result(0.6, 6, 10, 'A')])
    expect(await splitChange('ratio', 'segment', whole, twice)).toEqual({ slices: null, indivisible: 'parts_not_additive' })
    expect(
      await splitChange('add', 'segment', { before: result(5), now: result(6) }, slices([result(5, null, null, 'A')], [result(7, null, null, 'A')])),
    ).toMatchObject({
      indivisible: 'parts_not_additive',
    })
  })

  test.each([
    ['none', 'segment', 1, 'computed_anew'],
    ['dist', 'segment', 1, 'single_values'],
    ['add', null, 1, 'no_dimension'],
    ['add', 'segment', null, 'no_value'],
  ] as const)('rolled up as %s by %s from %s: %s', async (rollUp, by, before, reason) => {
    const found = await splitChange(rollUp, by, { before: result(before), now: result(2) }, () => expect.fail('nothing is asked'))
    expect(found).toEqual({ slices: null, indivisible: reason })
  })

  test('names those that moved most and adds up the others', async () => {
    const accounts = Array.from({ length: 60 }, (_, i) => result(i, null, null, `S${i}`))
    const whole = { before: result(0), now: result(accounts.reduce((sum, { value }) => sum + (value ?? 0), 0)) }
    const { slices: found } = await splitChange('add', 'segment', whole, slices([], accounts))
    expect(found?.named.slice(0, 2).map(({ key }) => key)).toEqual(['S59', 'S58'])
    // Ten are left, of which the one of 0 moved nothing.
    expect([found?.named.length, found?.others]).toEqual([50, { count: 9, amount: 45 }])
    expect(found?.effects.find(({ kind }) => kind === 'entered')).toEqual({ kind: 'entered', amount: 1770, slices: 59 })
  })
})
