import type { Direction, Kind, Level, Nature, RollUp } from '../../kernel/words/metrics.ts'
import type { Unit } from '../../kernel/words/units.ts'
import type { Day, Period } from '../../kernel/period.ts'
import { SETTINGS, SETTING_KEYS } from '../../kernel/settings.ts'
import type { SettingKey, Settings } from '../../kernel/settings.ts'
import { commonRevisions } from './common-revisions.ts'
import type { Composition } from './composition.ts'
import type { Example } from './example.ts'
import type { Options } from './option.ts'
import { MOMENTS } from './moment.ts'
import type { Moment } from './moment.ts'
import type { Frame, RowSet } from './row-set.ts'
import { ratiosOf } from './value.ts'
import type { Parts, Value } from './value.ts'
import { bare } from '../../kernel/bare.ts'
import type { Sql } from '../../kernel/sql.ts'

/**
 * The kit for metrics. A metric is a few named *measures*, each a sum over the rows of a row set, and a value made of
 * them. Sums are added before they are divided, so a breakdown and its total can never disagree about the method.
 */
export interface Measure {
  readonly of: RowSet
  /** SQL over the columns of a row: what the row adds. */
  readonly each: string
  /** SQL condition: which rows count. Default: all. */
  readonly when?: string
  readonly label: string
  /** SQL condition: money of the row could not be converted. Default: what the row set says; counts need no rate. */
  readonly unrated?: string
  /** Periods it is summed over, when they are not the period asked for: the six months before, the year before ... */
  readonly over?: (period: Period, settings: Settings) => readonly Period[]
  /** Decimal text is kept exact; counts are whole. A tally counts how often each value of `each` occurs instead of adding. */
  readonly kind?: 'money' | 'count' | 'number' | 'tally'
  /** Summed over the whole company, whatever the breakdown and the filters: what a part of it is held against. */
  readonly companyWide?: boolean
  /** For a tally: its values are codes, not amounts. */
  readonly coded?: boolean
  /** Dimensions that split only the other measures: this one is the same whole beside each of their values. */
  readonly undividedBy?: readonly string[]
  /** When attributes of its accounts are taken. Default: by the kind of the metric. */
  readonly moment?: Moment
  /** Only the interval needs it: summed where one is asked for and its rows know the dimensions of the question; makes no groups. */
  readonly forInterval?: boolean
  /** For a tally, SQL condition: the value was reached. Otherwise it was only observed so far. Default: always. */
  readonly reached?: string
}

/** A measure of a metric, which says when attributes are taken. */
export type PlacedMeasure = Measure & Required<Pick<Measure, 'moment'>>

export interface Disagreement {
  readonly anchor: string
  readonly says: string
  /** What the other tool would print, from measures of this metric. */
  readonly value?: (parts: Parts) => number | null
}

/** A change of a definition: what it counts since is another metric of the same name. */
export interface Revision {
  readonly on: Day
  /** What it counts otherwise, and why. */
  readonly says: string
}

/** How those who began together are followed by their age: who is still there, who has got there by then, or the metric itself with so many days. */
export type Followed =
  /** Months. `rows` are those of `of` at several ages, in the columns age, amount, base, stays, reached and unrated. */
  | { readonly by: 'months'; readonly of: RowSet; readonly rows: (frame: Frame, ages: readonly number[]) => Sql }
  /** Days, from a tally of days that says which were reached. */
  | { readonly by: 'times'; readonly measure: string }
  /** Days, given as an option. */
  | { readonly by: 'horizon'; readonly option: string }

export interface MetricDefinition {
  readonly id: string
  readonly name: string
  /** Plain meaning, one sentence. Like all words of a definition it names other metrics and settings by {id} (`mentions.ts`). */
  readonly says: string
  readonly level: Level
  readonly kind: Kind
  readonly nature: Nature
  readonly grain: string
  readonly unit: Unit
  readonly better: Direction
  /** With {name} for measures, numbers beside the value, and settings: shown in words and with its numbers. */
  readonly formula: string
  readonly nullWhen: string
  readonly rollUp: RollUp
  /** `account`: attributes and owner. `subscription`: those and product, plan, currency. `csm`: owner and team. `none`. */
  readonly dimensions: 'account' | 'subscription' | 'csm' | 'none'
  readonly measures: Readonly<Record<string, PlacedMeasure>>
  readonly value: Value
  /** How it is made of other metrics, where it has no rows of its own. */
  readonly composed: Composition | null
  /** Where those who began in a period can be set against their age. */
  readonly cohorts: Followed | null
  /** The measure that says how many things were counted. */
  readonly n: string | null
  /** Drawn from the ratio that the value is; null where there is none or `value` computes its own. */
  readonly interval: 'wilson' | 'bootstrap' | null
  /** How the interval that `value` computes is made, for the reference: "Kaplan-Meier", "t" ... */
  readonly ownInterval: string | null
  /** What its interval is called beside the value. */
  readonly intervalName: string
  /** What stands beside the value, by name: its label. */
  readonly besides: Readonly<Record<string, string>>
  /** A share that can lie only between 0 and 1; its interval is cut to that. */
  readonly shareOfWhole: boolean
  /** Since the definition was first published, oldest first. Each makes a new version. */
  readonly revisions: readonly Revision[]
  readonly version: string
  readonly aliases: readonly string[]
  readonly disagreements: readonly Disagreement[]
  /** What a question may choose: those of its rows that it lets choose, and its own. */
  readonly options: Options
  /** Settings that move it. */
  readonly settings: readonly SettingKey[]
  readonly examples: readonly Example[]
}

const optional = {
  nature: 'quantitative',
  composed: null,
  cohorts: null,
  n: null,
  interval: null,
  ownInterval: null,
  intervalName: '95 % interval',
  besides: {},
  shareOfWhole: false,
  revisions: [],
  aliases: [],
  disagreements: [],
  options: {},
  settings: [],
  examples: [],
} as const

type Optional = keyof typeof optional

type Definition = Omit<MetricDefinition, Optional | 'version' | 'measures'> &
  Partial<Pick<MetricDefinition, Optional>> & { readonly measures: Readonly<Record<string, Measure>> }

export const defineMetric = (definition: Definition): MetricDefinition => {
  const placed = Object.entries(definition.measures).map(([name, measure]): [string, PlacedMeasure] => [name, { moment: MOMENTS[definition.kind], ...measure }])
  const common = commonRevisions(
    definition.settings ?? [],
    placed.some(([, { moment }]) => moment === 'close'),
  )
  const revisions = [...(definition.revisions ?? []), ...common].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
  const metric: MetricDefinition = {
    ...optional,
    ...definition,
    measures: bare(Object.fromEntries(placed)),
    options: bare(definition.options ?? {}),
    revisions,
    version: String(1 + revisions.length),
  }
  const named = [...namedBy(metric.value), metric.n, ...(metric.cohorts?.by === 'times' ? [metric.cohorts.measure] : [])]
  for (const name of named) if (name !== null && metric.measures[name] === undefined) throw new Error(`metric ${metric.id}: no measure ${name}`)
  for (const [, name = ''] of metric.formula.matchAll(/\{(\w+)\}/g))
    if (metric.measures[name] === undefined && metric.besides[name] === undefined && !(metric.settings as readonly string[]).includes(name))
      throw new Error(`metric ${metric.id}: nothing is called ${name}`)
  if (metric.cohorts?.by === 'horizon' && metric.options[metric.cohorts.option] === undefined)
    throw new Error(`metric ${metric.id}: no option ${metric.cohorts.option}`)
  return metric
}

/** Every measure that a value names. */
const namedBy = (value: Value): (string | null)[] =>
  (value.kind === 'chosen' ? Object.values(value.forms) : [value]).flatMap((form) => [
    form.over,
    form.under,
    ...ratiosOf(form, {}).flatMap(({ over, under }) => [over, under]),
    ...form.absences.flatMap((absence) => ('when' in absence ? absence.when.map(([measure]) => measure) : [])),
  ])

/** The measures that the value itself needs: they decide by what it can be split, and which groups it has. */
export const measuresOfValue = ({ measures }: Pick<MetricDefinition, 'measures'>): PlacedMeasure[] =>
  Object.values(measures).filter(({ forInterval }) => forInterval !== true)

const settingsMoving = (what: 'mrr' | 'revenue'): readonly SettingKey[] => SETTING_KEYS.filter((key) => SETTINGS[key].moves?.includes(what) === true)

/** Settings that move every number made of MRR. */
export const MRR_SETTINGS = settingsMoving('mrr')
/** ... and every number made of revenue. */
export const REVENUE_SETTINGS = settingsMoving('revenue')
