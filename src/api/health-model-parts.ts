import type { HealthModelDraft, HealthPart } from '../contract/health-models.ts'
import { writtenOf } from '../health/files/print-model.ts'
import type { WrittenInput, WrittenModel, WrittenNode } from '../health/files/print-model.ts'
import type { HealthModel } from '../health/model.ts'
import type { RuleMetric } from '../kernel/rule/rule.ts'

type Named = readonly (readonly [id: string, node: WrittenNode])[]

const inputOf = ({ reads, options, over, scale, max_age, need, missing }: WrittenInput): HealthPart['input'] => ({
  reads,
  options: { ...options },
  over,
  scale: scale.percentiles !== undefined ? 'percentiles' : scale.kind === 'line' ? 'anchors' : 'bands',
  points: scale.points.map(([value, score]) => [value, score]),
  better: scale.percentiles?.better ?? 'up',
  of: [...(scale.percentiles?.of ?? [])],
  taken_on: scale.percentiles?.taken_on ?? null,
  max_age,
  need,
  missing,
})

const partsOf = (nodes: Named, parent: string | null = null): HealthPart[] =>
  nodes.flatMap(([id, node]) => {
    const { name, weight } = node
    const part = { id, parent, name, weight, input: node.kind === 'input' ? inputOf(node) : null }
    return node.kind === 'input' ? [part] : [part, ...partsOf(node.children, id)]
  })

/** A model as an editor takes it apart. */
export function toParts(model: HealthModel, metrics: readonly RuleMetric[]): HealthModelDraft {
  const { id, name, min_coverage, families, caps, own_caps } = writtenOf(model, metrics)
  return {
    id,
    name,
    min_coverage,
    parts: partsOf(families),
    caps: caps.map(([cap, terms]) => ({ id: cap, ...terms })),
    own_caps: own_caps.map(([cap, terms]) => ({ id: cap, ...terms })),
  }
}

function nodeOf({ name, weight }: HealthPart, input: NonNullable<HealthPart['input']>): WrittenInput {
  const { reads, options, over, scale, points, better, of, taken_on, max_age, need, missing } = input
  const percentiles = scale === 'percentiles' ? { percentiles: { better, of, taken_on } } : {}
  return {
    kind: 'input',
    name,
    weight,
    reads,
    options,
    over,
    scale: { kind: scale === 'bands' ? 'steps' : 'line', points, ...percentiles },
    max_age,
    need,
    missing,
  }
}

const nodesOf = (parts: readonly HealthPart[], parent: string | null): Named =>
  parts
    .filter((part) => part.parent === parent)
    .map((part) => {
      const { id, name, weight, input } = part
      return [id, input === null ? { kind: 'group', name, weight, children: nodesOf(parts, id) } : nodeOf(part, input)] as const
    })

/** What an editor put together, to be written and read like any other text: it is checked in one place. */
export const fromParts = ({ parts, caps, own_caps, ...rest }: HealthModelDraft): WrittenModel => ({
  ...rest,
  families: nodesOf(parts, null),
  caps: caps.map(({ id, ...terms }) => [id, terms]),
  own_caps: own_caps.map(({ id, ...terms }) => [id, terms]),
})
