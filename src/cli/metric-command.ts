import type { BinnacleClient } from '../contract/contract.ts'
import type { MetricEntry, Result } from '../contract/question.ts'
import { notFound } from '../kernel/errors.ts'
import { usage } from './exit.ts'
import { printExplanation } from './explanation.ts'
import { printListing, printNote, printOut } from './output.ts'
import type { Format } from './output.ts'
import { printRows } from './rows.ts'
import { formatNumber, formatResult, formatValue } from './values.ts'

export interface MetricFlags {
  readonly from: string
  readonly until: string
  readonly grain?: 'day' | 'week' | 'month' | 'quarter' | 'year'
  readonly by?: string[]
  readonly where?: string[]
  readonly asOf?: string
  readonly reportedOn?: string
  readonly compare?: 'previous' | 'year'
  readonly option?: string[]
  readonly interval?: boolean
  readonly explain?: boolean
  readonly rows?: boolean
  readonly format: Format
}

export async function runMetrics(client: BinnacleClient, format: Format): Promise<void> {
  printListing(format, {
    items: await client.listMetrics({}),
    none: 'There are no metrics.',
    columns: [
      { title: 'id', cell: (item) => item.id },
      { title: 'name', cell: (item) => item.name },
      { title: 'unit', cell: (item) => item.unit },
      { title: 'level', cell: (item) => item.level },
      { title: 'meaning', cell: (item) => item.says },
    ],
  })
}

const interval = ({ ci, unit, currency }: Result): string => (ci === null ? '' : ci.map((bound) => formatValue(bound, unit, currency)).join(' to '))

function change(result: Result): string {
  const { comparison } = result
  if (comparison === null) return ''
  if (comparison.change === null) return '–'
  const sign = comparison.change > 0 ? '+' : ''
  // The difference of two shares is counted in percentage points.
  return `${sign}${formatValue(comparison.change, result.unit, result.currency).replace(/ %$/, ' pp')}`
}

const before = ({ comparison, unit, currency }: Result): string =>
  comparison === null ? '' : comparison.value === null ? '–' : formatValue(comparison.value, unit, currency)

function printResults(format: Format, entry: MetricEntry | undefined, results: readonly Result[]): void {
  const dimensions = [...new Set(results.flatMap((result) => Object.keys(result.dims)))]
  // For programs a number is a number; for people it has its unit.
  const isCsv = format === 'csv'
  if (format === 'table' && entry !== undefined) printNote(`${entry.name}: ${entry.says}`)
  printListing(format, {
    items: results,
    none: 'There is no answer for that period.',
    columns: [
      ...(isCsv
        ? [
            { title: 'from', cell: (item: Result) => item.period.from },
            { title: 'until', cell: (item: Result) => item.period.until },
          ]
        : [{ title: 'period', cell: (item: Result) => item.period.label }]),
      ...dimensions.map((id) => ({ title: id, cell: (item: Result) => item.dims[id] ?? '' })),
      { title: 'value', align: 'right', cell: (item) => (isCsv ? (item.exact ?? item.value?.toString() ?? '') : formatResult(item)) },
      ...(isCsv
        ? [
            { title: 'currency', cell: (item: Result) => item.currency ?? '' },
            { title: 'null_reason', cell: (item: Result) => item.null_reason ?? '' },
          ]
        : []),
      { title: 'numerator', align: 'right', cell: (item) => (item.denominator === null ? '' : formatNumber(item.numerator)) },
      { title: 'denominator', align: 'right', cell: (item) => (item.denominator === null ? '' : formatNumber(item.denominator)) },
      { title: 'n', align: 'right', cell: (item) => item.n?.toString() ?? '' },
      { title: isCsv ? 'interval' : '95 % interval', cell: interval },
      { title: 'before', align: 'right', cell: before },
      { title: 'change', align: 'right', cell: change },
      { title: 'flags', cell: (item) => item.flags.join(' ') },
    ],
  })
}

/** The question of one result alone: its own period, and its place in the breakdown as filters. */
function narrow(flags: MetricFlags, result: Result) {
  const dims = Object.entries(result.dims).map(([id, value]) => `${id}=${value}`)
  return { ...question(flags), grain: undefined, by: [], from: result.period.from, until: result.period.until, where: [...(flags.where ?? []), ...dims] }
}

const question = (flags: MetricFlags) => ({
  from: flags.from,
  until: flags.until,
  grain: flags.grain,
  by: flags.by ?? [],
  where: flags.where ?? [],
  as_of: flags.asOf,
  reported_on: flags.reportedOn,
  compare: flags.compare,
  interval: flags.interval === true ? 'true' : undefined,
  option: flags.option ?? [],
})

/** `metric ID`: the answer, and on demand how each number came about and the rows behind it. */
export async function runMetric(client: BinnacleClient, id: string, flags: MetricFlags): Promise<void> {
  if (flags.explain === true && flags.rows === true && flags.format !== 'table')
    throw usage('--explain and --rows do not fit into one answer.', 'Ask for one of them, or leave --format at table.')
  if (flags.explain === true && flags.format === 'csv') throw usage('An explanation has no CSV form.', 'Use --format table or json.')
  const params = { id }
  if (flags.rows === true && flags.format === 'csv') {
    const { compare: _, ...query } = question(flags)
    return printOut(await client.exportRows({ params, query }))
  }
  const [entries, { results }] = await Promise.all([client.listMetrics({}), client.answer({ query: { metric: [id], ...question(flags) } })])
  const entry = entries.find((one) => one.id === id || one.aliases.includes(id))
  if (entry === undefined) throw notFound('metric', id, 'See them all with: binnacle metrics')
  const alone = flags.explain === true || flags.rows === true
  if (!alone || flags.format === 'table') printResults(flags.format, entry, results)
  if (flags.explain === true) await explainEach(client, id, flags, results)
  if (flags.rows === true) await printRows(client, id, question(flags), flags.format)
}

async function explainEach(client: BinnacleClient, id: string, flags: MetricFlags, results: readonly Result[]): Promise<void> {
  const explanations = []
  for (const result of results) explanations.push(await client.explain({ params: { id }, query: narrow(flags, result) }))
  if (flags.format === 'json') printOut(JSON.stringify(explanations, null, 2))
  else for (const explanation of explanations) printExplanation(explanation)
}
