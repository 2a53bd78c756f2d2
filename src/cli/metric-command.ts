import type { BinnacleClient } from '../contract/contract.ts'
import { missingRateWords } from '../contract/missing-rates.ts'
import type { MetricEntry, Result } from '../contract/question.ts'
import { notFound } from '../kernel/errors.ts'
import { checkChange, runChange } from './change-command.ts'
import { usage } from './exit.ts'
import { printExplanation } from './explanation.ts'
import type { Asked, MetricFlags } from './metric-flags.ts'
import { printListing, printNote, printOut } from './output.ts'
import type { Listing } from './output.ts'
import { choosePeriod } from './period.ts'
import { printTable } from './rows.ts'
import { fileFormat, putFile, refuseOnScreen } from './save-file.ts'
import { formatChange, formatNumber, formatResult, formatValue } from './values.ts'

const interval = ({ ci, unit, currency }: Result): string => (ci === null ? '' : ci.map((bound) => formatValue(bound, unit, currency)).join(' to '))

function change({ comparison, unit, currency }: Result): string {
  if (comparison === null) return ''
  return comparison.change === null ? '–' : formatChange(comparison.change, unit, currency)
}

const before = ({ comparison, unit, currency }: Result): string =>
  comparison === null ? '' : comparison.value === null ? '–' : formatValue(comparison.value, unit, currency)

const dimensionColumns = (results: readonly Result[]) =>
  [...new Set(results.flatMap((result) => Object.keys(result.dims)))].map((id) => ({ title: id, cell: (item: Result) => item.dims[id] ?? '' }))

const tableColumns = (results: readonly Result[]): Listing<Result>['columns'] => [
  { title: 'period', cell: (item) => item.period.label },
  ...dimensionColumns(results),
  { title: 'value', align: 'right', cell: formatResult },
  { title: 'numerator', align: 'right', cell: (item) => (item.denominator === null ? '' : formatNumber(item.numerator)) },
  { title: 'denominator', align: 'right', cell: (item) => (item.denominator === null ? '' : formatNumber(item.denominator)) },
  { title: 'n', align: 'right', cell: (item) => item.n?.toString() ?? '' },
  { title: results.find(({ ci_says }) => ci_says !== null)?.ci_says ?? 'interval', cell: interval },
  { title: 'before', align: 'right', cell: before },
  { title: 'change', align: 'right', cell: change },
  { title: 'flags', cell: (item) => item.flags.join(' ') },
]

function printResults(entry: MetricEntry, results: readonly Result[]): void {
  printNote(`${entry.name}: ${entry.says}`)
  for (const words of new Set(results.map(missingRateWords).filter((text) => text !== ''))) printNote(`${words}.`)
  printListing('table', { items: results, none: 'There is no answer for that period.', columns: tableColumns(results) })
}

/** The question of one result alone: its own period, and its place in the breakdown as filters. */
function narrow(flags: Asked, result: Result) {
  const dims = Object.entries(result.dims).map(([id, value]) => `${id}=${value}`)
  return { ...question(flags), grain: undefined, by: [], from: result.period.from, until: result.period.until, where: [...(flags.where ?? []), ...dims] }
}

const question = (flags: Asked) => ({
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

/** What goes together: an explanation is for reading, and one file holds one answer. */
function checkFlags({ explain, rows, format, out, against }: MetricFlags): void {
  if (against !== undefined) throw usage('--against belongs to --change.', 'Add --change, or compare with --compare.')
  if (explain === true && rows === true && format !== 'table')
    throw usage('--explain and --rows do not fit into one answer.', 'Ask for one of them, or leave --format at table.')
  if (explain === true && (format === 'csv' || format === 'parquet'))
    throw usage(`An explanation has no ${format === 'csv' ? 'CSV' : 'Parquet'} form.`, 'Use --format table or json.')
  if (explain === true && out !== undefined) throw usage('An explanation is not saved as a file.', 'Leave out --out, or --explain.')
}

/** `metric ID`: the answer, and on demand how each number came about and the rows behind it. */
export async function runMetric(client: BinnacleClient, id: string, given: MetricFlags): Promise<void> {
  refuseOnScreen(given.format, given.out)
  if (given.change === true) checkChange(given)
  else checkFlags(given)
  const flags = await choosePeriod(client, given)
  if (flags.change === true) return runChange(client, id, flags)
  const { explain = false, rows = false, format, out } = flags
  const asked = question(flags)
  if (!explain && (out !== undefined || format !== 'table')) {
    const what = rows ? 'rows' : 'answer'
    return putFile(await client.exportQuestion({ query: { ...asked, metric: [id], what, kind: [], format: fileFormat(format, out) } }), out)
  }
  const [entries, { results }] = await Promise.all([client.listMetrics({}), client.answer({ query: { metric: [id], ...asked } })])
  const entry = entries.find((one) => one.id === id || one.aliases.includes(id))
  if (entry === undefined) throw notFound('metric', id, 'See them all with: binnacle metrics')
  if (format === 'table') printResults(entry, results)
  if (explain) await explainEach(client, id, flags, results)
  if (rows) await printTable('No rows stand behind it.', (page) => client.listRows({ params: { id }, query: { ...asked, ...page } }))
}

async function explainEach(client: BinnacleClient, id: string, flags: Asked, results: readonly Result[]): Promise<void> {
  const explanations = []
  for (const result of results) explanations.push(await client.explain({ params: { id }, query: narrow(flags, result) }))
  if (flags.format === 'json') printOut(JSON.stringify(explanations, null, 2))
  else for (const explanation of explanations) printExplanation(explanation)
}
