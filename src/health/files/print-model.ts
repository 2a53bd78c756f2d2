import { Document, isMap, isScalar } from 'yaml'
import type { Pair } from 'yaml'
import type { RuleMetric } from '../../kernel/rule/rule.ts'
import { writeRule } from '../../kernel/rule/write-rule.ts'
import type { CapTerms, HealthModel, HealthNode, InputNode, MissingPolicy, OwnCap } from '../model.ts'
import type { ModelPlace } from '../models.ts'
import type { Scale } from '../normalise.ts'

/** An input as it is written: what it reads by names, the rest by words. */
export interface WrittenInput extends Pick<InputNode, 'kind' | 'name' | 'weight' | 'scale' | 'max_age' | 'need'> {
  readonly reads: string
  readonly options: Readonly<Record<string, string>>
  readonly over: string | null
  readonly missing: string
}

export type WrittenNode =
  | WrittenInput
  | { readonly kind: 'group'; readonly name: string; readonly weight: number; readonly children: readonly (readonly [id: string, node: WrittenNode])[] }

/** A model as it is written, whether or not it can be read. */
export interface WrittenModel extends Pick<HealthModel, 'id' | 'name' | 'min_coverage'> {
  readonly families: readonly (readonly [id: string, node: WrittenNode])[]
  readonly caps: readonly (readonly [id: string, terms: CapTerms])[]
  readonly own_caps: readonly (readonly [id: string, terms: Omit<OwnCap, 'when'> & { readonly when: string }])[]
}

export const missingText = (missing: MissingPolicy): string => (missing.kind === 'last_known' ? `last_known up to ${missing.max_age} days` : missing.kind)

const pointsOf = ({ points }: Scale): Map<number, number> => new Map(points)

function scaleParts(scale: Scale): [string, unknown][] {
  if (scale.percentiles === undefined) return [[scale.kind === 'line' ? 'anchors' : 'bands', pointsOf(scale)]]
  const { better, of, taken_on } = scale.percentiles
  const taken = taken_on === null ? {} : { taken_on, anchors: pointsOf(scale) }
  return [['percentiles', { better, ...(of.length === 0 ? {} : { of }), ...taken }]]
}

function inputParts({ name, weight, reads, options, over, scale, max_age, need, missing }: WrittenInput): Map<string, unknown> {
  const chosen: [string, unknown][] = Object.keys(options).length > 0 ? [['options', options]] : []
  if (over !== null) chosen.push(['over', over])
  return new Map<string, unknown>([
    ['name', name],
    ['weight', weight],
    ['reads', reads],
    ...chosen,
    ...scaleParts(scale),
    ['max_age', max_age],
    ['need', need],
    ['missing', missing],
  ])
}

const nodesParts = (nodes: readonly (readonly [string, WrittenNode])[]): Map<string, unknown> =>
  new Map(
    nodes.map(([id, node]) => [
      id,
      node.kind === 'input'
        ? inputParts(node)
        : new Map<string, unknown>([
            ['name', node.name],
            ['weight', node.weight],
            ['inputs', nodesParts(node.children)],
          ]),
    ]),
  )

const print = (value: unknown, lay: (document: Document) => void = () => undefined): string => {
  const document = new Document(value, { aliasDuplicateObjects: false })
  lay(document)
  return document.toString({ lineWidth: 0, flowCollectionPadding: false })
}

/** Short records stand on one line, parts of the model apart from each other. */
function layOut(document: Document): void {
  const caps = document.get('caps')
  for (const { value } of isMap(caps) ? caps.items : []) if (isMap(value)) value.flow = true
  const parts: Pair[] = isMap(document.contents) ? document.contents.items : []
  for (const { key } of parts) if (isScalar(key) && ['families', 'caps', 'own_caps'].includes(String(key.value))) key.spaceBefore = true
}

/** What was put together as a person edits it, without a look at whether it can be read. */
export function printWritten({ id, name, min_coverage, families, caps, own_caps }: WrittenModel): string {
  const ofProduct = caps.map(([cap, { at_most, days }]) => [cap, days === null ? { at_most } : { at_most, days }] as const)
  const own = own_caps.map(([cap, terms]) => [cap, { name: terms.name, when: terms.when, at_most: terms.at_most, until: terms.until }] as const)
  const parts = new Map<string, unknown>([
    ['model', id],
    ['name', name],
    ['min_coverage', min_coverage],
    ['families', nodesParts(families)],
    ['caps', new Map(ofProduct)],
    ['own_caps', new Map(own)],
  ])
  if (own.length === 0) parts.delete('own_caps')
  return print(parts, layOut)
}

const writtenNodes = (nodes: readonly HealthNode[]): [string, WrittenNode][] =>
  nodes.map((node) => {
    if (node.kind === 'group') return [node.id, { kind: 'group', name: node.name, weight: node.weight, children: writtenNodes(node.children) }]
    const { id, reads, missing, ...rest } = node
    const named = reads.kind === 'reading' ? { reads: reads.reading, options: {}, over: null } : { reads: reads.metric, options: reads.options, over: null }
    const over = reads.kind === 'metric' && reads.span !== null ? `${reads.span.n} ${reads.span.unit}` : null
    return [id, { ...rest, ...named, over, missing: missingText(missing) }]
  })

export const writtenOf = ({ families, caps, own_caps, ...model }: HealthModel, metrics: readonly RuleMetric[]): WrittenModel => ({
  ...model,
  families: writtenNodes(families),
  caps: Object.entries(caps),
  own_caps: Object.entries(own_caps).map(([id, terms]) => [id, { ...terms, when: writeRule(terms.when, metrics) }]),
})

/** A model as a person edits it. Reading it gives the same model again, for every model that can be saved. */
export const printModel = (model: HealthModel, metrics: readonly RuleMetric[]): string => printWritten(writtenOf(model, metrics))

/** The order of the models as a person edits it. */
export const printOrder = (order: readonly ModelPlace[]): string =>
  print({
    order: order.map(({ model, where, state }) => ({
      model,
      ...(state === 'shadow' ? { state } : {}),
      ...(Object.keys(where).length === 0
        ? {}
        : { where: new Map(Object.entries(where).map(([name, values]) => [name, values.length === 1 ? values[0] : [...values]])) }),
    })),
  })
