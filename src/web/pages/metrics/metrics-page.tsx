import { Link } from '@tanstack/react-router'
import { ArrowDown, ArrowUp, Equal } from 'lucide-react'
import { useMemo } from 'react'
import type { MetricEntry, Result } from '../../../contract/question.ts'
import { useAnswer, useCatalog, useOverview } from '../../api.ts'
import { counted, formatPeriod } from '../../format.ts'
import { keepScreen, useExplain, useParam, useScreen, useSearchText } from '../../screen.ts'
import { askOf } from '../../search.ts'
import { Await, Failure } from '../../ui/failure.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Flags, Value } from '../../ui/metric.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { groupMetrics, searchMetrics, type FoundMetric, type LevelGroup } from './metric-search.ts'

const DIRECTIONS = {
  up: { Icon: ArrowUp, says: 'Higher is better' },
  down: { Icon: ArrowDown, says: 'Lower is better' },
  context: { Icon: Equal, says: 'Better depends on the context' },
}

/** Which way is good, as a sign with its words. */
export function Direction({ better }: { readonly better: MetricEntry['better'] }) {
  const { Icon, says } = DIRECTIONS[better]
  return (
    <span className="inline-flex items-center gap-1 text-quiet" title={says}>
      <Icon aria-hidden size={12} />
      <span className="sr-only">{says}</span>
    </span>
  )
}
export const directionWords = (better: MetricEntry['better']): string => DIRECTIONS[better].says

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

function Catalog({ metrics }: { readonly metrics: readonly MetricEntry[] }) {
  const [typed, setTyped] = useParam('find')
  const screen = useScreen()
  const filled = useOverview().data?.empty === false
  const answer = useAnswer({ metric: metrics.map((metric) => metric.id), ...askOf({ ...screen, compare: 'none' }), by: [], option: [] }, filled)
  const values = useMemo(() => new Map(answer.data?.results.map((result) => [result.metric, result]) ?? []), [answer.data])
  const found = searchMetrics(metrics, typed)
  const groups: LevelGroup[] =
    typed.trim() === ''
      ? groupMetrics(found)
      : [{ level: 'found', title: `${counted(found.length, 'metric')} found`, kinds: [{ kind: 'found', title: '', metrics: found }] }]
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
        <p className="text-quiet">{filled ? `Values for ${formatPeriod(screen.period)}` : 'Values appear once facts are imported.'}</p>
      </div>
      {answer.isError && <Failure error={answer.error} onRetry={() => void answer.refetch()} />}
      {found.length === 0 && <p className="text-quiet">No metric has "{typed}" in its name, its other names or its meaning.</p>}
      {found.length > 0 && groups.map((group) => <Level key={group.level} group={group} values={values} waiting={filled && answer.isPending} />)}
    </>
  )
}

function Level({ group, values, waiting }: { readonly group: LevelGroup; readonly values: ReadonlyMap<string, Result>; readonly waiting: boolean }) {
  return (
    <Section title={group.title}>
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
              <Row key={found.metric.id} found={found} result={values.get(found.metric.id)} waiting={waiting} />
            ))}
          </tbody>
        ))}
      </table>
    </Section>
  )
}

function Row({ found: { metric, by }, result, waiting }: { readonly found: FoundMetric; readonly result: Result | undefined; readonly waiting: boolean }) {
  const explain = useExplain()
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
      <td className="py-2 pr-4 text-quiet max-md:hidden">{metric.says}</td>
      <td className="py-1 text-right">
        {result === undefined ? (
          waiting && <Skeleton className="mt-1.5 ml-auto h-4 w-16" />
        ) : (
          <button
            type="button"
            onClick={() => explain({ metric: metric.id })}
            aria-label={`${metric.name}: explain`}
            className="num inline-flex flex-col items-end rounded-md px-2 py-1 font-medium hover:bg-hover"
          >
            <Value result={result} />
            <Flags flags={result.flags} />
          </button>
        )}
      </td>
      <td className="py-2 pl-2 text-right text-sm leading-5 text-quiet">
        <span className="max-md:hidden">{metric.unit.replaceAll('_', ' ')} </span>
        <Direction better={metric.better} />
      </td>
    </tr>
  )
}
