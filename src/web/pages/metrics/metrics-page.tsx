import { Link } from '@tanstack/react-router'
import type { MetricEntry } from '../../../contract/question.ts'
import { useCarried, useExplain, useParam, useQuestion } from '../../address.ts'
import { useCatalog, useOverview } from '../../api.ts'
import { counted, formatDay, formatPeriod } from '../../format.ts'
import { beforeFacts, comparedWith, type Question } from '../../question.ts'
import { useSettings } from '../../setting-data.ts'
import { Await } from '../../ui/failure.tsx'
import { TextInput } from '../../ui/field.tsx'
import { Page } from '../../ui/page.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { MetricList } from '../../widgets/metric-list.tsx'
import { searchMetrics } from '../../widgets/metric-search.ts'
import { reasonFor, shelvesOf, VIEWS, viewOf, type Shelf, type View } from '../../widgets/metric-views.ts'

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
  const [chosen, setView] = useParam('view', 'level')
  const question = useQuestion()
  const carry = useCarried()
  const explain = useExplain()
  const overview = useOverview().data
  const before = beforeFacts(question.period, overview?.first_day ?? null)
  const filled = overview?.empty === false && before === null
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
        <p className="text-quiet">{filled ? sayValues(question) : sayNone(question, before)}</p>
      </div>
      {found.length === 0 && <p className="text-quiet">No metric has "{typed}" in its name, its other names or its meaning.</p>}
      <MetricList
        question={question}
        shelves={found.length === 0 ? [] : shelves}
        metrics={metrics}
        filled={filled}
        businessType={searching || pack.all ? '' : pack.type}
        carry={carry}
        onOpen={explain}
      />
    </>
  )
}

function sayValues(question: Question): string {
  const before = comparedWith(question)
  return `Values for ${formatPeriod(question.period)}${before === null ? '' : `, change since ${formatPeriod(before)}`}`
}

const sayNone = ({ period }: Question, before: string | null): string =>
  before === null ? 'Values appear once facts are imported.' : `Your facts begin on ${formatDay(before)}: there are no values for ${formatPeriod(period)}.`

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
