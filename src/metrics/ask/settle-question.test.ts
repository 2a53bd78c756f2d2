import { describe, expect, test } from 'vitest'
import { plantedBook, plantedMetric, plantedRows } from '../../../test/planted.ts'
import { bySetting } from '../kit/option.ts'
import type { Question } from '../kit/question.ts'
import { clipped, measurePeriods, settleQuestion } from './settle-question.ts'

const YEAR = { from: '2024-01-01', until: '2025-01-01' }
const rows = plantedRows({
  options: { window_days: bySetting('survey_window_days', 'Days'), by: { says: 'Which', fallback: 'reply', choices: ['reply', 'creation'] } },
})
const metric = plantedMetric({ of: rows, options: rows.options })
const settle = (question: Partial<Question>, settings = {}) => settleQuestion(plantedBook([metric], settings), [metric], { ...YEAR, ...question })
const refused = (question: Partial<Question>): unknown => {
  try {
    return settle(question)
  } catch (error) {
    return (error as { code?: string }).code
  }
}

describe('a question is settled', () => {
  test('into the periods of its series, and those each is compared with', () => {
    const { periods, compared } = settle({ grain: 'quarter', compare: 'year' })
    expect(periods.map(({ from }) => from)).toEqual(['2024-01-01', '2024-04-01', '2024-07-01', '2024-10-01'])
    expect(compared?.map(({ from, until }) => [from, until])[0]).toEqual(['2023-01-01', '2023-04-01'])
    expect(settle({}).compared).toBeNull()
    expect(settle({ compare: 'previous' }).compared).toEqual([{ from: '2023-01-01', until: '2024-01-01' }])
  })

  test('to what is known: until the day after the last one that counts, or that the book knows', () => {
    expect(settle({}).asOf).toBe('2024-06-16')
    expect(settle({ as_of: '2024-02-29' }).asOf).toBe('2024-03-01')
    const asked = settle({ grain: 'month' })
    expect(asked.periods.map((period) => clipped(asked, period)).slice(4, 7)).toEqual([
      { from: '2024-05-01', until: '2024-06-01' },
      { from: '2024-06-01', until: '2024-06-16' },
      null,
    ])
  })

  test('with the value of each option: as it names it, else as the setting has it, else the usual one', () => {
    const { settle: usual } = settle({}, { survey_window_days: '60' }).scope
    expect({ ...usual(rows.options) }).toEqual({ window_days: '60', by: 'reply' })
    const { settle: chosen, frame } = settle({ options: { window_days: '7' } }, { survey_window_days: '60' }).scope
    expect({ ...chosen(rows.options) }).toEqual({ window_days: '7', by: 'reply' })
    expect([...frame.named]).toEqual(['window_days'])
  })

  test('with filters of one dimension as one, whose values are alternatives', () => {
    expect(settle({ where: ['segment=SMB', 'segment=Mid', 'region=EU'] }).scope.filters).toEqual([
      { dimension: 'segment', values: ['SMB', 'Mid'] },
      { dimension: 'region', values: ['EU'] },
    ])
  })
})

test.each<[string, Partial<Question>]>([
  ['too_many_dimensions', { by: ['segment', 'region', 'csm'] }],
  ['bad_filter', { where: ['segment'] }],
  ['unknown_dimension', { by: ['a=b'] }],
  ['dimension_not_supported', { by: ['product'] }],
  ['unknown_option', { options: { nothing: '1' } }],
  ['bad_option', { options: { by: 'chance' } }],
  ['bad_option', { options: { window_days: 'many' } }],
  ['bad_day', { as_of: '2024-02-30' }],
])('%s: %o is refused', (code, question) => {
  expect(refused(question)).toBe(code)
})

test('a measure is summed over the periods that it says, or over the one asked', () => {
  const period = { from: '2024-03-01', until: '2024-04-01' }
  const { settings } = plantedBook()
  const plain = { of: rows, each: '1', label: 'Things' }
  expect(measurePeriods(plain, period, settings)).toEqual([period])
  const before = { ...plain, over: () => [{ from: '2024-02-01', until: '2024-03-01' }, period] }
  expect(measurePeriods(before, period, settings)).toEqual([{ from: '2024-02-01', until: '2024-03-01' }, period])
})
