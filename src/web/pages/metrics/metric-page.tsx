import { Link, useParams } from '@tanstack/react-router'
import { type ComponentProps, type ReactNode } from 'react'
import type { MetricEntry } from '../../../contract/question.ts'
import { ROLL_UPS } from '../../../kernel/words/metrics.ts'
import { useAskElse, useCarried, useExplain, useOpenAccount, useParam, useQuestion, useSearchText, useSetSearch } from '../../address.ts'
import { useCatalog, useOverview } from '../../api.ts'
import { formatPeriod } from '../../format.ts'
import { useMoney } from '../../money.ts'
import { beforeFacts, comparedWith } from '../../question.ts'
import { many } from '../../search.ts'
import { useTitle } from '../../title.ts'
import { BeforeFacts } from '../../ui/before-facts.tsx'
import { buttonClass } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Await, Failure } from '../../ui/failure.tsx'
import { loadable } from '../../ui/loadable.tsx'
import { Metric, ofWhat } from '../../ui/metric.tsx'
import { Page } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Tag } from '../../ui/tag.tsx'
import { Worded } from '../../ui/worded.tsx'
import { WantedFiles } from '../../ui/wanted-files.tsx'
import { Breakdown } from '../../widgets/breakdown.tsx'
import { numberAsked, useExplanation } from '../../widgets/explanation.ts'
import type { ChangeView, MetricChange as MetricChangeView } from '../../widgets/metric-change.tsx'
import { MetricCohorts } from '../../widgets/metric-cohorts.tsx'
import { MetricDefinition, MetricDisagreements, MetricSettings } from '../../widgets/metric-definition.tsx'
import { MetricDistribution } from '../../widgets/metric-distribution.tsx'
import { MetricDownload } from '../../widgets/metric-download.tsx'
import { MetricMarks } from '../../widgets/metric-marks.tsx'
import { MetricOptions } from '../../widgets/metric-options.tsx'
import type { MetricRows as MetricRowsView } from '../../widgets/metric-rows.tsx'
import { MetricSeries } from '../../widgets/metric-series.tsx'
import { MetricTree } from '../../widgets/metric-tree.tsx'
import { isSeriesGrain, usualGrain } from '../../widgets/series-span.ts'
import type { MetricWidgetProps } from '../../widgets/widget.ts'

// The table brings a library of its own and stands below what is seen first.
const MetricRows = loadable<ComponentProps<typeof MetricRowsView>>(
  () => import('../../widgets/metric-rows.tsx').then((module) => module.MetricRows),
  () => <Skeleton className="h-96" />,
)

const MetricChange = loadable<ComponentProps<typeof MetricChangeView>>(
  () => import('../../widgets/metric-change.tsx').then((module) => module.MetricChange),
  () => <Skeleton className="h-96" />,
)

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

interface KnownProps {
  readonly metric: MetricEntry
}

interface FilledProps extends KnownProps, MetricWidgetProps {
  readonly explanation: ReturnType<typeof useExplanation>
}

function Known({ metric }: KnownProps) {
  useTitle('page', metric.name)
  const question = useQuestion()
  const askElse = useAskElse()
  const onOpen = useExplain()
  const options = many(useSearchText().option)
  const overview = useOverview().data
  const before = beforeFacts(question.period, overview?.first_day ?? null)
  const filled = overview?.empty === false && before === null
  const explanation = useExplanation(metric.id, numberAsked(question, { metric: metric.id, options }), overview?.empty === false)
  const asked = { metric, question, options, onOpen, explanation }
  return (
    <>
      <Head metric={metric} download={filled ? <Download {...asked} /> : null} />
      {filled ? (
        <Course {...asked} />
      ) : before !== null ? (
        <BeforeFacts day={before} period={question.period} onPeriod={(period) => askElse({ period })} />
      ) : (
        <NoFacts />
      )}
      <MetricDefinition metric={metric} filledFormula={explanation.data?.filled_formula ?? null} />
      <MetricDisagreements metric={metric} explanation={explanation.data} />
      <MetricSettings metric={metric} />
      {filled && <Rows {...asked} />}
    </>
  )
}

function NoFacts() {
  return (
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
  )
}

function Head({ metric, download }: KnownProps & { readonly download: ReactNode }) {
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-start justify-between gap-4">
        <h1 className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xl font-semibold">
          {metric.name}
          {metric.aliases.map((alias) => (
            <Tag key={alias}>{alias}</Tag>
          ))}
        </h1>
        {download}
      </div>
      <p className="max-w-[72ch] text-quiet">
        <Worded text={metric.says} mentions={metric.mentions} />
      </p>
    </div>
  )
}

/** Pieces of the course and dimension of the breakdown, as the address holds them. */
function useCut({ metric, question }: Pick<FilledProps, 'metric' | 'question'>) {
  const usual = usualGrain(question.period)
  const [grain, setGrain] = useParam('grain', usual)
  const [by, setBy] = useParam('by', metric.dimensions[0] ?? '')
  return { grain: isSeriesGrain(grain) ? grain : usual, setGrain, by, setBy }
}

function Download({ metric, question, options }: FilledProps) {
  const { grain, by } = useCut({ metric, question })
  return <MetricDownload metric={metric} question={question} options={options} grain={grain} by={by} />
}

/** The value now, over time, against before and apart by dimension. */
function Course({ explanation, ...asked }: FilledProps) {
  const { metric, question, options } = asked
  const carry = useCarried()
  const { grain, setGrain, by, setBy } = useCut(asked)
  const change = useChangeView(question.reported_on?.slice(0, 10) ?? '')
  return (
    <>
      <Now {...asked} explanation={explanation} />
      <MetricTree explanation={explanation.data} carry={carry} />
      <MetricSeries {...asked} grain={grain} onGrain={setGrain} />
      <MetricChange {...asked} {...change} carry={carry} />
      {metric.cohorts && <MetricCohorts {...asked} />}
      <MetricDistribution explanation={explanation.data} />
      <MetricMarks question={question} metric={metric} result={explanation.data?.result} />
      <Breakdown {...asked} options={options} says={ROLL_UPS[metric.roll_up]} by={by} onBy={setBy} />
    </>
  )
}

/** What the change is set against. A page that looks back at a report begins with that report. */
function useChangeView(reportedBefore: string): { view: ChangeView; onView: (change: Partial<ChangeView>) => void } {
  const [against, setAgainst] = useParam('against', reportedBefore === '' ? 'period' : 'report')
  const [reported, setReported] = useParam('was_reported', reportedBefore)
  const [by, setBy] = useParam('split')
  const onView = (change: Partial<ChangeView>): void => {
    if (change.against !== undefined) setAgainst(change.against)
    if (change.reported !== undefined) setReported(change.reported)
    if (change.by !== undefined) setBy(change.by)
  }
  return { view: { against: against === 'report' ? 'report' : 'period', reported, by }, onView }
}

function Now({ metric, question, options, explanation, onOpen }: FilledProps) {
  const setSearch = useSetSearch()
  const compared = comparedWith(question)
  const money = useMoney()
  return (
    <div className="flex flex-wrap items-start gap-x-12 gap-y-4">
      {explanation.isError ? (
        <Failure error={explanation.error} onRetry={() => void explanation.refetch()} onLonger={explanation.waitLonger} />
      ) : (
        <Metric
          name={formatPeriod(question.period)}
          says="Open the number: its formula, its rows and what changed"
          result={explanation.data?.result}
          better={metric.better}
          comparedWith={compared === null ? null : formatPeriod(compared)}
          note={explanation.data === undefined ? null : ofWhat(explanation.data.result, money)}
          onOpen={() => onOpen({ metric: metric.id, options })}
        />
      )}
      {(explanation.data?.result.value ?? 0) === 0 && <WantedFiles missing={metric.missing} className="self-center" />}
      {metric.options.length > 0 && <MetricOptions metric={metric} options={options} onOptions={(option) => setSearch({ option }, { replace: true })} />}
    </div>
  )
}

function Rows({ metric, question, options }: FilledProps) {
  const [part, setPart] = useParam('part', 'all')
  return <MetricRows metric={metric} question={question} options={options} part={part} onPart={setPart} onAccount={useOpenAccount()} />
}
