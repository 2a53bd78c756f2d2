import type { FactStore } from '../src/facts/store.ts'
import { defaultSettings } from '../src/kernel/settings.ts'
import type { Settings } from '../src/kernel/settings.ts'
import { sql } from '../src/kernel/sql.ts'
import { WHOLE_COMPANY } from '../src/metrics/kit/asker.ts'
import type { Book } from '../src/metrics/kit/book.ts'
import { catalogueOf } from '../src/metrics/kit/catalogue.ts'
import { defineMetric } from '../src/metrics/kit/metric.ts'
import type { Measure, MetricDefinition } from '../src/metrics/kit/metric.ts'
import { defineRowSet } from '../src/metrics/kit/row-set.ts'
import type { RowSet } from '../src/metrics/kit/row-set.ts'
import { total } from '../src/metrics/kit/value.ts'

/** A row set that says only what a test gives it. */
export const plantedRows = (given: Partial<RowSet> = {}): RowSet =>
  defineRowSet({ id: 'planted', says: 'One row per planted thing.', columns: {}, rows: () => sql`SELECT 1`, ...given })

/** A metric that adds up a row set. */
export const plantedMetric = (
  given: { readonly id?: string; readonly of?: RowSet; readonly measures?: Record<string, Measure> } & Partial<Omit<MetricDefinition, 'measures'>> = {},
) => {
  const { of = plantedRows(), measures, ...more } = given
  return defineMetric({
    id: 'planted',
    name: 'Planted',
    says: 'A planted number.',
    level: 'financial',
    kind: 'flow',
    grain: 'account',
    unit: 'count',
    better: 'up',
    rollUp: 'add',
    dimensions: 'account',
    formula: '{things}',
    nullWhen: 'Never.',
    value: total('things'),
    ...more,
    measures: measures ?? { things: { of, each: '1', label: 'Things', kind: 'count' } },
  })
}

/** A book of these metrics that no store stands behind: what asks it more than rules fails. */
export const plantedBook = (metrics: readonly MetricDefinition[] = [], settings: Partial<Settings> = {}): Book => ({
  asker: WHOLE_COMPANY,
  store: {} as FactStore,
  settings: { ...defaultSettings, ...settings },
  catalogue: catalogueOf(metrics),
  knownUntil: '2024-06-16',
  coverage: { firstBill: null, since: null, lastMonth: null },
  restated: () => Promise.resolve(() => false),
  rateGaps: [],
  notes: [],
  ledger: () => sql`SELECT 1`,
})
