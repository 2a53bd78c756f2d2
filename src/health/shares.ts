import type { HealthNode } from './model.ts'

/** Of each part of a model its share of all weight: those of one level add up to the share of the group above them. */
export function sharesOf(nodes: readonly HealthNode[], whole = 1): Map<string, number> {
  const all = nodes.reduce((sum, { weight }) => sum + weight, 0)
  return new Map(
    nodes.flatMap((node) => {
      const own = (whole * node.weight) / all
      return [[node.id, own] as const, ...(node.kind === 'group' ? sharesOf(node.children, own) : [])]
    }),
  )
}

/** A share as a sentence about models says it. */
export const shareText = (share: number): string => `${Number((100 * share).toFixed(1))} %`
