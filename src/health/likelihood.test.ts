import { expect, test } from 'vitest'
import { chanceOf, countChances, explainChance, renewalChance } from './likelihood.ts'
import type { AccountMonth } from './likelihood.ts'

const times = (n: number, of: AccountMonth): AccountMonth[] => Array.from({ length: n }, () => of)

/** 30 red of whom 6 left and 60 green of whom 3 did, near their deadlines; 90 later of whom nobody left. */
const chances = countChances(
  [
    { phase: 'in_window', band: 'red', n: 30 },
    { phase: 'in_window', band: 'green', n: 60 },
    { phase: 'later', band: 'green', n: 90 },
  ],
  [...times(6, { phase: 'in_window', band: 'red' }), ...times(3, { phase: 'in_window', band: 'green' })],
)

test('a band is drawn to its phase, and one that was never seen has the chance of the phase', () => {
  expect(chanceOf(chances, 'in_window', 'red')).toBeCloseTo((6 + 20 * 0.1) / 50)
  expect(chanceOf(chances, 'in_window', 'amber')).toBeCloseTo(0.1)
  expect(chanceOf(chances, 'later', 'green')).toBe(0)
  expect(chanceOf(chances, 'month_to_month', 'green')).toBeNull()
})

test('what phase and band say adds up in log-odds; certainty has none', () => {
  const said = explainChance(chances, 'in_window', 'red')
  const sum = (said?.logit_at_means ?? 0) + (said?.contributions['band'] ?? 0)
  expect(1 / (1 + Math.exp(-sum))).toBeCloseTo(0.16)
  expect(said?.contributions['band']).toBeGreaterThan(0)
  expect(explainChance(chances, 'later', 'green')).toBeNull()
})

test('a contract goes through every spell before its window, and through phases that were never seen with an unknown chance', () => {
  expect(renewalChance(chances, 'in_window', 40, 'red')).toBeCloseTo(0.84)
  expect(renewalChance(chances, 'later', 300, 'green')).toBeCloseTo(1 - (3 + 20 * 0.1) / 80)
  expect(renewalChance(chances, 'month_to_month', null, 'green')).toBeNull()
})
