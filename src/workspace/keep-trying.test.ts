import { expect, test } from 'vitest'
import { BinnacleError } from '../kernel/errors.ts'
import { keepTrying } from './keep-trying.ts'

const quick = { firstMs: 1, longestMs: 2, longestAfterFaultMs: 2 }
const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1))
}

test('what fails or is not finished is done again until it is, and not once more', async () => {
  const away = new BinnacleError('workspace_unreachable', 'away', { retry: true, status: 503 })
  const outcomes: (boolean | Error)[] = [away, new Error('a fault'), false, true]
  const failures: unknown[] = []
  let done = 0
  const keeper = keepTrying(
    async () => {
      const outcome = outcomes[done++] ?? true
      if (typeof outcome !== 'boolean') throw outcome
      return outcome
    },
    (error) => failures.push(error),
    quick,
  )
  expect(done).toBe(0)
  keeper.wake()
  keeper.wake()
  await until(() => done === 4)
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect([done, failures]).toEqual([4, [away, outcomes[1]]])
  keeper.wake()
  await until(() => done === 5)
  await keeper.close()
})

test('who wakes it while it works has it done once more, and closing ends it', async () => {
  const ends: (() => void)[] = []
  const keeper = keepTrying(
    () => new Promise<boolean>((resolve) => ends.push(() => resolve(true))),
    () => undefined,
    quick,
  )
  keeper.wake()
  await until(() => ends.length === 1)
  keeper.wake()
  ends[0]?.()
  await until(() => ends.length === 2)
  const closed = keeper.close()
  ends[1]?.()
  await closed
  keeper.wake()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(ends).toHaveLength(2)
})
