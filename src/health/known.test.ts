import { expect, test } from 'vitest'
import { addDays } from '../kernel/period.ts'
import { usualLag } from './known.ts'
import type { Arrival } from './known.ts'

const times = (n: number, late: number, from: string): Arrival[] =>
  Array.from({ length: n }, (_, i) => ({ effective_on: addDays(from, i - late), recorded_on: addDays(from, i) }))

/** Two years of use that were brought in on one day. */
const history: Arrival[] = Array.from({ length: 700 }, (_, i) => ({ effective_on: addDays('2023-01-01', i), recorded_on: '2025-01-01' }))

test('history that was brought in says nothing of how late its source comes', () => {
  expect(usualLag(history, '2025-01-01')).toBe(0)
  expect(usualLag([...history, ...times(30, 12, '2025-01-02')], '2025-02-01')).toBe(12)
})

test('a few rows that come very late are late', () => {
  expect(usualLag(times(30, 45, '2025-01-02'), '2025-02-15')).toBe(45)
})
