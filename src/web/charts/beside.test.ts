import { expect, it } from 'vitest'
import { notesOf, targetOf } from './beside.tsx'

const period = (from: string, until: string) => ({ period: { from, until, label: from } })
const beside = {
  targets: [
    { from: '2024-07-01', until: '2025-07-01', value: 3 },
    { from: '2024-01-01', until: '2025-01-01', value: 2 },
  ],
  notes: [
    { day: '2024-03-31', text: 'a' },
    { day: '2024-04-01', text: 'b' },
  ],
}

it('takes the target that holds when a period closes, the later one of two', () => {
  expect(
    [
      period('2023-12-01', '2024-01-01'),
      period('2024-01-01', '2024-02-01'),
      period('2024-06-01', '2024-07-01'),
      period('2024-07-01', '2024-08-01'),
      period('2025-06-01', '2025-07-01'),
      period('2025-07-01', '2025-08-01'),
    ].map((one) => targetOf(beside, one)),
  ).toEqual([null, 2, 2, 3, 3, null])
})

it('puts a note into the period of its day', () => {
  expect([period('2024-03-01', '2024-04-01'), period('2024-04-01', '2024-05-01')].map((one) => notesOf(beside, one).map(({ text }) => text))).toEqual([
    ['a'],
    ['b'],
  ])
})
