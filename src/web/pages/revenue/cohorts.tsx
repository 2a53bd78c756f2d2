import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, useLedgerState, useOverview } from '../../api.ts'
import type { Cohort } from '../../../contract/question.ts'
import { CohortGrid, cohortTable } from '../../charts/cohort-grid.tsx'
import { Figure } from '../../charts/figure.tsx'
import { formatPiece } from '../../format.ts'
import { useExplain, useParam, useScreen } from '../../screen.ts'
import { Await } from '../../ui/failure.tsx'
import { Section } from '../../ui/page.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { GrainChoice, type SeriesGrain } from './grain-choice.tsx'
import { seriesPeriod, useMoney } from './board-data.ts'

type Of = 'customers' | 'mrr'

function sentenceOf(cohorts: readonly Cohort[], of: Of): string {
  const [first] = cohorts
  const last = first?.cells.findLast((cell) => cell.share !== null)
  if (first === undefined || last?.share === null || last === undefined) return 'No cohort has an age yet.'
  return `${cohorts.length} cohorts. Of the ${of === 'mrr' ? 'MRR' : 'customers'} that came in ${formatPiece(first.period, true)}, ${Math.round(last.share * 100)} % are left after ${last.age} months.`
}

const OFS = [
  { value: 'customers', label: 'Customers' },
  { value: 'mrr', label: 'MRR' },
] as const

/** How much of each cohort is left with age. */
export function Cohorts() {
  const screen = useScreen()
  const overview = useOverview().data
  const state = useLedgerState()
  const [ofText, setOf] = useParam('cohorts_of', 'customers')
  const [grainText, setGrain] = useParam('cohorts', 'month')
  const of: Of = ofText === 'mrr' ? 'mrr' : 'customers'
  const grain: SeriesGrain = grainText === 'quarter' || grainText === 'year' ? grainText : 'month'
  const explain = useExplain()
  const money = useMoney()
  const name = of === 'mrr' ? 'MRR kept, by cohort' : 'Customers kept, by cohort'
  const question = {
    ...seriesPeriod(screen.period, grain, overview?.first_day ?? null),
    grain,
    of,
    where: [...screen.where],
    as_of: screen.as_of,
    reported_on: screen.reported_on,
  }
  const query = useQuery({
    queryKey: ['cohorts', state, question],
    queryFn: ({ signal }) => api.cohorts({ query: question }, signal),
    placeholderData: keepPreviousData,
  })
  return (
    <Section
      title={name}
      says="Per cent of those who came in together that is left so many months after each came in"
      actions={
        <div className="mr-8 flex flex-wrap gap-2">
          <Segmented<Of> label="Cohorts of" value={of} onChange={setOf} choices={OFS} />
          <GrainChoice value={grain} onChange={setGrain} />
        </div>
      }
    >
      <Await query={query} skeleton={<Skeleton className="h-80" />}>
        {(data) => (
          <Figure name={name} sentence={sentenceOf(data.cohorts, of)} table={cohortTable(data.cohorts, 'Base', 'months')} height={0} tabular>
            {() => (
              <CohortGrid
                name={name}
                cohorts={data.cohorts}
                of={of}
                currency={money}
                onOpen={(cohort, age) => explain({ metric: 'cohort_retention', period: cohort.period, options: [`age=${age}`] })}
              />
            )}
          </Figure>
        )}
      </Await>
    </Section>
  )
}
