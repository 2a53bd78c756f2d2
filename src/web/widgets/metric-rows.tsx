import type { MetricEntry } from '../../contract/question.ts'
import { api, hrefOf } from '../api.ts'
import { formatPeriod } from '../format.ts'
import { askOf, type Question } from '../question.ts'
import { Section } from '../ui/page.tsx'
import { RowsTable } from '../ui/rows-table.tsx'
import { Segmented } from '../ui/segmented.tsx'

const PARTS = [
  { value: 'all', label: 'All' },
  { value: 'numerator', label: 'Numerator' },
  { value: 'denominator', label: 'Denominator' },
] as const
type RowsPart = (typeof PARTS)[number]['value']
const partOf = (text: string, choices: readonly { readonly value: RowsPart }[]): RowsPart => choices.find(({ value }) => value === text)?.value ?? 'all'

interface MetricRowsProps {
  readonly question: Question
  readonly metric: MetricEntry
  readonly options: readonly string[]
  /** All of them, or those of a side. */
  readonly part: string
  readonly onPart: (part: string) => void
  readonly onAccount: (id: string) => void
  readonly title?: string
}

/** The rows that the value is made of, as they are; each opens its account. */
export function MetricRows({ question, metric, options, part: given, onPart, onAccount, title }: MetricRowsProps) {
  const choices = PARTS.filter(({ value }) => metric.parts.includes(value))
  const part = partOf(given, choices)
  const query = { ...askOf({ ...question, compare: 'none' }), by: [], option: [...options], part }
  return (
    <Section
      title={title ?? 'Rows'}
      says={`What the value of ${formatPeriod(question.period)} was made of`}
      actions={<Segmented label="Which rows" value={part} choices={choices} onChange={onPart} />}
    >
      <RowsTable
        label={title ?? `Rows of ${metric.name}`}
        queryKey={[metric.id, query]}
        read={(page, signal) => api.listRows({ params: { id: metric.id }, query: { ...query, ...page } }, signal)}
        onAccount={onAccount}
        downloads={(format) => hrefOf('exportQuestion', {}, { ...query, metric: metric.id, what: 'rows', format })}
        totals
        empty="No row counts in this part."
      />
    </Section>
  )
}
