import { expect, test } from 'vitest'
import type { Steps } from '../../kernel/steps.ts'
import { takeSteps } from './take-steps.ts'

function* count(until: number): Steps<number> {
  let sum = 0
  for (let i = 0; i < until; i++) {
    yield
    for (let k = 0; k < 10_000; k++) sum += k % 3
  }
  return sum
}

test('others get their turns while steps are taken', async () => {
  let turns = 0
  const timer = setInterval(() => turns++, 1)
  const sum = await takeSteps(count(10_000))
  clearInterval(timer)
  expect(sum).toBe(99_990_000)
  expect(turns).toBeGreaterThan(0)
})

test('a signal that fires meanwhile ends it with its reason', async () => {
  const stop = new AbortController()
  setTimeout(() => stop.abort(new Error('gone')), 1)
  await expect(takeSteps(count(Number.MAX_SAFE_INTEGER), stop.signal)).rejects.toThrow('gone')
})
