import type { MetricEntry } from '../contract/question.ts'
import { defaultSettings } from '../kernel/settings.ts'
import { sql } from '../kernel/sql.ts'
import { factsBelow } from '../ledgers/lineage.ts'
import { SLICES } from '../metrics/row-set.ts'
import { carries } from '../metrics/dimensions.ts'
import type { MetricDefinition } from '../metrics/metric.ts'

/** Ids of the facts that a metric is computed from. */
export function factsOf(metric: MetricDefinition): string[] {
  const found = new Set<string>()
  const settings = defaultSettings
  const options = Object.fromEntries(
    Object.entries(metric.options).map(([name, option]) => [name, option.setting === undefined ? option.fallback : settings[option.setting]]),
  )
  const period = { from: '2024-01-01', until: '2024-02-01' }
  for (const rows of new Set(Object.values(metric.measures).map((measure) => measure.of)))
    rows.rows({
      periods: [period],
      settings,
      options,
      asOf: period.until,
      firstBill: period.from,
      lastMonth: null,
      slices: [],
      dimensions: [],
      kept: [],
      ledger: (ledger) => {
        for (const fact of factsBelow(ledger)) found.add(fact)
        return sql`SELECT 1`
      },
    })
  return [...found].sort()
}

/** The formula with the label of each measure in its place. */
export const formulaInWords = (metric: MetricDefinition): string =>
  metric.formula.replace(/\{(\w+)\}/g, (_, name: string) => metric.measures[name]?.label ?? name)

/** Which of the dimensions all rows of a metric can be told apart by. */
function dimensionsOf(metric: MetricDefinition, known: readonly string[]): string[] {
  const sets = Object.values(metric.measures).map((measure) => measure.of)
  const all = [...new Set([...known, ...SLICES, ...sets.flatMap((rows) => Object.keys(rows.own))])]
  return all.filter((dimension) => sets.every((rows) => carries(rows, dimension)))
}

/** A definition as the catalog shows it. `known`: the dimensions that accounts have in this workspace. */
export const toMetricEntry = (metric: MetricDefinition, known: readonly string[]): MetricEntry => ({
  id: metric.id,
  name: metric.name,
  says: metric.says,
  level: metric.level,
  kind: metric.kind,
  nature: metric.nature,
  grain: metric.grain,
  unit: metric.unit,
  better: metric.better,
  formula: formulaInWords(metric),
  null_when: metric.nullWhen,
  roll_up: metric.rollUp,
  dimensions: dimensionsOf(metric, known),
  interval: metric.interval ?? metric.ownInterval,
  version: metric.version,
  aliases: [...metric.aliases],
  disagreements: metric.disagreements.map(({ anchor, says }) => ({ anchor, says })),
  options: Object.entries(metric.options).map(([name, option]) => ({ name, says: option.says, fallback: option.setting ?? option.fallback })),
  needs: factsOf(metric),
  settings: [...metric.settings],
})
