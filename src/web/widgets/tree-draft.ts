/** The tree as it is edited: numbers are text until it is saved. */
export interface DraftNode {
  readonly metric: string
  /** None: a metric of the catalog. */
  readonly kind: 'additive' | 'index' | null
  readonly name: string
  readonly skip_missing: boolean
  readonly sign: '1' | '-1'
  readonly weight: string
  readonly floor: string
  readonly target: string
  readonly children: readonly DraftNode[]
}

export const emptyNode: DraftNode = { metric: '', kind: null, name: '', skip_missing: false, sign: '1', weight: '', floor: '', target: '', children: [] }

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')

/** A node as it is stored, for editing. */
export function toDraft(stored: unknown): DraftNode {
  const given = (typeof stored === 'object' && stored !== null ? stored : {}) as Record<string, unknown>
  const { kind, children } = given
  return {
    metric: text(given['metric']),
    kind: kind === 'additive' || kind === 'index' ? kind : null,
    name: text(given['name']),
    skip_missing: given['skip_missing'] === true,
    sign: given['sign'] === -1 ? '-1' : '1',
    weight: text(given['weight']),
    floor: text(given['floor']),
    target: text(given['target']),
    children: Array.isArray(children) ? children.map(toDraft) : [],
  }
}

/** What is stored; a number that is none is left out, and the server says so. */
export function toStored(node: DraftNode, parent: DraftNode['kind'] = null): Record<string, unknown> {
  const number = (key: 'weight' | 'floor' | 'target') => (node[key].trim() === '' || Number.isNaN(Number(node[key])) ? {} : { [key]: Number(node[key]) })
  const place = parent === 'additive' ? { sign: Number(node.sign) } : parent === 'index' ? { ...number('weight'), ...number('floor'), ...number('target') } : {}
  if (node.kind === null) return { metric: node.metric, ...place }
  const own = node.kind === 'index' ? { skip_missing: node.skip_missing } : node.metric === '' ? {} : { metric: node.metric }
  return { name: node.name, kind: node.kind, ...own, ...place, children: node.children.map((child) => toStored(child, node.kind)) }
}

/** The draft with one child changed, or taken out when there is nothing in its place. */
export const withChild = (node: DraftNode, at: number, child: DraftNode | null): DraftNode => ({
  ...node,
  children: child === null ? node.children.filter((_, i) => i !== at) : node.children.map((one, i) => (i === at ? child : one)),
})

/** What the weights of an index add up to; 100 when they are right. */
export const weightOf = ({ children }: DraftNode): number => Math.round(children.reduce((sum, { weight }) => sum + (Number(weight) || 0), 0) * 1e6) / 1e6
