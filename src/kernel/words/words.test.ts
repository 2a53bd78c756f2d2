import { describe, expect, it } from 'vitest'
import { total } from '../../metrics/kit/value.ts'
import type { MetricDefinition } from '../../metrics/kit/metric.ts'
import type { Reckoning } from '../../metrics/kit/reckoning.ts'
import { nullReason, result } from '../../contract/question.ts'
import { NULL_REASONS, NULL_REASON_IDS, reasonWords } from './reasons.ts'
import { UNITS, UNIT_IDS } from './units.ts'
import type { Unit } from './units.ts'
import { formatNumber, formatValue } from './value.ts'

/** As it is read: no-break spaces as spaces, the minus sign as a hyphen. */
const plain = (text: string): string => text.replaceAll(/[\u202f\u00a0]/g, ' ').replaceAll('\u2212', '-')

describe('the vocabulary', () => {
  it('lets no metric use a word that it does not hold', () => {
    // The compiler is the test: each of these lines is an error, and one that were none would be an error by itself.
    const counted: Pick<MetricDefinition, 'value'> = { value: total('customers') }
    // @ts-expect-error a unit without words
    const unit: Pick<MetricDefinition, 'unit'> = { unit: 'furlongs' }
    // @ts-expect-error a reason without words
    const reason: Reckoning = { value: null, null_reason: 'too_rainy' }
    // @ts-expect-error a flag without words
    const flags: Reckoning = { value: 1, flags: ['windy'] }
    // @ts-expect-error a level without words
    const level: Pick<MetricDefinition, 'level'> = { level: 'weather' }
    // @ts-expect-error a unit of which nobody knows how it reads
    const words: typeof UNITS = { ...UNITS, days: { says: 'days' } }
    expect([counted, unit, reason, flags, level, words]).toHaveLength(6)
  })

  it('is that of the contract', () => {
    expect(result.shape.unit.options).toEqual(UNIT_IDS)
    expect(nullReason.unwrap().options).toEqual(NULL_REASON_IDS)
    expect(result.shape.flags.safeParse(['partial', 'at_least_12.5']).success).toBe(true)
    expect(result.shape.flags.safeParse(['windy']).success).toBe(false)
  })

  it('says every reason as a sentence without its full stop', () => {
    for (const words of Object.values(NULL_REASONS)) expect(words).toMatch(/^[A-Z].*[^.]$/)
    expect(reasonWords(null)).toBe('There is nothing to count')
  })
})

describe('a value', () => {
  it.each([
    ['share', 0.9569, ['95.7 %', '95.69 %', '95.7 %', '95.69 %']],
    ['money', 1234.5, ['$1,235', '1,234.50 USD', '1,234.5 USD', '1,234.5 USD']],
    ['count', 1200, ['1,200', '1,200', '1,200', '1,200']],
    ['ratio', 5, ['5.00×', '5', '5', '5']],
    ['number', 0.125, ['0.13', '0.125', '0.13', '0.125']],
    ['points', -12.4, ['-12 points', '-12.4 points', '-12.4 points', '-12.4']],
    ['score', 71.5, ['71.5 of 100', '71.5 of 100', '71.5', '71.5']],
    ['sentiment', -0.4, ['-0.40', '-0.4', '-0.4', '-0.4']],
    ['minutes', 3885, ['64 h 45 min', '3,885 minutes', '3,885 minutes', '3,885']],
    ['hours', 50, ['50.0 h', '50 hours', '50 hours', '50']],
    ['days', 1, ['1 day', '1 day', '1 day', '1']],
    ['months', 2, ['2 months', '2 months', '2 months', '2']],
    ['per_week', 2.31, ['2.31 a week', '2.31 a week', '2.31 a week', '2.31']],
    ['per_year', 3.5, ['3.5 a year', '3.5 a year', '3.5 a year', '3.5']],
    ['per_100', 27, ['27 per 100', '27 per 100', '27 per 100', '27']],
  ] as const)('in %s', (unit, value, texts) => {
    const currency = unit === 'money' ? 'USD' : null
    expect((['screen', 'terminal', 'sentence', 'formula'] as const).map((surface) => plain(formatValue(surface, value, unit, { currency })))).toEqual(texts)
  })

  it('is shown in every unit there is', () => {
    for (const unit of UNIT_IDS satisfies readonly Unit[]) expect(formatValue('terminal', 2, unit)).toMatch(/2/)
  })

  it('has a hyphen where it is copied, a minus sign where it is read', () => {
    expect([formatNumber('terminal', -2, 0, 0), formatNumber('screen', -2, 0, 0)]).toEqual(['-2', '\u22122'])
  })
})
