import type { BinnacleClient } from '../contract/contract.ts'
import type { Change } from '../contract/change.ts'
import { csv, table } from './table.ts'
import { usage } from './exit.ts'
import type { Asked, MetricFlags } from './metric-flags.ts'
import { printOut } from './output.ts'
import { formatChange, formatNumber, formatValue } from './values.ts'

/** Parts that are printed; the rest stands in the answer as JSON. */
const PRINTED = 20

const signed = (amount: number, { unit, currency }: Change): string => formatChange(amount, unit, currency)
const said = (value: number | null, { unit, currency }: Change): string => (value === null ? '–' : formatValue(value, unit, currency))

function stepLines(change: Change): string {
  const { from, to, steps, reported_on } = change
  const first = `${from.period.label}${reported_on === null ? '' : `, as reported on ${reported_on.slice(0, 10)}`}`
  const rows = [
    [first, said(from.value, change), ''],
    ...steps.map(({ label, says, amount }) => [label, signed(amount, change), says]),
    [`${to.period.label}${reported_on === null ? '' : ', now'}`, said(to.value, change), ''],
  ]
  return table([{ title: 'step' }, { title: 'amount', align: 'right' }, { title: 'meaning' }], rows)
}

function partLines(change: Change): string[] {
  const { by, parts, others } = change
  if (by === null || parts.length === 0) return []
  const kinds = [...new Set(parts.flatMap(({ effects }) => effects.map(({ kind }) => kind)))]
  const shown = parts.filter(({ effects }) => effects.length > 0).slice(0, PRINTED)
  const rows = shown.map((part) => [
    part.label,
    said(part.before.value, change),
    said(part.now.value, change),
    ...kinds.map((kind) => signed(part.effects.find((effect) => effect.kind === kind)?.amount ?? 0, change)),
    signed(part.amount, change),
  ])
  const named = shown.reduce((sum, { amount }) => sum + amount, 0)
  const rest = parts.reduce((sum, { amount }) => sum + amount, others?.amount ?? 0) - named
  const unnamed = parts.filter(({ effects }) => effects.length > 0).length - shown.length + (others?.count ?? 0)
  if (unnamed > 0) rows.push([`${unnamed} others`, '', '', ...kinds.map(() => ''), signed(rest, change)])
  const titles = [by, 'before', 'now', ...kinds, 'amount']
  return [
    '',
    table(
      titles.map((title, i) => (i === 0 ? { title } : { title, align: 'right' as const })),
      rows,
    ),
  ]
}

function printChange(change: Change): void {
  const { sentence, indivisible, imports } = change
  const lines = [sentence, '', stepLines(change)]
  if (indivisible !== null && change.change !== null && change.change !== 0) lines.push('', `Not split: ${indivisible.says}`)
  lines.push(...partLines(change))
  if (imports.length > 0)
    lines.push(
      '',
      'Imports since the report:',
      ...imports.map(({ id, recorded_at, undone_at, files, facts }) => {
        const rows = facts.map(({ fact, new: added, changed }) => `${fact} ${formatNumber(added)} new, ${formatNumber(changed)} changed`).join('; ')
        return `  ${id}  ${(recorded_at ?? '').slice(0, 10)}  ${files.join(', ')}: ${rows}${undone_at === null ? '' : `; taken back ${undone_at.slice(0, 10)}`}`
      }),
    )
  printOut(lines.join('\n'))
}

/** The steps for programs: one a row, with both ends. */
const toCsv = ({ from, to, steps }: Change): string =>
  csv(
    ['step', 'label', 'amount'],
    [
      ['from', from.period.label, String(from.value ?? '')],
      ...steps.map(({ kinds, label, amount }) => [kinds.join(' '), label, String(amount)]),
      ['to', to.period.label, String(to.value ?? '')],
    ],
  )

/** What goes together with --change. */
export function checkChange(flags: MetricFlags): void {
  if (flags.explain === true || flags.rows === true || flags.grain !== undefined || flags.interval === true)
    throw usage('--change stands alone.', 'Leave --explain, --rows, --grain and --interval away.')
  if (flags.out !== undefined || flags.format === 'parquet')
    throw usage('A change is not saved as a file.', 'Leave out --out, and print it with --format table, json or csv.')
  if ((flags.by ?? []).length > 1) throw usage('A change is split over one dimension.', 'Give --by once.')
  const [, until, ...more] = flags.against?.split('..') ?? []
  if (flags.against !== undefined && (until === undefined || more.length > 0))
    throw usage(`"${flags.against}" is not a period.`, 'Write FROM..UNTIL, for example 2024-01-01..2024-02-01.')
}

/** `metric ID --change`: why the number is not what it was. */
export async function runChange(client: BinnacleClient, id: string, flags: Asked): Promise<void> {
  const [from, until] = flags.against?.split('..') ?? []
  const change = await client.explainChange({
    params: { id },
    query: {
      from: flags.from,
      until: flags.until,
      where: flags.where ?? [],
      option: flags.option ?? [],
      as_of: flags.asOf,
      compare: flags.compare,
      against_from: from,
      against_until: until,
      by: flags.by?.[0],
      reported_on: flags.reportedOn,
    },
  })
  if (flags.format === 'json') printOut(JSON.stringify(change, null, 2))
  else if (flags.format === 'csv') printOut(toCsv(change))
  else printChange(change)
}
