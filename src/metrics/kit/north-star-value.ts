import type { RollUp } from '../../kernel/words/metrics.ts'
import type { Unit } from '../../kernel/words/units.ts'
import type { NullReason } from '../../kernel/words/reasons.ts'
import type { Flag } from '../../kernel/words/flags.ts'
import { formatMicros, parseMicros } from '../../kernel/money.ts'
import type { Composed, Operand, Piece } from './composition.ts'
import { badTree, metricsOf, nodesOf } from './north-star-tree.ts'
import type { Index, Sum, Tree, TreeNode } from './north-star-tree.ts'

/** In units of the node: a cent. */
const RESIDUAL = 0.01

interface Valued {
  readonly value: number | null
  readonly exact: string | null
  readonly unit: Operand['unit'] | null
  readonly null_reason: NullReason | null
  readonly label: string
  readonly metric: string | null
  /** What lies below it, depth first. */
  readonly pieces: Piece[]
  readonly flags: readonly Flag[]
  readonly coverage?: number
  readonly residual?: number
}

const missing = (null_reason: NullReason) => ({ value: null, exact: null, null_reason })

const NO_PLACE = { sign: null, weight: null, floor: null, target: null, attainment: null }

function valueOf(node: TreeNode, depth: number, read: (metric: string) => Operand): Valued {
  if (!('kind' in node)) {
    const { name, value, exact, unit, null_reason } = read(node.metric)
    return { value, exact, unit, null_reason, label: name, metric: node.metric, pieces: [], flags: [] }
  }
  return node.kind === 'additive' ? sumOf(node, depth, read) : indexOf(node, depth, read)
}

const pieceOf = (valued: Valued, depth: number, place: Pick<Piece, 'sign' | 'weight' | 'floor' | 'target' | 'attainment' | 'contribution'>): Piece[] => {
  const { label, metric, value, unit, null_reason } = valued
  return [{ label, metric, depth, value, unit: unit ?? 'count', null_reason, ...place }, ...valued.pieces]
}

function sumOf(node: Sum, depth: number, read: (metric: string) => Operand): Valued {
  const parts = node.children.map(({ sign, node: child }) => ({ sign, found: valueOf(child, depth + 1, read) }))
  const pieces = parts.flatMap(({ sign, found }) =>
    pieceOf(found, depth, { ...NO_PLACE, sign, contribution: found.value === null ? null : sign * found.value + 0 }),
  )
  const unit = parts[0]?.found.unit ?? null
  const flags = parts.flatMap(({ found }) => found.flags)
  const base = { unit, label: node.name, metric: node.metric ?? null, pieces, flags }
  if (parts.some(({ found }) => found.unit !== unit)) return { ...base, ...missing('units_differ') }
  if (parts.some(({ found }) => found.value === null)) return { ...base, ...missing('kpi_missing') }
  const micros = parts.map(({ sign, found }) => (found.exact === null ? null : (parseMicros(found.exact) ?? 0n) * BigInt(sign)))
  const exact = micros.every((part) => part !== null) ? formatMicros(micros.reduce((sum, part) => sum + part, 0n)) : null
  const value = exact === null ? parts.reduce((sum, { sign, found }) => sum + sign * (found.value ?? 0), 0) : Number(exact)
  const whole = node.metric === undefined ? null : read(node.metric).value
  const residual = whole === null ? 0 : whole - value
  return { ...base, value, exact, null_reason: null, residual, flags: Math.abs(residual) > RESIDUAL ? [...flags, 'residual'] : flags }
}

/** Share of the way from floor to target, within 0 and 1; a target below the floor is one to fall to. */
const attainmentOf = (value: number, floor: number, target: number): number => Math.min(1, Math.max(0, (value - floor) / (target - floor)))

function indexOf(node: Index, depth: number, read: (metric: string) => Operand): Valued {
  const parts = node.children.map(({ node: child, ...place }) => {
    const found = valueOf(child, depth + 1, read)
    return { place, found, attainment: found.value === null ? null : attainmentOf(found.value, place.floor, place.target) }
  })
  const covered = parts.reduce((sum, { place, attainment }) => sum + (attainment === null ? 0 : place.weight), 0)
  const counts = covered > 0 && (node.skip_missing || parts.every(({ attainment }) => attainment !== null))
  const points = (weight: number, attainment: number): number => (weight * attainment * 100) / (node.skip_missing ? covered : 100)
  const pieces = parts.flatMap(({ place, found, attainment }) =>
    pieceOf(found, depth, { ...place, sign: null, attainment, contribution: attainment === null || !counts ? null : points(place.weight, attainment) }),
  )
  const flags = parts.flatMap(({ found }) => found.flags)
  const base = { unit: 'score' as const, label: node.name, metric: null, pieces, flags, exact: null, coverage: covered / 100 }
  if (!counts) return { ...base, ...missing('kpi_missing') }
  const value = parts.reduce((sum, { place, attainment }) => sum + (attainment === null ? 0 : points(place.weight, attainment)), 0)
  return { ...base, value, null_reason: null, flags: parts.some(({ attainment }) => attainment === null) ? [...flags, 'kpi_skipped'] : flags }
}

/** The value of a tree and of every part of it, from the values of its metrics. */
export function valueTree(tree: Tree, read: (metric: string) => Operand): Composed {
  const found = valueOf(tree.root, 0, read)
  const beside: Record<string, number> = tree.root.kind === 'index' ? { coverage: found.coverage ?? 0 } : { residual: found.residual ?? 0 }
  return {
    label: found.label,
    owner: tree.owner,
    unit: found.unit ?? 'count',
    reckoning: {
      value: found.value,
      exact: found.exact,
      ...(found.null_reason === null ? {} : { null_reason: found.null_reason }),
      flags: [...new Set(found.flags)],
      beside,
    },
    pieces: found.pieces,
  }
}

/** Units whose values may be added over parts of the company: money, and what is counted. */
const ADDS = ['money', 'count', 'minutes', 'hours', 'days']

interface Known {
  readonly name: string
  readonly unit: Unit
  readonly rollUp: RollUp
  readonly composed: boolean
}

/** Throws `bad_north_star` where metrics of a tree cannot stand in it. `read` throws for one that is not in the catalog. */
export function checkTree(tree: Tree, read: (metric: string) => Known): void {
  for (const id of metricsOf(tree))
    if (read(id).composed) throw badTree(`${read(id).name} is itself put together from others.`, 'Name the metrics it is made of.')
  const unitOf = (node: TreeNode): string =>
    'kind' in node ? (node.kind === 'index' ? 'score' : unitOf(node.children[0]?.node ?? { metric: '' })) : read(node.metric).unit
  for (const node of nodesOf(tree.root)) {
    if (!('kind' in node) || node.kind !== 'additive') continue
    const units = [...new Set([...node.children.map((child) => unitOf(child.node)), ...(node.metric === undefined ? [] : [read(node.metric).unit])])]
    if (units.length > 1) throw badTree(`"${node.name}" would add ${units.join(' and ')}.`, 'Add what has one unit, or make it an index of attainments.')
    if (!ADDS.includes(units[0] ?? ''))
      throw badTree(`"${node.name}" would add what does not add up: ${units.join('')}.`, 'Make it an index: each metric with a weight, a floor and a target.')
    const ratio = node.children
      .flatMap((child) => ('kind' in child.node ? [] : [read(child.node.metric)]))
      .find(({ rollUp }) => rollUp === 'ratio' || rollUp === 'dist')
    if (ratio !== undefined)
      throw badTree(`"${node.name}" would add ${ratio.name}, which is no sum.`, 'Make it an index: each metric with a weight, a floor and a target.')
  }
}

/** Sums that are not what their metric says, with what is left over. */
export function residualsOf(tree: Tree, read: (metric: string) => Operand): { name: string; residual: number }[] {
  return nodesOf(tree.root).flatMap((node) => {
    const residual = 'kind' in node && node.kind === 'additive' ? (sumOf(node, 0, read).residual ?? 0) : 0
    return 'kind' in node && Math.abs(residual) > RESIDUAL ? [{ name: node.name, residual }] : []
  })
}
