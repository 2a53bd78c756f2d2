import type { BinnacleClient } from '../contract/contract.ts'
import type { MetricEntry } from '../contract/question.ts'
import { wantedFiles } from '../contract/wanted-files.ts'
import { usage } from './exit.ts'
import { printListing, printNote } from './output.ts'
import type { Format } from './output.ts'

export interface MetricsFlags {
  readonly level?: string
  readonly group?: string
  readonly nature?: string
  readonly needs?: string
  readonly pack?: string
  readonly format: Format
}

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim()

/** The one value that begins or is named so: "support" stands for "Support and response metrics". Throws what there is. */
function chosen(option: string, wanted: string, values: readonly string[]): string {
  const all = [...new Set(values)].sort()
  const found = all.find((value) => plain(value) === plain(wanted)) ?? all.find((value) => plain(value).includes(plain(wanted)))
  if (found === undefined) throw usage(`No metric has "${wanted}" for --${option}.`, `Choose one of ${all.join(', ')}.`)
  return found
}

/** The metrics that every flag lets through. */
export function filterMetrics(metrics: readonly MetricEntry[], flags: Omit<MetricsFlags, 'format'>): MetricEntry[] {
  const views: readonly [option: keyof Omit<MetricsFlags, 'format'>, of: (metric: MetricEntry) => readonly string[]][] = [
    ['level', ({ level }) => [level]],
    ['group', ({ group }) => [group]],
    ['nature', ({ nature }) => [nature]],
    ['needs', ({ lit_by }) => lit_by.flat().map(({ fact }) => fact)],
    ['pack', ({ packs }) => packs.map(({ business_type }) => business_type)],
  ]
  let found = [...metrics]
  for (const [option, of] of views) {
    const wanted = flags[option]
    if (wanted === undefined) continue
    const value = chosen(option, wanted, metrics.flatMap(of))
    found = found.filter((metric) => of(metric).includes(value))
  }
  return found
}

/** `metrics`: the catalog. What the business type of the workspace looks at stands first in a table; programs get the order of the catalog. */
export async function runMetrics(client: BinnacleClient, { format, ...flags }: MetricsFlags): Promise<void> {
  const [metrics, settings] = await Promise.all([client.listMetrics({}), client.listSettings({})])
  const type = settings.find(({ key }) => key === 'business_type')?.value ?? 'all'
  const isFirst = ({ packs }: MetricEntry): boolean => packs.some(({ business_type }) => business_type === type)
  const found = filterMetrics(metrics, flags)
  const first = found.filter(isFirst)
  const items = format === 'table' ? [...first, ...found.filter((metric) => !isFirst(metric))] : found
  if (format === 'table' && first.length > 0) printNote(`The first ${first.length} are those for ${type} (setting business_type).`)
  printListing(format, {
    items,
    none: 'No metric is all of that.',
    columns: [
      { title: 'id', whole: true, cell: (item) => item.id },
      { title: 'name', cell: (item) => item.name },
      { title: 'unit', cell: (item) => item.unit },
      { title: 'level', cell: (item) => item.level },
      { title: 'group', cell: (item) => item.group },
      { title: 'nature', cell: (item) => item.nature },
      { title: 'to light it up', cell: (item) => wantedFiles(item.missing) },
      { title: 'meaning', cell: (item) => item.says },
    ],
  })
}
