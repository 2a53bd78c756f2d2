import { refuse } from '../kernel/errors.ts'
import type { Day } from '../kernel/period.ts'
import { termsOf } from '../kernel/rule/rule.ts'
import type { Rule } from '../kernel/rule/rule.ts'
import type { Scale } from './normalise.ts'
import { checkScale } from './normalise.ts'
import type { MetricOperand, Operand } from './operand.ts'
import { ofTerm, operandKey } from './operand.ts'

/** What counts where an input is missing. It stays missing for coverage, confidence and green whatever is chosen. */
export type MissingPolicy = { readonly kind: 'leave_out' } | { readonly kind: 'worst' } | { readonly kind: 'last_known'; readonly max_age: number }

export interface InputNode {
  readonly kind: 'input'
  readonly id: string
  readonly name: string
  readonly reads: Operand
  /** Relative to its siblings. */
  readonly weight: number
  readonly scale: Scale
  /** Days after which its value is stale. */
  readonly max_age: number
  /** How many of what it rests on make it certain. */
  readonly need: number
  readonly missing: MissingPolicy
}

export interface GroupNode {
  readonly kind: 'group'
  readonly id: string
  readonly name: string
  readonly weight: number
  readonly children: readonly HealthNode[]
}

export type HealthNode = InputNode | GroupNode

export interface CapTerms {
  readonly at_most: number
  /** Days after its beginning at whose end it is over; null while its condition lasts. */
  readonly days: number | null
}

/** A cap of the team's own: in force while its rule holds, until the day on which somebody must want it anew. */
export interface OwnCap {
  readonly name: string
  readonly at_most: number
  readonly when: Rule
  /** Its last day. */
  readonly until: Day
}

/** A model of health is data: versioned, written as a file, turned into SQL. */
export interface HealthModel {
  readonly id: string
  /** From 1 on; 0 for one that is not saved. */
  readonly version: number
  readonly name: string
  /** The families: top groups, or inputs that are a family of their own. */
  readonly families: readonly HealthNode[]
  /** Share of the weight that must be present for a score. */
  readonly min_coverage: number
  readonly caps: Readonly<Record<string, CapTerms>>
  readonly own_caps: Readonly<Record<string, OwnCap>>
}

export const modelName = ({ id, version }: Pick<HealthModel, 'id' | 'version'>): string => `${id}@${version}`

export const inputsOf = (nodes: readonly HealthNode[]): InputNode[] => nodes.flatMap((node) => (node.kind === 'input' ? [node] : inputsOf(node.children)))

/** The metrics that a model reads, in inputs and in rules of caps, each once. */
export function metricsRead({ families, own_caps }: Pick<HealthModel, 'families' | 'own_caps'>): MetricOperand[] {
  const all = [...inputsOf(families).map(({ reads }) => reads), ...Object.values(own_caps).flatMap(({ when }) => termsOf(when).map(ofTerm))]
  return [...new Map(all.flatMap((operand) => (operand.kind === 'metric' ? [[operandKey(operand), operand] as const] : []))).values()]
}

const nodesOf = (nodes: readonly HealthNode[]): HealthNode[] => nodes.flatMap((node) => (node.kind === 'input' ? [node] : [node, ...nodesOf(node.children)]))

/** The most that a cap may allow, so that it is never green, and the longest it may last. */
export const CAP_BOUNDS = { at_most: 69, days: 400 } as const

const bad = (why: string, cure: string) => refuse('bad_health_model', why, cure)

/** Refuses what cannot be weighed. */
export function checkModel({ families, min_coverage, caps, own_caps }: Omit<HealthModel, 'version'>): void {
  const nodes = nodesOf(families)
  const twice = nodes.find(({ id }, i) => nodes.findIndex((node) => node.id === id) !== i)
  if (nodes.length === 0) throw bad('The model has no inputs.', 'Give it at least one.')
  if (twice !== undefined) throw bad(`Two parts of the model are called "${twice.id}".`, 'Give each an id of its own.')
  if (!(min_coverage >= 0 && min_coverage <= 1)) throw bad(`A coverage of ${min_coverage} is none.`, 'Give a share between 0 and 1.')
  for (const node of nodes) {
    if (!(node.weight > 0 && node.weight < Infinity)) throw bad(`The weight of "${node.id}" is not above 0.`, 'Give a weight, or take the part out.')
    if (node.kind === 'group') {
      if (node.children.length === 0) throw bad(`The group "${node.id}" is empty.`, 'Give it an input, or take it out.')
      continue
    }
    if (node.scale.percentiles?.taken_on !== null) checkScale(node.scale)
    if (!(node.max_age > 0 && node.need > 0)) throw bad(`"${node.id}" has no age or no need above 0.`, 'Give days, and how many are enough.')
  }
  for (const [id, { at_most, days }] of Object.entries(caps))
    if (!(at_most >= 0 && at_most <= CAP_BOUNDS.at_most) || (days !== null && !(days > 0 && days <= CAP_BOUNDS.days)))
      throw bad(`The cap "${id}" is out of bounds.`, `Allow at most ${CAP_BOUNDS.at_most} points, for at most ${CAP_BOUNDS.days} days.`)
  for (const [id, { at_most }] of Object.entries(own_caps)) {
    if (!(at_most >= 0 && at_most <= CAP_BOUNDS.at_most)) throw bad(`The cap "${id}" is out of bounds.`, `Allow at most ${CAP_BOUNDS.at_most} points.`)
    if (id in caps) throw bad(`Two caps are called "${id}".`, 'Give each an id of its own.')
  }
}
