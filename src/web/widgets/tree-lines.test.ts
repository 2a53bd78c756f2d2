import { expect, it } from 'vitest'
import { followsAt } from './tree-lines.ts'

const tree = [0, 1, 1, 0].map((depth) => ({ depth }))

it('leads a line on to the next part of the same node, and no further than the last', () => {
  expect([0, 1, 2, 3].map((at) => followsAt(tree, at, 0))).toEqual([true, true, true, false])
  expect([1, 2].map((at) => followsAt(tree, at, 1))).toEqual([true, false])
})
