import { refuse } from '../../kernel/errors.ts'

/** A number of the catalog. */
export interface Kpi {
  readonly metric: string
}

/** A sum of numbers in one unit. Where a metric is named, the parts must add up to it. */
export interface Sum {
  readonly kind: 'additive'
  readonly name: string
  readonly metric?: string
  readonly children: readonly { readonly sign: 1 | -1; readonly node: TreeNode }[]
}

/** Attainments between a floor and a target, weighed: 0 to 100. */
export interface Index {
  readonly kind: 'index'
  readonly name: string
  /** Weights of parts without a value are shared out among the others; otherwise the index has no value either. */
  readonly skip_missing: boolean
  readonly children: readonly { readonly weight: number; readonly floor: number; readonly target: number; readonly node: TreeNode }[]
}

export type TreeNode = Kpi | Sum | Index

export interface Tree {
  readonly root: Sum | Index
  /** Who answers for it. */
  readonly owner: string
}

const DEEPEST = 5
const MOST_NODES = 60

export const badTree = (message: string, cure: string) => refuse('bad_north_star', message, cure)

type Given = Readonly<Record<string, unknown>>
const isGiven = (value: unknown): value is Given => typeof value === 'object' && value !== null && !Array.isArray(value)

function readText(given: Given, key: string, where: string): string {
  const text = given[key]
  if (typeof text !== 'string' || text.trim() === '') throw badTree(`${where} has no ${key}.`, `Give it a "${key}".`)
  return text.trim()
}

function readNumber(given: Given, key: string, where: string, fallback?: number): number {
  const number = given[key] ?? fallback
  if (typeof number !== 'number' || !Number.isFinite(number)) throw badTree(`${where} has no ${key}.`, `Give "${key}" as a number.`)
  return number
}

function readNode(given: unknown, depth: number): TreeNode {
  if (!isGiven(given)) throw badTree('A part of the tree is not an object.', 'Write {"metric": "nrr"}, or a node with "name", "kind" and "children".')
  const { kind, children } = given
  if (kind === undefined) return { metric: readText(given, 'metric', 'A part of the tree') }
  const name = readText(given, 'name', 'A node')
  if (depth >= DEEPEST) throw badTree(`"${name}" lies deeper than ${DEEPEST} levels.`, 'Flatten the tree.')
  if (!Array.isArray(children) || children.length === 0) throw badTree(`"${name}" has no children.`, 'Give it at least one metric.')
  if (kind === 'additive') {
    const metric = given['metric'] === undefined ? {} : { metric: readText(given, 'metric', name) }
    return { kind, name, ...metric, children: children.map((child) => ({ sign: readSign(child, name), node: readNode(child, depth + 1) })) }
  }
  if (kind !== 'index') throw badTree(`"${name}" is of kind "${String(kind)}".`, 'A node is "additive" or an "index".')
  const weighed = children.map((child: unknown) => {
    const node = readNode(child, depth + 1)
    const place = `A part of "${name}"`
    // Another index runs from 0 to 100 by itself.
    const isScore = 'kind' in node && node.kind === 'index'
    const numbers = isGiven(child) ? child : {}
    const one = {
      weight: readNumber(numbers, 'weight', place),
      floor: readNumber(numbers, 'floor', place, isScore ? 0 : undefined),
      target: readNumber(numbers, 'target', place, isScore ? 100 : undefined),
      node,
    }
    if (one.weight <= 0) throw badTree(`${place} weighs ${one.weight}.`, 'Weights are above 0.')
    if (one.floor === one.target)
      throw badTree(`${place} has the same floor and target.`, 'The target is what earns all of the weight, the floor what earns none of it.')
    return one
  })
  const total = weighed.reduce((sum, { weight }) => sum + weight, 0)
  if (Math.abs(total - 100) > 1e-6) throw badTree(`The weights of "${name}" add up to ${total}.`, 'Make them add up to 100.')
  return { kind, name, skip_missing: given['skip_missing'] === true, children: weighed }
}

function readSign(child: unknown, parent: string): 1 | -1 {
  const sign = isGiven(child) ? (child['sign'] ?? 1) : 1
  if (sign !== 1 && sign !== -1) throw badTree(`A part of "${parent}" has the sign ${JSON.stringify(sign)}.`, 'The sign is 1 or -1.')
  return sign
}

/** Every node, the root first. */
export const nodesOf = (node: TreeNode): TreeNode[] => [node, ...('kind' in node ? node.children.flatMap((child) => nodesOf(child.node)) : [])]

/** Ids of the metrics a tree rests on. */
export const metricsOf = (tree: Tree): string[] => [
  ...new Set(nodesOf(tree.root).flatMap((node) => ('metric' in node && node.metric !== undefined ? [node.metric] : []))),
]

/** The tree that a setting holds. Throws `bad_north_star` with what is wrong and how to write it. */
export function readTree(text: string): Tree {
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    throw badTree('The North Star is not JSON.', 'Write {"name": ..., "kind": "additive" or "index", "children": [...]}.')
  }
  const root = readNode(given, 0)
  if (!('kind' in root)) throw badTree('The North Star is one metric alone.', 'Write a node with "name", "kind" and "children".')
  if (nodesOf(root).length > MOST_NODES) throw badTree(`The tree has more than ${MOST_NODES} parts.`, 'Leave out what moves it least.')
  return { root, owner: isGiven(given) && typeof given['owner'] === 'string' ? given['owner'].trim() : '' }
}
