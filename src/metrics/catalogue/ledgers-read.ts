import { defaultSettings } from '../../kernel/settings.ts'
import type { Settings } from '../../kernel/settings.ts'
import { sql } from '../../kernel/sql.ts'
import type { LedgerDefinition } from '../../ledgers/ledger.ts'
import type { MetricDefinition } from '../kit/metric.ts'
import { settled } from '../kit/option.ts'
import type { RowSet } from '../kit/row-set.ts'

/** Ledgers that a row set reads, found by letting it build its query over a book that only listens. */
export function ledgersOf(rows: RowSet, settings: Settings = defaultSettings): ReadonlySet<LedgerDefinition> {
  const period = { from: '2024-01-01', until: '2024-02-01' }
  const found = new Set<LedgerDefinition>()
  rows.rows({
    periods: [period],
    settings,
    options: settled(rows.options, settings, {}),
    named: new Set(),
    asOf: period.until,
    firstBill: period.from,
    lastMonth: null,
    moment: 'opening',
    fine: [],
    dimensions: [],
    kept: [],
    ledger: (ledger) => {
      found.add(ledger)
      return sql`SELECT 1`
    },
    everyShard: (query) => sql`(${query})`,
  })
  return found
}

/** Ledgers that each row set of a metric reads. */
export const ledgersRead = (metric: MetricDefinition, settings: Settings = defaultSettings): Map<RowSet, ReadonlySet<LedgerDefinition>> =>
  new Map([...new Set(Object.values(metric.measures).map(({ of }) => of))].map((rows) => [rows, ledgersOf(rows, settings)]))
