import { expect, it } from 'vitest'
import { judge } from './delta.tsx'

it.each([
  [0.1, [0.02, 0.18], 'up', 'good'],
  [-0.1, [-0.2, -0.01], 'up', 'bad'],
  [0.1, [0.02, 0.18], 'down', 'bad'],
  [-0.1, [-0.2, -0.01], 'down', 'good'],
  [0.1, [-0.02, 0.2], 'up', 'unclear'],
  [0.1, [0, 0.2], 'up', 'unclear'],
  [0.1, [0.02, 0.18], 'context', 'unclear'],
] as const)('a change of %s with interval %s, better %s: %s', (change, interval, better, verdict) => {
  expect(judge(change, interval, better)).toBe(verdict)
})

it('does not judge a change that has no interval', () => {
  expect(judge(5, null, 'up')).toBe('unclear')
})
