import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { MetricEntry, Result } from '../../contract/question.ts'
import { useAnswer } from '../book-query.ts'
import { formatChange, unitName } from '../format.ts'
import { useMoney } from '../money.ts'
import { askOf, type Question, type Target } from '../question.ts'
import type { Search } from '../search.ts'
import { Direction } from '../ui/direction.tsx'
import { Failure } from '../ui/failure.tsx'
import { coverageOf, Flags, Value } from '../ui/metric.tsx'
import { Section } from '../ui/page.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { WantedFiles } from '../ui/wanted-files.tsx'
import type { FoundMetric } from './metric-search.ts'
import { LEADING, reasonFor, type Shelf } from './metric-views.ts'

interface MetricListProps {
  readonly question: Question
  /** As they stand below each other. */
  readonly shelves: readonly Shelf[]
  /** All whose values are asked for, shown or not. */
  readonly metrics: readonly MetricEntry[]
  /** There are facts to answer from. */
  readonly filled: boolean
  /** Whose reasons are told; '' for none. */
  readonly businessType: string
  /** What a link takes along. */
  readonly carry: Search
  readonly onOpen: (target: Target) => void
}

interface Values {
  readonly values: ReadonlyMap<string, Result>
  readonly changes: ReadonlyMap<string, Result>
  readonly waiting: boolean
}

const byMetric = (results: readonly Result[]): ReadonlyMap<string, Result> => new Map(results.map((result) => [result.metric, result]))

/** What each metric is, and by how much it changed. */
function useValues({ question, metrics, filled }: Pick<MetricListProps, 'question' | 'metrics' | 'filled'>) {
  const [ids, by, option] = [metrics.map(({ id }) => id), [], []]
  // The few that are looked at first are answered at once; all of them take longer, and may.
  const leading = useAnswer({ metric: LEADING.filter((id) => ids.includes(id)), ...askOf(question), by, option }, filled)
  const answer = useAnswer({ metric: ids, ...askOf({ ...question, compare: 'none' }), by, option, seconds: 60 }, filled)
  // What it was before costs as much again: the values do not wait for it.
  const compares = question.compare !== 'none'
  const isAnswered = answer.data !== undefined && !answer.isPlaceholderData
  const compared = useAnswer({ metric: ids, ...askOf(question), by, option, seconds: 60 }, filled && compares && isAnswered)
  const first = leading.isPlaceholderData ? undefined : leading.data?.results
  const before = compared.isPlaceholderData ? undefined : compared.data?.results
  const values = useMemo(() => byMetric([...(answer.data?.results ?? []), ...(first ?? [])]), [answer.data, first])
  const changes = useMemo(() => byMetric(compares ? [...(before ?? []), ...(first ?? [])] : []), [before, first, compares])
  return { answer, values, changes, waiting: filled && answer.isPending }
}

/** Metrics with their meaning and their values, shelf by shelf. */
export function MetricList({ shelves, businessType, carry, onOpen, ...asked }: MetricListProps) {
  const { answer, ...values } = useValues(asked)
  return (
    <>
      {answer.isError && <Failure error={answer.error} onRetry={() => void answer.refetch()} />}
      {shelves.map((group) => (
        <Level key={group.level} group={group} {...values} businessType={businessType} carry={carry} onOpen={onOpen} />
      ))}
    </>
  )
}

interface LevelProps extends Values, Pick<MetricListProps, 'businessType' | 'carry' | 'onOpen'> {
  readonly group: Shelf
}

function Level({ group, values, changes, waiting, businessType, carry, onOpen }: LevelProps) {
  return (
    <Section title={group.title} says={group.missing === undefined ? group.says : <WantedFiles missing={group.missing} />}>
      <table aria-label={group.title} className="w-full table-fixed border-collapse border-b border-line">
        <colgroup>
          <col className="w-[30%] max-md:w-auto" />
          <col className="max-md:hidden" />
          <col className="w-36 max-md:w-28" />
          <col className="w-24 max-md:w-8" />
        </colgroup>
        <thead className="sr-only">
          <tr>
            <th scope="col">Metric</th>
            <th scope="col">Meaning</th>
            <th scope="col">Value</th>
            <th scope="col">Unit and direction</th>
          </tr>
        </thead>
        {group.kinds.map(({ kind, title, metrics }, i) => (
          <tbody key={kind}>
            {title !== '' && (
              <tr>
                <th scope="rowgroup" colSpan={3} className={`pb-1.5 text-sm font-normal text-quiet ${i === 0 ? '' : 'pt-4'}`}>
                  {title}
                </th>
              </tr>
            )}
            {metrics.map((found) => (
              <Row
                key={found.metric.id}
                found={found}
                result={values.get(found.metric.id)}
                before={changes.get(found.metric.id)}
                waiting={waiting}
                reason={reasonFor(found.metric, businessType)}
                carry={carry}
                onOpen={onOpen}
              />
            ))}
          </tbody>
        ))}
      </table>
    </Section>
  )
}

interface RowProps extends Pick<MetricListProps, 'carry' | 'onOpen'> {
  readonly found: FoundMetric
  readonly result: Result | undefined
  /** The same with what it was in the period compared with, once that is known. */
  readonly before: Result | undefined
  readonly waiting: boolean
  readonly reason: string | null
}

function Row({ found: { metric, by }, result, before, waiting, reason, carry, onOpen }: RowProps) {
  const money = useMoney()
  return (
    <tr className="border-t border-line align-top">
      <th scope="row" className="py-2 pr-4">
        <Link to="/metrics/$id" params={{ id: metric.id }} search={carry} className="font-medium underline-offset-3 hover:underline">
          {metric.name}
        </Link>
        {by !== null && <span className="block text-sm font-normal text-quiet">Also called {by}</span>}
        <span className="block text-sm font-normal text-quiet md:hidden">{metric.says}</span>
      </th>
      <td className="py-2 pr-4 text-quiet max-md:hidden">
        {metric.says}
        {reason !== null && <span className="block text-sm text-faint">Here because: {reason}.</span>}
      </td>
      <td className="py-1 text-right">
        <RowValue metric={metric} result={result} before={before} waiting={waiting} onOpen={onOpen} />
      </td>
      <td className="py-2 pl-2 text-right text-sm leading-5 text-quiet">
        <span className="max-md:hidden">{unitName(metric.unit, money)} </span>
        <Direction better={metric.better} />
      </td>
    </tr>
  )
}

/** What it changed by, without a verdict: that needs the interval, which the page of the metric has. */
function RowChange({ result, before }: { readonly result: Result; readonly before: Result | undefined }) {
  const change = before?.comparison?.change ?? null
  const coverage = coverageOf(result)
  return (
    <>
      {change !== null && (
        <span className="text-sm font-normal text-quiet">{change === 0 ? 'No change' : formatChange(change, result.unit, result.currency)}</span>
      )}
      {coverage !== null && <span className="text-sm font-normal text-quiet">{coverage}</span>}
    </>
  )
}

/** The value, which opens; or what would bring one. */
function RowValue({ metric, result, before, waiting, onOpen }: Pick<RowProps, 'result' | 'before' | 'waiting' | 'onOpen'> & { readonly metric: MetricEntry }) {
  if (metric.missing.length > 0 && (result?.value ?? 0) === 0)
    return <WantedFiles missing={metric.missing} className="inline-block py-1 pr-2 text-sm text-quiet" />
  if (result?.refusal !== undefined)
    return (
      <span className="inline-block py-1 pr-2 text-sm text-quiet" title={result.refusal.message}>
        Not by this filter
      </span>
    )
  if (result === undefined) return waiting && <Skeleton className="mt-1.5 ml-auto h-4 w-16" />
  return (
    <button
      type="button"
      onClick={() => onOpen({ metric: metric.id })}
      aria-label={`${metric.name}: explain`}
      className="num inline-flex flex-col items-end rounded-md px-2 py-1 font-medium hover:bg-hover"
    >
      <Value result={result} />
      <RowChange result={result} before={before} />
      <Flags flags={result.flags} />
    </button>
  )
}
