import { describe, expect, it } from 'vitest'
import { seriesSpan, usualGrain } from './series-span.ts'

describe('seriesSpan', () => {
  it.each([
    ['a month looks a year back', { from: '2024-06-01', until: '2024-07-01' }, 'month', null, { from: '2023-07-01', until: '2024-07-01' }],
    ['a long period is kept', { from: '2021-01-01', until: '2024-07-01' }, 'month', null, { from: '2021-01-01', until: '2024-07-01' }],
    ['quarters begin at quarters', { from: '2024-06-01', until: '2024-07-01' }, 'quarter', null, { from: '2022-07-01', until: '2024-07-01' }],
    ['nothing before the first fact', { from: '2024-06-01', until: '2024-07-01' }, 'month', '2024-02-11', { from: '2024-02-01', until: '2024-07-01' }],
    [
      'a period before the first fact is left as it is',
      { from: '2019-06-01', until: '2019-07-01' },
      'month',
      '2024-02-11',
      { from: '2018-07-01', until: '2019-07-01' },
    ],
  ] as const)('%s', (_, period, grain, first, span) => {
    expect(seriesSpan(period, grain, first)).toEqual(span)
  })

  it('takes quarters for more than three years', () => {
    expect([usualGrain({ from: '2021-01-01', until: '2024-01-01' }), usualGrain({ from: '2021-01-01', until: '2024-02-01' })]).toEqual(['month', 'quarter'])
  })
})
