import { useQuery, keepPreviousData } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { MetricEntry } from '../../../contract/question.ts'
import { api, useCatalog, useLedgerState, useOverview } from '../../api.ts'
import { formatPeriod } from '../../format.ts'
import { keepScreen, useExplain, useScreen, useSearchText } from '../../screen.ts'
import { askOf, comparedWith, many } from '../../search.ts'
import { BeforeFacts, useBeforeFacts } from '../../ui/before-facts.tsx'
import { buttonClass } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Await, Failure } from '../../ui/failure.tsx'
import { loadable } from '../../ui/loadable.tsx'
import { Metric } from '../../ui/metric.tsx'
import { Page } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Tag } from '../../ui/tag.tsx'
import { WantedFiles } from '../../ui/wanted-files.tsx'
import { MetricBreakdown } from './metric-breakdown.tsx'
import { MetricDefinition, MetricDisagreements, MetricSettings } from './metric-definition.tsx'
import { MetricDownload } from './metric-download.tsx'
import { MetricCohorts } from './metric-cohorts.tsx'
import { MetricDistribution } from './metric-distribution.tsx'
import { MetricMarks } from './metric-marks.tsx'
import { MetricOptions } from './metric-options.tsx'
import { MetricTree } from './metric-tree.tsx'
import { MetricSeries } from './metric-series.tsx'

// The table brings a library of its own and stands below what is seen first.
const MetricRows = loadable(
  () => import('./metric-rows.tsx').then((module) => module.MetricRows),
  () => <Skeleton className="h-96" />,
)

const MetricChange = loadable(
  () => import('./metric-change.tsx').then((module) => module.MetricChange),
  () => <Skeleton className="h-96" />,
)

/** The explanation of a metric for the period of the screen. */
function useExplanation(id: string, options: readonly string[]) {
  const screen = useScreen()
  const state = useLedgerState()
  const filled = useOverview().data?.empty === false
  return useQuery({
    queryKey: ['explanation', state, id, screen, options],
    queryFn: ({ signal }) => api.explain({ params: { id }, query: { ...askOf(screen), by: [], option: [...options] } }, signal),
    placeholderData: keepPreviousData,
    enabled: filled,
  })
}

/** One metric: its value now, where it comes from over time, who makes it up, and exactly what it means. */
export function MetricPage() {
  const id = useParams({ strict: false, select: (params) => params.id ?? '' })
  const catalog = useCatalog()
  return (
    <Page>
      <Await query={catalog} skeleton={<Skeleton className="h-96" />}>
        {(metrics) => {
          const metric = metrics.get(id)
          return metric === undefined ? <Unknown id={id} /> : <Known key={id} metric={metric} />
        }}
      </Await>
    </Page>
  )
}

function Unknown({ id }: { readonly id: string }) {
  return (
    <EmptyState
      title={`There is no metric "${id}"`}
      actions={
        <Link to="/metrics" className={buttonClass('primary')}>
          All metrics
        </Link>
      }
    >
      It may have another name: the catalog finds metrics by all their names.
    </EmptyState>
  )
}

function Known({ metric }: { readonly metric: MetricEntry }) {
  const options = many(useSearchText().option)
  const explanation = useExplanation(metric.id, options)
  const before = useBeforeFacts()
  const filled = useOverview().data?.empty === false && before === null
  return (
    <>
      <Head metric={metric} download={filled ? <MetricDownload metric={metric} options={options} /> : null} />
      {filled ? (
        <>
          <Now metric={metric} options={options} explanation={explanation} />
          <MetricTree explanation={explanation.data} />
          <MetricSeries metric={metric} options={options} />
          <MetricChange metric={metric} options={options} />
          {metric.cohorts && <MetricCohorts metric={metric} options={options} />}
          <MetricDistribution explanation={explanation.data} />
          <MetricMarks metric={metric} result={explanation.data?.result} />
          <MetricBreakdown metric={metric} options={options} />
        </>
      ) : before !== null ? (
        <BeforeFacts day={before} />
      ) : (
        <EmptyState
          title="No facts yet"
          actions={
            <Link to="/import" className={buttonClass('primary')}>
              Import files
            </Link>
          }
        >
          Its value, its course and its rows appear once facts are imported.
        </EmptyState>
      )}
      <MetricDefinition metric={metric} filledFormula={explanation.data?.filled_formula ?? null} />
      <MetricDisagreements metric={metric} explanation={explanation.data} />
      <MetricSettings metric={metric} />
      {filled && <MetricRows metric={metric} options={options} />}
    </>
  )
}

function Head({ metric, download }: { readonly metric: MetricEntry; readonly download: ReactNode }) {
  const search = useSearchText()
  return (
    <div className="flex flex-col gap-1">
      <p className="text-sm">
        <Link to="/metrics" search={keepScreen(search)} className="text-quiet underline-offset-3 hover:text-ink hover:underline">
          All metrics
        </Link>
      </p>
      <div className="flex items-start justify-between gap-4">
        <h2 className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xl font-semibold">
          {metric.name}
          {metric.aliases.map((alias) => (
            <Tag key={alias}>{alias}</Tag>
          ))}
        </h2>
        {download}
      </div>
      <p className="max-w-[72ch] text-quiet">{metric.says}</p>
    </div>
  )
}

interface NowProps {
  readonly metric: MetricEntry
  readonly options: readonly string[]
  readonly explanation: ReturnType<typeof useExplanation>
}

function Now({ metric, options, explanation }: NowProps) {
  const screen = useScreen()
  const explain = useExplain()
  const compared = comparedWith(screen)
  return (
    <div className="flex flex-wrap items-start gap-x-12 gap-y-4">
      {explanation.isError ? (
        <Failure error={explanation.error} onRetry={() => void explanation.refetch()} />
      ) : (
        <Metric
          name={formatPeriod(screen.period)}
          says="Open the number: its formula, its rows and what changed"
          result={explanation.data?.result}
          better={metric.better}
          comparedWith={compared === null ? null : formatPeriod(compared)}
          onOpen={() => explain({ metric: metric.id, options })}
        />
      )}
      {(explanation.data?.result.value ?? 0) === 0 && <WantedFiles missing={metric.missing} className="self-center" />}
      {metric.options.length > 0 && <MetricOptions metric={metric} options={options} />}
    </div>
  )
}
