import type { Answer } from './answer.ts'
import { nothing } from './answer.ts'

interface Node {
  readonly metric?: string
  readonly kind?: 'additive' | 'index'
  readonly skip_missing?: boolean
  readonly sign?: number
  readonly weight?: number
  readonly floor?: number
  readonly target?: number
  readonly children?: readonly Node[]
}

/** A tree of the setting, worked out in decimals a cent is far from. Null where the part has no value. */
function worth(node: Node, read: (metric: string) => Answer): number | null {
  const children = node.children ?? []
  if (children.length === 0) return read(node.metric ?? '').value
  const parts = children.map((child) => ({ child, value: worth(child, read) }))
  const known = parts.flatMap(({ child, value }) => (value === null ? [] : [{ child, value }]))
  if (node.kind === 'additive') return known.length < parts.length ? null : known.reduce((sum, { child, value }) => sum + (child.sign ?? 1) * value, 0)
  if (known.length === 0 || (known.length < parts.length && node.skip_missing !== true)) return null
  const reached = known.map(({ child: { weight = 0, floor = 0, target = 100 }, value }) => {
    const way = (value - floor) / (target - floor)
    return { weight, points: weight * (way < 0 ? 0 : way > 1 ? 1 : way) }
  })
  return (100 * reached.reduce((sum, { points }) => sum + points, 0)) / reached.reduce((sum, { weight }) => sum + weight, 0)
}

export function northStar(tree: string, read: (metric: string) => Answer): Answer {
  const value = worth(JSON.parse(tree) as Node, read)
  return value === null ? nothing('kpi_missing') : { value, exact: null, numerator: null, denominator: null, n: null, null_reason: null, parts: {} }
}
