import { describe, expect, it } from 'vitest'
import type { Change } from '../../contract/change.ts'
import { amountText, digitsOf, stepsOf } from './change-steps.ts'

const share = { unit: 'share', currency: null } as const

describe('amounts', () => {
  it.each([
    [-0.018, share, undefined, '\u22121.8\u202fpp'],
    [0.00012, share, undefined, '+0.012\u202fpp'],
    [0.00012, share, 1, '0.0\u202fpp'],
    [0, share, undefined, '0.0\u202fpp'],
    [-1234.5, { unit: 'money', currency: 'USD' }, undefined, '\u2212$1,235'],
    [3, { unit: 'count', currency: null }, undefined, '+3'],
  ] as const)('%s', (amount, measured, digits, text) => expect(amountText(amount, measured, digits)).toBe(text))

  it('take the decimals of the largest', () =>
    expect([digitsOf([0.5, 0.00001], 'share'), digitsOf([0.00001], 'share'), digitsOf([], 'score')]).toEqual([1, 4, 2]))
})

describe('steps', () => {
  const end = (label: string, value: number) => ({ period: { from: '2024-03-01', until: '2024-04-01', label }, value, flags: [] })
  const change = (better: string, labels: [string, string]) =>
    ({
      better,
      reported_on: '2024-04-30T23:59:59.999999Z',
      from: end(labels[0], 10),
      to: end(labels[1], 9),
      steps: [
        { kinds: ['corrected_rows'], label: 'Corrected rows', says: '', amount: 1 },
        { kinds: ['late_rows', 'definition'], label: 'Late rows and changed definition', says: '', amount: -2 },
      ],
    }) as unknown as Change

  it('are coloured by what is better, and named as the report and the present of one period', () => {
    expect(stepsOf(change('up', ['2024-03', '2024-03'])).map(({ id, name, kind }) => [id, name, kind])).toEqual([
      ['from', 'As reported', 'total'],
      ['corrected_rows', 'Corrected rows', 'up'],
      ['late_rows definition', 'Since then', 'down'],
      ['to', 'Now', 'total'],
    ])
    expect(stepsOf(change('down', ['2024-02', '2024-03'])).map(({ kind }) => kind)).toEqual(['total', 'down', 'up', 'total'])
    expect(stepsOf(change('context', ['2024-02', '2024-03'])).map(({ kind }) => kind)).toEqual(['total', 'flat', 'flat', 'total'])
  })
})
