import { useQuery } from '@tanstack/react-query'
import type { Marks } from '../../contract/marks.ts'
import type { MetricEntry, Result } from '../../contract/question.ts'
import { api, useLedgerState } from '../api.ts'
import { formatDay, formatPeriod, formatValue } from '../format.ts'
import type { Question } from '../question.ts'
import { Section } from '../ui/page.tsx'
import type { Period } from '../../kernel/period.ts'

/** Targets, benchmarks and notes of a metric within a span, as they were recorded by then. */
export function useMarks(metric: string, span: Period, reportedOn: string | undefined) {
  const state = useLedgerState()
  return useQuery({
    queryKey: ['marks', state, metric, span, reportedOn],
    queryFn: ({ signal }) =>
      api.marks(
        { params: { id: metric }, query: { from: span.from, until: span.until, ...(reportedOn === undefined ? {} : { reported_on: reportedOn }) } },
        signal,
      ),
  })
}

const STATISTICS: Readonly<Record<string, string>> = { median: 'Median', mean: 'Mean', top_quarter: 'Top quarter from', bottom_quarter: 'Bottom quarter up to' }
const REASONS: Readonly<Record<Marks['kept_back'][number]['reason'], string>> = {
  other_definition: 'counted by an earlier definition',
  definition_not_said: 'counted in another way, or it is not said how',
  too_few: 'fewer than five were asked',
}

interface MetricMarksProps {
  readonly question: Question
  readonly metric: MetricEntry
  readonly result: Result | undefined
  readonly title?: string
}

/** The value beside what was aimed at, what others have, and what happened. Nothing where nothing was recorded. */
export function MetricMarks({ question, metric, result, title = 'Beside it' }: MetricMarksProps) {
  const marks = useMarks(metric.id, question.period, question.reported_on).data
  if (marks === undefined || marks.targets.length + marks.benchmarks.length + marks.kept_back.length + marks.notes.length === 0) return null
  const say = (value: number) => formatValue(value, result?.unit ?? metric.unit, result?.currency ?? null)
  return (
    <Section title={title} says="Targets, what others have by the same definition, and what happened.">
      <ul className="flex flex-col gap-1.5">
        {marks.targets.map((target) => (
          <li key={`${target.segment} ${target.from}`}>
            Target{target.segment === '' ? '' : ` for ${target.segment}`}: <strong className="num font-medium">{say(target.value)}</strong>
            <span className="text-quiet">
              {' '}
              {formatPeriod(target)}
              {target.owner === '' ? '' : `, ${target.owner}`}
              {target.segment === '' && typeof result?.value === 'number'
                ? `, ${distance(result.value - target.value, metric, isDue(target, result), say)}`
                : ''}
            </span>
          </li>
        ))}
        {marks.benchmarks.map((one) => (
          <li key={`${one.publisher} ${one.year} ${one.segment} ${one.statistic}`}>
            {STATISTICS[one.statistic] ?? one.statistic}: <strong className="num font-medium">{say(one.value)}</strong>
            <span className="text-quiet">
              {' '}
              {one.publisher}, {one.year}
              {one.segment === '' ? '' : `, ${one.segment}`}
              {one.n === null ? '' : `, n = ${one.n}`}
            </span>
          </li>
        ))}
        {marks.kept_back.map((one) => (
          <li key={`${one.publisher} ${one.year} ${one.segment} ${one.reason}`} className="text-quiet">
            {one.publisher}, {one.year}: not shown, {one.counted_how === '' ? REASONS[one.reason] : `${REASONS[one.reason]} (${one.counted_how})`}
          </li>
        ))}
        {marks.notes.map((one) => (
          <li key={`${one.day} ${one.text}`}>
            <span className="num text-quiet">{formatDay(one.day)}</span> {one.text}
            {one.author === '' ? null : <span className="text-quiet">, {one.author}</span>}
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** A target is judged by the whole time that it is for: not before its end, and not by a piece of it. */
export const isDue = (target: Period, { period, flags }: Pick<Result, 'period' | 'flags'>): boolean =>
  !flags.includes('partial') && period.until === target.until && period.from >= target.from

export function distance(over: number, { better }: Pick<MetricEntry, 'better'>, due: boolean, say: (value: number) => string): string {
  if (over === 0) return due ? 'met exactly' : 'exactly on it so far'
  if (!due) return `${say(Math.abs(over))} ${over > 0 ? 'above' : 'below'} it so far`
  const reached = better === 'context' ? '' : over > 0 === (better === 'up') ? 'reached, ' : 'missed, '
  return `${reached}${say(Math.abs(over))} ${over > 0 ? 'above' : 'below'} it`
}
