import { defaultSettings } from '../../kernel/settings.ts'
import type { Settings } from '../../kernel/settings.ts'
import type { LedgerDefinition } from '../../ledgers/ledger.ts'
import { factsGivingRows } from '../../ledgers/lineage.ts'
import { leavesOf } from './leaves.ts'
import { ledgersRead } from './ledgers-read.ts'
import { measuresOfValue } from '../kit/metric.ts'
import type { MetricDefinition } from '../kit/metric.ts'
import type { RowSet } from '../kit/row-set.ts'
import { bare } from '../../kernel/bare.ts'

/** Kinds of facts of which one is enough; of several such lists each must be met. */
export type Alternatives = readonly string[]

/** Facts that change rows of others and bring none of their own. */
const MODIFIERS = ['discount']

/** Ledgers that need more than one kind of fact before they say anything. */
const OF_LEDGERS: Readonly<Record<string, readonly Alternatives[]>> = bare({
  confirmed_outcome: [['outcome'], ['outcome_measurement']],
  outcome_value: [['outcome'], ['outcome_measurement']],
})

/** A metric has values without these: they tell rows apart, or set what is usual. */
const CONSULTED = ['account_dimension', 'survey']

interface Exception {
  /** Ledgers that the row set only consults. */
  readonly consults?: readonly string[]
  /** What it needs beside its other ledgers. */
  readonly also?: readonly Alternatives[]
  /** What a measure needs that names the column. */
  readonly columns?: Readonly<Record<string, readonly Alternatives[]>>
}

const REALIZED: readonly Alternatives[] = [['outcome'], ['outcome_measurement']]

/** Row sets that read ledgers which they can do without, or whose columns come from ledgers of their own. */
const EXCEPTIONS: Readonly<Record<string, Exception>> = bare({
  customers: {
    consults: ['conversation', 'reference_consent', 'request', 'referral', 'outcome', 'confirmed_outcome'],
    columns: {
      interviewed: [['conversation']],
      consents: [['reference_consent']],
      refers: [['referral']],
      has_outcomes: [['outcome']],
      proved: REALIZED,
    },
  },
  account_indexes: {
    consults: ['referral', 'advocacy_act', 'survey_answer', 'index_response', 'outcome_value'],
    columns: { ce: [['survey_response']], co: REALIZED, cs: [['survey_response'], ...REALIZED] },
  },
  promoters: { consults: ['advocacy_act', 'referral'], also: [['advocacy_act', 'referral']] },
  new_customers: { consults: ['referred_account'], also: [['referral', 'account_attribute']] },
  expansions: { consults: ['opportunity'] },
  first_buyers: { consults: ['mrr_movement', 'subscription_day'] },
  repeat_buyers: { consults: ['mrr_movement'] },
  purchase_histories: { consults: ['subscription_day'] },
  first_values: { consults: ['feature'] },
  feature_adoption: { consults: ['feature', 'feature_entitlement'], also: [['feature', 'feature_entitlement']] },
  feature_starts: { consults: ['feature', 'feature_entitlement'], also: [['feature', 'feature_entitlement']] },
  core_use: { consults: ['feature', 'feature_entitlement'] },
  expansions_by_owner: { consults: ['csm_target'] },
  renewals_by_owner: { consults: ['csm_target'] },
  csm_answers: { consults: ['csm_capacity'] },
  expansion_quotas: { consults: ['csm_target', 'csm_capacity'], also: [['quota']] },
  renewal_quotas: { consults: ['csm_target', 'csm_capacity'], also: [['quota']] },
  renewal_forecasts: { consults: ['csm_target', 'csm_capacity'], also: [['forecast']] },
})

function ofLedger(ledger: LedgerDefinition): readonly Alternatives[] {
  const giving = factsGivingRows(ledger)
  // What else can add to the rows of a fact is of no use without that fact.
  if (giving.has(ledger.id)) return [[ledger.id]]
  return OF_LEDGERS[ledger.id] ?? [[...giving].filter((fact) => !MODIFIERS.includes(fact)).sort()]
}

function ofRows(metric: MetricDefinition, rows: RowSet, ledgers: ReadonlySet<LedgerDefinition>): readonly Alternatives[] {
  const { consults = [], also = [], columns = {} } = EXCEPTIONS[rows.id] ?? {}
  const said = Object.values(metric.measures)
    .filter((measure) => measure.of === rows)
    .map((measure) => `${measure.each} ${measure.when ?? ''}`)
    .join(' ')
  const read = [...ledgers].filter(({ id, isLookup }) => isLookup !== true && !CONSULTED.includes(id) && !consults.includes(id))
  const named = Object.entries(columns).filter(([column]) => new RegExp(`\\b${column}\\b`).test(said))
  return [...read.flatMap(ofLedger), ...also, ...named.flatMap(([, facts]) => facts)]
}

const known = new Map<MetricDefinition, readonly Alternatives[]>()

/** Found once: a definition reads the same ledgers whatever is asked of it. */
function ofLeaf(metric: MetricDefinition): readonly Alternatives[] {
  const isNeeded = (rows: RowSet): boolean => measuresOfValue(metric).some((measure) => measure.of === rows)
  const found = known.get(metric) ?? [...ledgersRead(metric)].filter(([rows]) => isNeeded(rows)).flatMap(([rows, ledgers]) => ofRows(metric, rows, ledgers))
  known.set(metric, found)
  return found
}

/** Without what facts a metric has nothing to count: of each list one kind is needed. */
export function litBy(metric: MetricDefinition, settings: Settings = defaultSettings): readonly Alternatives[] {
  const all = leavesOf(metric, settings).flatMap(ofLeaf)
  const distinct = [...new Map(all.map((facts) => [facts.join(' '), facts])).values()]
  // "A ticket" asks for more than "a ticket or a call".
  return distinct.filter((facts) => !distinct.some((other) => other !== facts && other.length < facts.length && other.every((fact) => facts.includes(fact))))
}
