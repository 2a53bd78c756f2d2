import { describe, expect, it } from 'vitest'
import { SETTINGS } from '../../kernel/settings.ts'
import { emptyNode, toDraft, toStored, weightOf, withChild } from './tree-draft.ts'

describe('editing the North Star', () => {
  it('stores what it read, without a change', () => {
    const stored: unknown = JSON.parse(SETTINGS.north_star.fallback)
    expect(toStored(toDraft(stored))).toEqual(stored)
  })

  it('keeps a group within a group, and what each part needs of its place', () => {
    const stored = {
      name: 'Company',
      kind: 'index',
      skip_missing: true,
      children: [
        { metric: 'nrr', weight: 60, floor: 0.9, target: 1.1 },
        {
          name: 'Growth',
          kind: 'additive',
          weight: 40,
          floor: 0,
          target: 500,
          children: [
            { metric: 'new_mrr', sign: 1 },
            { metric: 'churned_mrr', sign: -1 },
          ],
        },
      ],
    }
    expect(toStored(toDraft(stored))).toEqual(stored)
    expect(weightOf(toDraft(stored))).toBe(100)
  })

  it('changes and takes out one part', () => {
    const draft = {
      ...emptyNode,
      kind: 'index' as const,
      children: [
        { ...emptyNode, metric: 'a', weight: '30' },
        { ...emptyNode, metric: 'b', weight: 'much' },
      ],
    }
    expect(withChild(draft, 1, null).children.map(({ metric }) => metric)).toEqual(['a'])
    expect(withChild(draft, 0, { ...emptyNode, metric: 'c' }).children.map(({ metric }) => metric)).toEqual(['c', 'b'])
    expect(weightOf(draft)).toBe(30)
    expect(toStored(draft)['children']).toEqual([{ metric: 'a', weight: 30 }, { metric: 'b' }])
  })
})
