import { expect, onTestFinished, test } from 'vitest'
import { keepAudit } from './keep-audit.ts'

/** An audit whose engine, clock and losses are what the test says; it never looks by itself unless `tickMs` is given. */
function audited(tickMs = 1_000_000) {
  const world = { run: 'first' as string | null, at: 0, lost: [] as string[], looks: 0, failures: [] as unknown[] }
  const audit = keepAudit<string>({
    look: async () => {
      world.looks++
      return world.lost
    },
    engineRun: () => world.run,
    clock: { now: () => new Date(world.at) },
    matters: (loss) => loss !== 'kept row',
    says: (losses) => `missing: ${losses.join(', ')}`,
    onFailure: (error) => world.failures.push(error),
    everyMs: 1000,
    tickMs,
  })
  onTestFinished(() => audit.close())
  return { world, audit }
}

test('nothing is derived before the store was looked at, nor from one that has lost something', async () => {
  const { world, audit } = audited()
  expect(audit.last()).toEqual({ losses: [], audited_at: null })
  await audit.checkWhole()
  await audit.checkWhole()
  expect(world.looks).toBe(1)

  world.lost = ['fact']
  world.run = 'second'
  await expect(audit.checkWhole()).rejects.toMatchObject({
    code: 'facts_missing',
    message: 'missing: fact',
    retry: false,
    cure: expect.stringContaining('restore'),
  })
  expect(audit.last().losses).toEqual(['fact'])
  // Looked at again each time, until it is whole.
  world.lost = []
  await audit.checkWhole()
  expect(world.looks).toBe(3)
})

test('what no number depends on is told, and stops nothing', async () => {
  const { world, audit } = audited()
  world.lost = ['kept row']
  await audit.checkWhole()
  expect(audit.last().losses).toEqual(['kept row'])
})

test('it looks by itself at the start, when the engine was started again, and when it is time', async () => {
  const { world, audit } = audited(1)
  const looked = async (times: number): Promise<void> => {
    while (world.looks < times || audit.last().audited_at === null) await new Promise((resolve) => setTimeout(resolve, 1))
  }
  await looked(1)
  world.run = null
  world.at = 999
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(world.looks).toBe(1)
  world.run = 'second'
  await looked(2)
  world.at = 1999
  await looked(3)
  expect(world.failures).toEqual([])
})
