import { isDeepStrictEqual } from 'node:util'
import type { RuleMetric } from '../kernel/rule/rule.ts'
import { writeRule } from '../kernel/rule/write-rule.ts'
import { missingText } from './files/print-model.ts'
import type { HealthModel, HealthNode, InputNode } from './model.ts'
import type { Scale } from './normalise.ts'
import { operandKey } from './operand.ts'
import { shareText, sharesOf } from './shares.ts'

type Compared = Omit<HealthModel, 'version'>

interface Placed {
  readonly node: HealthNode
  readonly parent: string
}

function placed(nodes: readonly HealthNode[], parent = ''): Map<string, Placed> {
  const found = new Map<string, Placed>()
  for (const node of nodes) {
    found.set(node.id, { node, parent })
    if (node.kind === 'group') for (const [id, below] of placed(node.children, node.id)) found.set(id, below)
  }
  return found
}

const pointsText = ({ points, kind, percentiles }: Scale): string => {
  const list = points.map(([value, score]) => `${value}: ${score}`).join(', ')
  return percentiles === undefined
    ? `${kind === 'line' ? 'anchors' : 'bands'} ${list}`
    : `percentiles of ${percentiles.taken_on ?? 'the day of saving'} ${list}`
}

const changed = (what: string, before: string, after: string): string[] => (before === after ? [] : [`${what}: ${before} → ${after}`])

function inputChanges(name: string, a: InputNode, b: InputNode): string[] {
  return [
    ...changed(`${name} reads`, operandKey(a.reads), operandKey(b.reads)),
    ...changed(name, pointsText(a.scale), pointsText(b.scale)),
    ...changed(`${name}, oldest`, `${a.max_age} days`, `${b.max_age} days`),
    ...changed(`${name}, enough`, String(a.need), String(b.need)),
    ...changed(`${name} where missing`, missingText(a.missing), missingText(b.missing)),
  ]
}

function nodeChanges(before: Compared, after: Compared): string[] {
  const [a, b] = [placed(before.families), placed(after.families)]
  const [sharesBefore, sharesAfter] = [sharesOf(before.families), sharesOf(after.families)]
  const share = (shares: ReadonlyMap<string, number>, id: string): string => shareText(shares.get(id) ?? 0)
  const gone = [...a].filter(([id]) => !b.has(id)).map(([id, { node }]) => `${node.name} taken out (was ${share(sharesBefore, id)})`)
  const rest = [...b].flatMap(([id, { node, parent }]) => {
    const was = a.get(id)
    if (was === undefined) return [`${node.name} added (${share(sharesAfter, id)})`]
    return [
      ...changed('Name', was.node.name, node.name),
      ...changed(`${node.name} lies in`, was.parent || 'the model', parent || 'the model'),
      ...changed(`${node.name}, share`, share(sharesBefore, id), share(sharesAfter, id)),
      ...(was.node.kind === 'input' && node.kind === 'input' ? inputChanges(node.name, was.node, node) : changed(node.name, was.node.kind, node.kind)),
    ]
  })
  return [...gone, ...rest]
}

function capChanges(before: Compared, after: Compared, metrics: readonly RuleMetric[]): string[] {
  const said = (model: Compared): Map<string, string> =>
    new Map([
      ...Object.entries(model.caps).map(([id, { at_most, days }]) => [id, `at most ${at_most}${days === null ? '' : ` for ${days} days`}`] as const),
      ...Object.entries(model.own_caps).map(
        ([id, { at_most, when, until }]) => [id, `at most ${at_most} while ${writeRule(when, metrics)}, until ${until}`] as const,
      ),
    ])
  const [a, b] = [said(before), said(after)]
  return [...new Set([...a.keys(), ...b.keys()])].flatMap((id) => changed(`Cap ${id}`, a.get(id) ?? 'none', b.get(id) ?? 'none'))
}

/** What a model does otherwise than another, in words, one sentence each. Empty where they score the same and are called the same. */
export function modelChanges(before: Compared, after: Compared, metrics: readonly RuleMetric[]): string[] {
  const found = [
    ...changed('Name of the model', before.name, after.name),
    ...changed('Least coverage', shareText(before.min_coverage), shareText(after.min_coverage)),
    ...nodeChanges(before, after),
    ...capChanges(before, after, metrics),
  ]
  const plain = ({ name, min_coverage, families, caps, own_caps }: Compared): unknown => ({ name, min_coverage, families, caps, own_caps })
  return found.length > 0 || isDeepStrictEqual(plain(before), plain(after)) ? found : ['Parts stand in another order, or weights are written otherwise']
}
