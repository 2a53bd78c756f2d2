import type { AnyOf } from '../../facts/fact.ts'
import { factById } from '../../facts/facts.ts'
import type { LedgerDefinition } from '../../ledgers/ledger.ts'
import { factsGivingRows } from '../../ledgers/lineage.ts'
import { leavesOf } from './leaves.ts'
import { ledgersRead } from './ledgers-read.ts'
import type { Catalogue } from '../kit/catalogue.ts'
import { measuresOfValue } from '../kit/metric.ts'
import type { MetricDefinition } from '../kit/metric.ts'
import type { RowSet } from '../kit/row-set.ts'

/** Kinds of facts of which one is enough; of several such lists each must be met. */
export type Alternatives = readonly string[]

const idsOf = (needs: readonly AnyOf[]): Alternatives[] => needs.map((facts) => facts.map(({ id }) => id))

function ofLedger(ledger: LedgerDefinition): readonly Alternatives[] {
  const giving = factsGivingRows(ledger)
  // What else can add to the rows of a fact is of no use without that fact.
  if (giving.has(ledger.id)) return [[ledger.id]]
  return ledger.needs === undefined ? [[...giving].filter((id) => factById(id)?.isModifier !== true).sort()] : idsOf(ledger.needs)
}

function ofRows(metric: MetricDefinition, rows: RowSet, ledgers: ReadonlySet<LedgerDefinition>): readonly Alternatives[] {
  const said = Object.values(metric.measures)
    .filter((measure) => measure.of === rows)
    .map((measure) => `${measure.each} ${measure.when ?? ''}`)
    .join(' ')
  const read = [...ledgers].filter((ledger) => ledger.isLookup !== true && !rows.consults.includes(ledger))
  const named = Object.entries(rows.columns).filter(([column]) => new RegExp(`\\b${column}\\b`).test(said))
  return [...read.flatMap(ofLedger), ...idsOf(rows.needs), ...named.flatMap(([, { needs = [] }]) => idsOf(needs))]
}

const known = new WeakMap<MetricDefinition, readonly Alternatives[]>()

/** Found once: a definition reads the same ledgers whatever is asked of it. */
function ofLeaf(metric: MetricDefinition): readonly Alternatives[] {
  const isNeeded = (rows: RowSet): boolean => measuresOfValue(metric).some((measure) => measure.of === rows)
  const found = known.get(metric) ?? [...ledgersRead(metric)].filter(([rows]) => isNeeded(rows)).flatMap(([rows, ledgers]) => ofRows(metric, rows, ledgers))
  known.set(metric, found)
  return found
}

/** Without what facts a metric has nothing to count: of each list one kind is needed. */
export function litBy(metric: MetricDefinition, catalogue: Catalogue): readonly Alternatives[] {
  const all = leavesOf(metric, catalogue).flatMap(ofLeaf)
  const distinct = [...new Map(all.map((facts) => [facts.join(' '), facts])).values()]
  // "A ticket" asks for more than "a ticket or a call".
  return distinct.filter((facts) => !distinct.some((other) => other !== facts && other.length < facts.length && other.every((fact) => facts.includes(fact))))
}
