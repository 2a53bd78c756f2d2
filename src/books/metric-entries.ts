import { FACTS } from '../facts/facts.ts'
import { factsBelow } from '../ledgers/lineage.ts'
import { FINE_DIMENSIONS } from '../metrics/kit/row-set.ts'
import type { Book } from '../metrics/kit/book.ts'
import { partsWithRows } from '../metrics/kit/made.ts'
import type { Catalogue } from '../metrics/kit/catalogue.ts'
import { inWords, mentionsIn } from '../metrics/kit/mentions.ts'
import type { Mention } from '../metrics/kit/mentions.ts'
import { divides } from '../metrics/ask/dimensions.ts'
import { composedFormula, leavesOf, rollUpOf, settingsOf, unitOf } from '../metrics/catalogue/leaves.ts'
import { groupOf } from '../metrics/catalogue/groups.ts'
import type { MetricGroup } from '../kernel/words/metrics.ts'
import { ledgersRead } from '../metrics/catalogue/ledgers-read.ts'
import { litBy } from '../metrics/catalogue/lit-by.ts'
import type { Alternatives } from '../metrics/catalogue/lit-by.ts'
import { measuresOfValue } from '../metrics/kit/metric.ts'
import type { MetricDefinition } from '../metrics/kit/metric.ts'
import { PACKS } from '../metrics/catalogue/packs.ts'

interface KindOfFact {
  readonly fact: string
  /** What a file of such facts holds: tickets, survey responses ... */
  readonly files: string
}

/** A definition as the catalogue shows it in one workspace. */
export interface MetricEntry extends Pick<MetricDefinition, 'id' | 'name' | 'says' | 'level' | 'kind' | 'nature' | 'grain' | 'unit' | 'better' | 'version'> {
  readonly formula: string
  readonly null_when: string
  readonly roll_up: MetricDefinition['rollUp']
  readonly dimensions: string[]
  readonly interval: string | null
  /** What made each version another than the one before, the newest first. */
  readonly revisions: { readonly version: string; readonly on: string; readonly says: string }[]
  readonly aliases: string[]
  readonly disagreements: { readonly anchor: string; readonly says: string }[]
  readonly options: { readonly name: string; readonly says: string; readonly fallback: string; readonly choices: string[] }[]
  /** Facts it is computed from. */
  readonly needs: string[]
  readonly group: MetricGroup
  /** Facts without which there is nothing to count; of each list one kind is needed. */
  readonly lit_by: KindOfFact[][]
  /** Of the lists of facts, those of which nothing has been imported yet. */
  readonly missing: KindOfFact[][]
  /** Which rows of the metric can be asked for: `all`, `numerator`, `denominator`, or the name of a measure. */
  readonly parts: string[]
  /** Whether its cohorts can be set against their age. */
  readonly cohorts: boolean
  readonly packs: { readonly business_type: string; readonly name: string; readonly reason: string }[]
  readonly settings: string[]
  /** Metrics that its words name. */
  readonly mentions: Mention[]
}

const FILES = new Map(FACTS.map(({ id, plural }) => [id, plural]))
const EVERY_FACT: ReadonlySet<string> = new Set(FILES.keys())

/** What a metric means in a book. */
type Definitions = Pick<Book, 'catalogue' | 'settings'>

/** Ids of the facts that a metric is computed from. */
export const factsOf = (metric: MetricDefinition, { catalogue, settings }: Definitions): string[] => {
  const ledgers = leavesOf(metric, catalogue).flatMap((leaf) => [...ledgersRead(leaf, settings).values()].flatMap((read) => [...read]))
  return [...new Set(ledgers.flatMap((ledger) => [...factsBelow(ledger)]))].sort()
}

const withFiles = (kinds: readonly Alternatives[]): MetricEntry['lit_by'] =>
  kinds.map((facts) => facts.map((fact) => ({ fact, files: FILES.get(fact) ?? fact })))

/** The formula with the label of each number in its place. */
export const formulaInWords = (metric: MetricDefinition): string =>
  metric.formula.replace(/\{(\w+)\}/g, (_, name: string) => metric.measures[name]?.label ?? metric.besides[name] ?? name.replaceAll('_', ' '))

type Has = (metric: MetricDefinition, dimension: string) => boolean

const everything: Has = () => true

/** Dimensions by which a metric can be divided: of the first, of the rows' own, and of the last; without those of which nothing `has` a value. */
export function dimensionsOf(
  metric: MetricDefinition,
  catalogue: Catalogue,
  { first, last = [], has = everything }: { first: readonly string[]; last?: readonly string[]; has?: Has | undefined },
): string[] {
  const leaves = leavesOf(metric, catalogue)
  const sets = leaves.flatMap((leaf) => measuresOfValue(leaf).map((measure) => measure.of))
  const all = [...new Set([...first, ...sets.flatMap((rows) => Object.keys(rows.own)), ...last])]
  return all.filter((dimension) => leaves.every((leaf) => divides(leaf, dimension) && has(leaf, dimension)))
}

const INTERVALS = {
  wilson: 'Wilson score interval of the rate behind these cases, which are themselves counted in full',
  bootstrap: 'bootstrap over accounts, of 20 or more; above 400 the linearised ratio',
} as const

/** Facts and dimensions that a workspace holds, which an entry tells of; where they are not given, all that the product knows. */
interface Holding {
  /** The dimensions that accounts have. */
  readonly known: readonly string[]
  /** Kinds of facts that are there. */
  readonly held?: ReadonlySet<string>
  /** Whether anything has a value of a dimension. */
  readonly has?: Has
}

/** What of a definition is told in whole sentences, with the names of the metrics and settings that they name. */
function told(metric: MetricDefinition, catalogue: Catalogue) {
  const { says, nullWhen, disagreements, revisions } = metric
  const words = (text: string): string => inWords(text, catalogue)
  return {
    says: words(says),
    null_when: words(nullWhen),
    revisions: revisions.map((revision, i) => ({ version: String(i + 2), on: revision.on, says: words(revision.says) })).toReversed(),
    disagreements: disagreements.map((other) => ({ anchor: other.anchor, says: words(other.says) })),
    mentions: mentionsIn([says, nullWhen, ...[...revisions, ...disagreements].map((other) => other.says)], catalogue),
  }
}

export const toMetricEntry = (metric: MetricDefinition, book: Definitions, { known, held = EVERY_FACT, has }: Holding): MetricEntry => ({
  id: metric.id,
  name: metric.name,
  level: metric.level,
  kind: metric.kind,
  nature: metric.nature,
  grain: metric.grain,
  unit: unitOf(metric, book.catalogue),
  better: metric.better,
  formula: composedFormula(metric, book.catalogue) ?? formulaInWords(metric),
  ...told(metric, book.catalogue),
  roll_up: rollUpOf(metric, book.catalogue),
  dimensions: dimensionsOf(metric, book.catalogue, { first: [...known, ...FINE_DIMENSIONS], has }),
  interval: metric.interval === null ? metric.ownInterval : INTERVALS[metric.interval],
  version: metric.version,
  aliases: [...metric.aliases],
  options: Object.entries(metric.options).map(([name, option]) => ({
    name,
    says: option.says,
    fallback: option.setting ?? option.fallback,
    choices: [...(option.choices ?? [])],
  })),
  needs: factsOf(metric, book),
  group: groupOf(metric, book.catalogue),
  lit_by: withFiles(litBy(metric, book.catalogue)),
  missing: withFiles(litBy(metric, book.catalogue).filter((facts) => !facts.some((fact) => held.has(fact)))),
  parts: partsWithRows(metric),
  cohorts: metric.cohorts !== null,
  packs: PACKS.filter(({ metrics }) => metrics[metric.id] !== undefined).map(({ id, name, metrics }) => ({
    business_type: id,
    name,
    reason: metrics[metric.id] ?? '',
  })),
  settings: [...(metric.composed === null ? [] : [metric.composed.written.key]), ...settingsOf(metric, book.catalogue)],
})
