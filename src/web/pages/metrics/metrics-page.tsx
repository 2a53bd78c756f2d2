import { DIRECTIONS } from '../../../kernel/words/metrics.ts'
import { Link } from '@tanstack/react-router'
import { ArrowDown, ArrowUp, Equal } from 'lucide-react'
import { useMemo } from 'react'
import type { MetricEntry, Result } from '../../../contract/question.ts'
import { useAnswer, useCatalog, useOverview } from '../../api.ts'
import { counted, formatChange, formatDay, formatPeriod, unitName } from '../../format.ts'
import { useMoney } from '../../money.ts'
import { keepScreen, useExplain, useParam, useScreen, useSearchText } from '../../screen.ts'
import { askOf, comparedWith } from '../../search.ts'
import { useBeforeFacts } from '../../ui/before-facts.tsx'
import { Await, Failure } from '../../ui/failure.tsx'
import { TextInput } from '../../ui/field.tsx'
import { coverageOf, Flags, Value } from '../../ui/metric.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { WantedFiles } from '../../ui/wanted-files.tsx'
import { useSettings } from '../settings/setting-data.ts'
import { searchMetrics, type FoundMetric } from './metric-search.ts'
import { LEADING, reasonFor, shelvesOf, VIEWS, viewOf, type Shelf, type View } from './metric-views.ts'

const SIGNS = { up: ArrowUp, down: ArrowDown, context: Equal }

/** Which way is good, as a sign with its words. */
export function Direction({ better }: { readonly better: MetricEntry['better'] }) {
  const Icon = SIGNS[better]
  const says = DIRECTIONS[better].label
  return (
    <span className="inline-flex items-center gap-1 text-quiet" title={says}>
      <Icon aria-hidden size={12} />
      <span className="sr-only">{says}</span>
    </span>
  )
}

/** Every metric with its meaning and its value for the period that is shown. */
export function MetricsPage() {
  const query = useCatalog()
  return (
    <Page>
      <Await query={query} skeleton={<Skeleton className="h-96" />}>
        {(catalog) => <Catalog metrics={[...catalog.values()]} />}
      </Await>
    </Page>
  )
}

const byMetric = (results: readonly Result[]): ReadonlyMap<string, Result> => new Map(results.map((result) => [result.metric, result]))

function Catalog({ metrics }: { readonly metrics: readonly MetricEntry[] }) {
  const [typed, setTyped] = useParam('find')
  const screen = useScreen()
  const firstDay = useBeforeFacts()
  const filled = useOverview().data?.empty === false && firstDay === null
  // The few that are looked at first are answered at once; all of them take longer, and may.
  const leading = useAnswer({ metric: LEADING.filter((id) => metrics.some((metric) => metric.id === id)), ...askOf(screen), by: [], option: [] }, filled)
  const answer = useAnswer({ metric: metrics.map((metric) => metric.id), ...askOf({ ...screen, compare: 'none' }), by: [], option: [], seconds: 60 }, filled)
  // What it was before costs as much again: the values do not wait for it.
  const compared = useAnswer(
    { metric: metrics.map((metric) => metric.id), ...askOf(screen), by: [], option: [], seconds: 60 },
    filled && screen.compare !== 'none' && answer.data !== undefined && !answer.isPlaceholderData,
  )
  const first = leading.isPlaceholderData ? undefined : leading.data?.results
  const values = useMemo(() => byMetric([...(answer.data?.results ?? []), ...(first ?? [])]), [answer.data, first])
  const changes = useMemo(
    () => byMetric(screen.compare === 'none' ? [] : [...(compared.isPlaceholderData ? [] : (compared.data?.results ?? [])), ...(first ?? [])]),
    [compared, first, screen.compare],
  )
  const before = comparedWith(screen)
  const [chosen, setView] = useParam('view', 'level')
  const view = viewOf(chosen)
  const pack = usePack(metrics)
  const searching = typed.trim() !== ''
  const found = searchMetrics(searching || pack.all ? metrics : pack.metrics, typed)
  const shelves: Shelf[] = searching
    ? [{ level: 'found', title: `${counted(found.length, 'metric')} found`, kinds: [{ kind: 'found', title: '', metrics: found }] }]
    : shelvesOf(view, found)
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <TextInput
          type="search"
          aria-label="Find a metric"
          placeholder="Name, other name or meaning"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          className="max-w-96"
        />
        <Select<View> label="View" prefix="By" value={view} choices={VIEWS} onChange={setView} />
        <PackChoice pack={pack} total={metrics.length} />
        <p className="text-quiet">
          {filled
            ? `Values for ${formatPeriod(screen.period)}${before === null ? '' : `, change since ${formatPeriod(before)}`}`
            : firstDay === null
              ? 'Values appear once facts are imported.'
              : `Your facts begin on ${formatDay(firstDay)}: there are no values for ${formatPeriod(screen.period)}.`}
        </p>
      </div>
      {answer.isError && <Failure error={answer.error} onRetry={() => void answer.refetch()} />}
      {found.length === 0 && <p className="text-quiet">No metric has "{typed}" in its name, its other names or its meaning.</p>}
      {found.length > 0 &&
        shelves.map((group) => (
          <Level
            key={group.level}
            group={group}
            values={values}
            changes={changes}
            waiting={filled && answer.isPending}
            businessType={searching || pack.all ? '' : pack.type}
          />
        ))}
    </>
  )
}

interface Pack {
  readonly type: string
  readonly name: string
  readonly metrics: readonly MetricEntry[]
  /** All metrics are shown, not only those of the pack. */
  readonly all: boolean
  readonly setAll: (all: boolean) => void
}

/** What the business type of the workspace looks at first. */
function usePack(metrics: readonly MetricEntry[]): Pack {
  const type = useSettings().data?.find(({ key }) => key === 'business_type')?.value ?? 'all'
  const [shown, setShown] = useParam('show', 'first')
  const first = metrics.filter((metric) => reasonFor(metric, type) !== null)
  const name = first[0]?.packs.find((pack) => pack.business_type === type)?.name ?? ''
  return { type, name, metrics: first, all: first.length === 0 || shown === 'all', setAll: (all) => setShown(all ? 'all' : 'first') }
}

/** The metrics of the business type, or all of them; without a type the way to choose one. */
function PackChoice({ pack: { name, metrics, all, setAll }, total }: { readonly pack: Pack; readonly total: number }) {
  if (metrics.length === 0)
    return (
      <Link to="/settings" hash="business_type" className="text-quiet underline decoration-edge underline-offset-3 hover:decoration-ink">
        Choose what suits your business
      </Link>
    )
  return (
    <Segmented
      label="Which metrics"
      value={all ? 'all' : 'first'}
      choices={[
        { value: 'first', label: `${name} ${metrics.length}` },
        { value: 'all', label: `All ${total}` },
      ]}
      onChange={(value) => setAll(value === 'all')}
    />
  )
}

interface LevelProps {
  readonly group: Shelf
  readonly values: ReadonlyMap<string, Result>
  readonly changes: ReadonlyMap<string, Result>
  readonly waiting: boolean
  /** Whose reasons are told; '' for none. */
  readonly businessType: string
}

function Level({ group, values, changes, waiting, businessType }: LevelProps) {
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
              />
            ))}
          </tbody>
        ))}
      </table>
    </Section>
  )
}

interface RowProps {
  readonly found: FoundMetric
  readonly result: Result | undefined
  /** The same with what it was in the period compared with, once that is known. */
  readonly before: Result | undefined
  readonly waiting: boolean
  readonly reason: string | null
}

function Row({ found: { metric, by }, result, before, waiting, reason }: RowProps) {
  const money = useMoney()
  const search = useSearchText()
  return (
    <tr className="border-t border-line align-top">
      <th scope="row" className="py-2 pr-4">
        <Link to="/metrics/$id" params={{ id: metric.id }} search={keepScreen(search)} className="font-medium underline-offset-3 hover:underline">
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
        <RowValue metric={metric} result={result} before={before} waiting={waiting} />
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
function RowValue({ metric, result, before, waiting }: Pick<RowProps, 'result' | 'before' | 'waiting'> & { readonly metric: MetricEntry }) {
  const explain = useExplain()
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
      onClick={() => explain({ metric: metric.id })}
      aria-label={`${metric.name}: explain`}
      className="num inline-flex flex-col items-end rounded-md px-2 py-1 font-medium hover:bg-hover"
    >
      <Value result={result} />
      <RowChange result={result} before={before} />
      <Flags flags={result.flags} />
    </button>
  )
}
