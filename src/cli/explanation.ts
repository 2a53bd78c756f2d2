import { reasonLabel } from '../kernel/words/reasons.ts'
import type { Explanation } from '../contract/question.ts'
import { printOut } from './output.ts'
import { table } from './table.ts'
import { formatNumber, formatResult, formatValue } from './values.ts'

function contributions({ contributions: change, result }: Explanation): string[] {
  if (change === null) return []
  const say = (value: number | null): string => (value === null ? '–' : formatValue(value, result.unit, result.currency))
  const items = change.items.map((item) => [`  ${item.label}`, `${item.amount > 0 ? '+' : ''}${say(item.amount)}`])
  return [
    '',
    `Since ${change.compared_with.label}: from ${say(change.from)} to ${say(change.to)}`,
    ...(items.length === 0 ? [] : [table([{ title: '  what' }, { title: 'amount', align: 'right' }], items)]),
  ]
}

/** The parts of a value made of other metrics, each with what it adds to the part above it. */
function pieces({ tree, result }: Explanation): string[] {
  if (tree === null) return []
  const add = (value: number | null): string => (value === null ? '–' : formatValue(value, result.unit, result.currency))
  const rows = tree.pieces.map((piece) => [
    `${'  '.repeat(piece.depth)}${piece.label}`,
    piece.metric ?? '',
    piece.value === null ? (piece.null_reason === null ? '–' : reasonLabel(piece.null_reason)) : formatValue(piece.value, piece.unit, piece.currency),
    piece.weight === null ? '' : `${piece.weight} from ${piece.floor ?? ''} to ${piece.target ?? ''}`,
    add(piece.contribution),
  ])
  return [
    '',
    `${tree.name}${tree.owner === '' ? '' : `, owned by ${tree.owner}`}`,
    table([{ title: 'part' }, { title: 'metric' }, { title: 'value', align: 'right' }, { title: 'weight' }, { title: 'adds', align: 'right' }], rows),
  ]
}

/** How one number came about, for reading. */
export function printExplanation(explanation: Explanation): void {
  const { definition, result, terms, settings, disagreements, filled_formula, freshness } = explanation
  const place = Object.entries(result.dims)
    .map(([id, value]) => `, ${id} ${value}`)
    .join('')
  const lines = [
    '',
    `${definition.name}, ${result.period.label}${place}: ${formatResult(result)}`,
    `  ${definition.says}`,
    `  Formula: ${definition.formula}`,
    `  With its numbers: ${filled_formula}`,
    `  Definition ${definition.id}, version ${definition.version}`,
    ...definition.revisions.map(({ version, on, says }) => `    Version ${version}, ${on}: ${says}`),
  ]
  if (result.null_reason !== null) lines.push(`  No value: ${definition.null_when}`)
  lines.push(...pieces(explanation))
  if (terms.length > 0 && explanation.tree === null)
    lines.push(
      '',
      table(
        [{ title: 'term' }, { title: 'part' }, { title: 'number', align: 'right' }],
        terms.map((term) => [
          term.label,
          term.role,
          term.value === null || term.unit !== 'money' ? formatNumber(term.value) : formatValue(term.value, term.unit, term.currency),
        ]),
      ),
    )
  lines.push(...contributions(explanation))
  if (disagreements.length > 0)
    lines.push(
      '',
      'Elsewhere:',
      ...disagreements.map(
        (one) => `  ${one.anchor} ${one.says}${one.value === null ? '' : ` It would print ${formatValue(one.value, result.unit, result.currency)}.`}`,
      ),
    )
  if (settings.length > 0) lines.push('', `Settings that applied: ${settings.map((one) => `${one.key}=${one.value || '(empty)'}`).join(', ')}`)
  lines.push(`Facts recorded until ${freshness.recorded_until ?? 'now'}`)
  printOut(lines.join('\n'))
}
