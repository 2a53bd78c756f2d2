import { formatNumber, formatValue } from '../../kernel/words/value.ts'
import { reasonLabel } from '../../kernel/words/reasons.ts'
import type { Unit } from '../../kernel/words/units.ts'
import type { Settings } from '../../kernel/settings.ts'
import { answer, answerMade } from '../ask/answer.ts'
import { composeAt, composeResults } from '../ask/composed.ts'
import { settleQuestion } from '../ask/settle-question.ts'
import { leavesOf } from '../catalogue/leaves.ts'
import type { Book } from '../kit/book.ts'
import type { Composed } from '../kit/composition.ts'
import type { Catalogue } from '../kit/catalogue.ts'
import { namesIn } from '../kit/made.ts'
import type { Made } from '../kit/made.ts'
import { inWords } from '../kit/mentions.ts'
import type { Disagreement, MetricDefinition } from '../kit/metric.ts'
import type { Question } from '../kit/question.ts'
import type { Result } from '../kit/result.ts'
import { composedContributions, readContributions } from './contributions.ts'
import { readHistogram } from './histogram.ts'
import type { Parts } from '../kit/value.ts'

/** With as many of six places as it needs. */
export const inSixPlaces = (value: number): string => formatNumber('formula', value, 0, 6)

/** "310 + 650 - 320 - 10": what the parts of the value itself add. */
export function filledSum({ pieces }: Composed): string {
  const parts = pieces.filter(({ depth }) => depth === 0)
  return parts
    .map(({ contribution }, i) => {
      if (contribution === null) return i === 0 ? 'unknown' : ' + unknown'
      const sign = contribution < 0 ? '- ' : i === 0 ? '' : '+ '
      return `${i === 0 ? '' : ' '}${sign}${inSixPlaces(Math.abs(contribution))}`
    })
    .join('')
}

const shown = ({ unit }: Pick<MetricDefinition, 'unit'>, { value, null_reason, currency }: Result): string =>
  value === null ? `no value: ${null_reason === null ? '' : reasonLabel(null_reason)}` : formatValue('formula', value, unit, { currency })

/** The formula with its numbers: "3,110 / 3,250 = 95.6923 %". */
function filled(metric: MetricDefinition, { formula }: Made, result: Result, settings: Settings): string {
  const setting = (name: string): string | undefined => (settings as Readonly<Record<string, string>>)[name]
  const numberOf = (name: string): string => {
    const part = result.parts[name]
    if (part === null) return 'unknown'
    return part === undefined && metric.measures[name] === undefined ? (setting(name) ?? 'unknown') : inSixPlaces(part ?? 0)
  }
  return `${formula.replace(/\{(\w+)\}/g, (_, name: string) => numberOf(name))} = ${shown(metric, result)}`
}

/** What a measure is in an explanation: numerator or denominator, another term of the formula, or a number that stands beside the value. */
function roleOf(name: string, { numerator, denominator, formula }: Made) {
  if (name === numerator) return 'numerator' as const
  if (name === denominator) return 'denominator' as const
  return namesIn(formula).includes(name) ? ('part' as const) : ('beside' as const)
}

const disagreementsOf = (metric: MetricDefinition, catalogue: Catalogue, print: (value: Disagreement['value']) => number | null) =>
  metric.disagreements.map(({ anchor, says, value }) => ({ anchor, says: inWords(says, catalogue), value: print(value) }))

/** How one number came about: formula with its numbers, terms, what moved it, and what others would print. */
export async function explain(book: Book, metricId: string, question: Question) {
  const metric = book.catalogue.byId(metricId)
  if (metric.composed !== null) return explainComposed(book, metric, question)
  const single: Question = { ...question, grain: undefined, by: [], interval: true }
  const [answered] = await answerMade(book, metric, single)
  if (answered === undefined) throw new Error(`no result for ${metricId}`)
  const { result, made } = answered
  const asked = settleQuestion(book, [metric], single)
  const unitOf = (unit: Unit) => ({ unit, currency: unit === 'money' ? book.settings.reporting_currency : null })
  const parts: Parts = {
    exact: {},
    tallies: {},
    number: result.parts as Record<string, number>,
    settings: book.settings,
    options: asked.scope.settle(metric.options),
    period: result.period,
    coveredSince: book.coverage.since,
    interval: true,
  }
  return {
    result,
    filled_formula: filled(metric, made, result, book.settings),
    terms: [
      ...Object.entries(metric.measures).map(([name, measure]) => ({
        name,
        label: measure.label,
        value: result.parts[name] ?? null,
        ...unitOf(measure.kind === 'money' ? 'money' : measure.kind === 'number' ? 'number' : 'count'),
        role: roleOf(name, made),
        opens: true,
      })),
      ...Object.entries(metric.besides).map(([name, label]) => ({
        name,
        label,
        value: result.parts[name] ?? null,
        ...unitOf('number'),
        role: roleOf(name, made),
        opens: false,
      })),
    ],
    disagreements: disagreementsOf(metric, book.catalogue, (value) => (result.value === null ? null : (value?.(parts) ?? null))),
    contributions: await readContributions(asked, metric, answered),
    distribution: await readHistogram(asked, metric),
    tree: null,
  }
}

/** The explanation of a composed metric: its terms are the pieces of its tree, and its change is told by piece. */
async function explainComposed(book: Book, metric: MetricDefinition, question: Question) {
  const single: Question = { ...question, grain: undefined, by: [] }
  const leaves = await answer(
    book,
    leavesOf(metric, book.catalogue).map(({ id }) => id),
    single,
  )
  const [result] = composeResults(metric, book, leaves)
  if (result === undefined) throw new Error(`no result for ${metric.id}`)
  const now = composeAt(metric, book.catalogue, leaves, 'now')
  const currencyOf = (unit: Unit) => (unit === 'money' ? book.settings.reporting_currency : null)
  const { comparison, value } = result
  return {
    result,
    filled_formula: `${filledSum(now)} = ${shown({ ...metric, unit: now.unit }, result)}`,
    terms: now.pieces.map((piece, i) => ({
      name: piece.metric ?? String(i),
      label: piece.label,
      value: piece.value,
      unit: piece.unit,
      currency: currencyOf(piece.unit),
      role: 'part' as const,
      opens: false,
    })),
    disagreements: disagreementsOf(metric, book.catalogue, () => null),
    contributions:
      comparison === null || comparison.value === null || comparison.change === null || value === null
        ? null
        : {
            compared_with: comparison.period,
            from: comparison.value,
            to: value,
            items: composedContributions(now, composeAt(metric, book.catalogue, leaves, 'comparison')),
          },
    distribution: null,
    tree: { name: now.label, owner: now.owner, pieces: now.pieces.map((piece) => ({ ...piece, currency: currencyOf(piece.unit) })) },
  }
}
