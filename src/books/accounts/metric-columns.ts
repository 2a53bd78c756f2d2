import type { Day, Period } from '../../kernel/period.ts'
import { NULL_REASON_IDS, NULL_REASONS } from '../../kernel/words/reasons.ts'
import { readAccountValues, usualPeriodOf } from '../../metrics/ask/account-values.ts'
import { divides } from '../../metrics/ask/dimensions.ts'
import { unitOf } from '../../metrics/catalogue/leaves.ts'
import type { Book } from '../../metrics/kit/book.ts'
import type { Catalogue } from '../../metrics/kit/catalogue.ts'
import type { MetricDefinition } from '../../metrics/kit/metric.ts'
import { MOMENTS } from '../../metrics/kit/moment.ts'
import type { Column, ColumnHead } from './column.ts'
import type { Frame } from './frame.ts'

/** A metric as a column, with the period in which it is counted. */
export interface MetricColumn {
  readonly head: ColumnHead
  readonly metric: string
  readonly options: Readonly<Record<string, string>>
  readonly period: Period
}

/** Whether an account has it. */
export const isOfAccounts = (catalogue: Catalogue, metric: MetricDefinition): boolean =>
  (metric.composed?.of ?? [metric.id]).every((id) => divides(catalogue.byId(id), 'account'))

export function metricHead(metric: MetricDefinition, { catalogue, settings }: Book, id = metric.id): ColumnHead {
  const unit = unitOf(metric, catalogue)
  const { name, says, better } = metric
  return { id, name, says, of: 'metric', kind: 'number', unit, currency: unit === 'money' ? settings.reporting_currency : null, better }
}

/** Whether it stands at the end of a period, however long that is; what is made of others does where all of them do. */
const standsAtEnd = ({ kind, composed }: MetricDefinition, catalogue: Catalogue): boolean =>
  composed === null ? MOMENTS[kind] === 'close' : composed.of.every((id) => standsAtEnd(catalogue.byId(id), catalogue))

/** What stands on a day is taken on the day of the list, whatever its period; what happens between two days in the period. */
export const periodFor = (metric: MetricDefinition, catalogue: Catalogue, period: Period | undefined, day: Day): Period =>
  period === undefined || standsAtEnd(metric, catalogue) ? usualPeriodOf(day) : period

const WHY = NULL_REASON_IDS.map((id) => NULL_REASONS[id])

/** Metrics of all accounts of the frame; those that share rows are read together. In the order in which they are given. */
export async function readMetrics(book: Book, { accounts, day }: Frame, wanted: readonly MetricColumn[]): Promise<Column[]> {
  const { columns } = await readAccountValues(book, wanted, day, accounts)
  return wanted.map(({ head }, i): Column => {
    const column = columns[i]
    if (column === undefined) throw new Error(`no column of ${head.id}`)
    const size = accounts.length
    return { head, cells: { kind: 'number', values: column.values.slice(0, size), reasons: column.reasons.slice(0, size), why: WHY } }
  })
}
