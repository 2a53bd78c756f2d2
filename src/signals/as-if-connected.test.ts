import { expect, test } from 'vitest'
import type { AccountHistory } from '../health/history.ts'
import { untold } from '../health/history.ts'
import { addDays } from '../kernel/period.ts'
import { connectedHistories } from './as-if-connected.ts'
import { toldLate } from './late-facts.ts'

const use = (day: string, recorded_on: string, source = 'app') => ({
  identity: `${source} ${day}`,
  effective_on: day,
  recorded_on,
  deleted: false,
  fact: { day, user: 'u', source },
})
const history = (uses: AccountHistory['use']): AccountHistory => ({ ...untold('a'), use: uses })

/** What was connected on the first of June, with a year of history, and then told each day two days late. */
const CONNECTED = '2025-06-01'
const told = history([
  ...Array.from({ length: 40 }, (_, i) => use(addDays(CONNECTED, -300 + 7 * i), CONNECTED)),
  ...Array.from({ length: 30 }, (_, i) => use(addDays(CONNECTED, i), addDays(CONNECTED, i + 2))),
])

test('history is taken to have come as late as its source usually is; what came live stays', () => {
  const [found] = connectedHistories([told])
  const delays = found?.use.map(({ fact, recorded_on }) => recorded_on === addDays(fact.day, 2))
  expect(delays).toHaveLength(70)
  expect(new Set(delays)).toEqual(new Set([true]))
})

test('versions stand in the order in which they would have been told', () => {
  const [found] = connectedHistories([history(told.use.toReversed())])
  const days = found?.use.map(({ recorded_on }) => recorded_on) ?? []
  expect(days).toEqual(days.toSorted())
  expect(days[0]).toBe('2024-08-07')
})

test('each source of use has its own delay, and an account that came late does not make history live', () => {
  const other = Array.from({ length: 30 }, (_, i) => use(addDays('2025-03-01', i), addDays('2025-03-06', i), 'crm'))
  const [found] = connectedHistories([{ ...told, use: [...told.use, ...other, use('2025-01-01', '2025-03-06', 'crm')] }])
  const recorded = (day: string, source: string) => found?.use.find(({ fact }) => fact.day === day && fact.source === source)?.recorded_on
  expect(recorded('2025-01-01', 'crm')).toBe('2025-01-06')
  expect(recorded('2025-03-10', 'crm')).toBe('2025-03-15')
})

test('late is what changes days before: old facts, corrections, deletions, not what yesterday brought', () => {
  const day = '2025-06-10'
  const isLate = (...own: AccountHistory['use']) => toldLate(history(own), day)
  expect(isLate(use('2025-06-09', day), use('2025-06-10', day))).toBe(false)
  expect(isLate(use('2025-06-08', day))).toBe(true)
  expect(isLate({ ...use('2025-06-10', day), deleted: true })).toBe(true)
  expect(isLate(use('2025-06-10', '2025-06-09'), use('2025-06-10', day))).toBe(true)
  expect(isLate(use('2025-05-01', '2025-06-09'))).toBe(false)
})
