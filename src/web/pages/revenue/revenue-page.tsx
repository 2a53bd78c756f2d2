import { useAskElse, useExplain, useOpenAccount, useParam, useQuestion } from '../../address.ts'
import { useCatalog, useDimensions, useOverview } from '../../api.ts'
import { beforeFacts, type Question } from '../../question.ts'
import { BeforeFacts } from '../../ui/before-facts.tsx'
import { loadable } from '../../ui/loadable.tsx'
import { Page } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Breakdown } from '../../widgets/breakdown.tsx'
import { Bridge } from '../../widgets/bridge.tsx'
import { Cohorts } from '../../widgets/cohorts.tsx'
import { LEADING } from '../../widgets/leading-metrics.ts'
import { Leading } from '../../widgets/leading.tsx'
import { EmptyWorkspace } from '../empty-workspace.tsx'
import type { MovementRows as MovementRowsView } from '../../widgets/movement-rows.tsx'
import { Movements } from '../../widgets/movements.tsx'
import { Retention } from '../../widgets/retention.tsx'
import { isSeriesGrain, usualGrain } from '../../widgets/series-span.ts'

// The table brings a library of its own and stands below what is seen first.
const MovementRows = loadable<Parameters<typeof MovementRowsView>[0]>(
  () => import('../../widgets/movement-rows.tsx').then((module) => module.MovementRows),
  () => <Skeleton className="h-96" />,
)

const BROKEN_DOWN = [
  'mrr',
  'net_new_mrr',
  'nrr',
  'grr',
  'customer_retention_rate',
  'logo_churn_rate',
  'arpa',
  'new_mrr',
  'expansion_mrr',
  'contraction_mrr',
  'churned_mrr',
  'net_revenue',
] as const

const WILL_BE_HERE: readonly (readonly [title: string, says: string])[] = [
  ['What recurring revenue did', 'MRR and ARR, what is new, what grew, what shrank and what left, month by month, always adding up.'],
  ['Whom you keep', 'Net and gross revenue retention, customer retention and churn with their intervals, by segment, owner or any attribute you import.'],
  [
    'Why each number is what it is',
    'Every figure opens into its definition, its formula with the numbers filled in, and the rows it was made of, down to the line of your file.',
  ],
]

/** What recurring revenue did in a period, and why: every number and every mark opens. */
export function RevenuePage() {
  const question = useQuestion()
  const askElse = useAskElse()
  const overview = useOverview().data
  const before = beforeFacts(question.period, overview?.first_day ?? null)
  if (overview?.empty === true) return <EmptyWorkspace title="Your revenue board will be here" willBeHere={WILL_BE_HERE} />
  if (before !== null)
    return (
      <Page>
        <BeforeFacts day={before} period={question.period} onPeriod={(period) => askElse({ period })} />
      </Page>
    )
  return <Board question={question} />
}

function Board({ question }: { readonly question: Question }) {
  const explain = useExplain()
  const openAccount = useOpenAccount()
  const usual = usualGrain(question.period)
  const [grainText, setGrain] = useParam('grain', usual)
  const grain = isSeriesGrain(grainText) ? grainText : usual
  const [piece, setPiece] = useParam('bridge')
  const [kept, setKept] = useParam('cohorts_of', 'customers')
  const [cohorts, setCohorts] = useParam('cohorts', 'month')
  const [kind, setKind] = useParam('kind')
  const asked = { question, onOpen: explain }
  return (
    <Page wide>
      <Leading {...asked} metrics={LEADING} />
      <div className="grid gap-x-10 gap-y-8 xl:grid-cols-2">
        <Bridge {...asked} grain={grain} piece={piece} onPiece={setPiece} />
        <Movements {...asked} grain={grain} onGrain={setGrain} />
      </div>
      <div className="grid gap-x-10 gap-y-8 xl:grid-cols-2">
        <Retention {...asked} grain={grain} />
        <BoardBreakdown question={question} />
      </div>
      <Cohorts {...asked} of={kept === 'mrr' ? 'mrr' : 'customers'} onOf={setKept} grain={isSeriesGrain(cohorts) ? cohorts : 'month'} onGrain={setCohorts} />
      <MovementRows question={question} kind={kind} onKind={setKind} onAccount={openAccount} />
    </Page>
  )
}

/** One of the board's metrics, by segment where accounts have one. */
function BoardBreakdown({ question }: { readonly question: Question }) {
  const explain = useExplain()
  const catalog = useCatalog().data
  const dimensions = (useDimensions().data ?? []).filter(({ of }) => of !== 'use')
  const first = dimensions.find(({ id }) => id === 'segment') ?? dimensions[0]
  const [by, setBy] = useParam('by', first?.id ?? '')
  const [of, setOf] = useParam('of', 'mrr')
  const metric = catalog?.get(of) ?? catalog?.get('mrr')
  if (metric === undefined || first === undefined) return null
  return (
    <Breakdown
      question={question}
      title="Breakdown"
      metric={metric}
      metrics={BROKEN_DOWN.flatMap((id) => catalog?.get(id) ?? [])}
      onMetric={setOf}
      options={[]}
      by={by}
      onBy={setBy}
      onOpen={explain}
    />
  )
}
