import { expect, test } from 'vitest'
import { Line } from './line.ts'

const settled = async (): Promise<void> => {
  for (let i = 0; i < 10; i++) await Promise.resolve()
}

function enterAll(line: Line, ranks: readonly number[]) {
  const order: number[] = []
  const leaves: (() => void)[] = []
  ranks.forEach((rank, i) => void line.enter({ rank }).then((leave) => [order.push(i), leaves.push(leave)]))
  return { order, leaves }
}

test('so many are let in, the others in their order, those of a lower rank first', async () => {
  const line = new Line(2)
  const { order, leaves } = enterAll(line, [1, 1, 1, 0, 1])
  await settled()
  expect([order, line.length]).toEqual([[0, 1], 3])
  leaves[0]?.()
  leaves[0]?.()
  await settled()
  expect(order).toEqual([0, 1, 3])
  for (let i = 1; i < 4; i++) {
    leaves[i]?.()
    await settled()
  }
  expect(order).toEqual([0, 1, 3, 2, 4])
})

test('who gives up while waiting leaves the line, and hears why', async () => {
  const line = new Line(1)
  const leave = await line.enter()
  const giveUp = new AbortController()
  const gone = line.enter({ signal: giveUp.signal })
  const { order } = enterAll(line, [0])
  giveUp.abort(new Error('went away'))
  await expect(gone).rejects.toThrow('went away')
  await expect(line.enter({ signal: giveUp.signal })).rejects.toThrow('went away')
  expect(line.length).toBe(1)
  leave()
  await settled()
  expect(order).toEqual([0])
})

test('a place is taken without waiting only where nobody waits', async () => {
  const line = new Line(1)
  const leave = line.tryEnter()
  expect(leave).not.toBeNull()
  expect(line.tryEnter()).toBeNull()
  const next = line.enter()
  leave?.()
  expect(line.tryEnter()).toBeNull()
  ;(await next)()
  expect(line.tryEnter()).not.toBeNull()
})
