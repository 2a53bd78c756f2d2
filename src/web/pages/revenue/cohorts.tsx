import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { api, useLedgerState, useOverview } from '../../api.ts'
import { CohortGrid } from '../../charts/cohort-grid.tsx'
import { formatPiece } from '../../format.ts'
import { useExplain, useParam, useScreen } from '../../screen.ts'
import { IconButton } from '../../ui/button.tsx'
import { saveCsv, toCsv } from '../../ui/csv.ts'
import { Await } from '../../ui/failure.tsx'
import { Section } from '../../ui/page.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { GrainChoice, type SeriesGrain } from './grain-choice.tsx'
import { seriesPeriod, useMoney } from './board-data.ts'

type Of = 'customers' | 'mrr'

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
  const question = { ...seriesPeriod(screen.period, grain, overview?.first_day ?? null), grain, of, where: [...screen.where], as_of: screen.as_of, reported_on: screen.reported_on }
  const query = useQuery({ queryKey: ['cohorts', state, question], queryFn: ({ signal }) => api.cohorts({ query: question }, signal), placeholderData: keepPreviousData })
  const save = (): void => {
    const cohorts = query.data?.cohorts ?? []
    const ages = Math.max(0, ...cohorts.map((cohort) => cohort.cells.length))
    saveCsv(
      `cohorts-${of}-by-${grain}.csv`,
      toCsv(['cohort', 'base', ...Array.from({ length: ages }, (_, age) => `age_${age}`)], cohorts.map((cohort) => [formatPiece(cohort.period, true), cohort.base, ...Array.from({ length: ages }, (_, age) => cohort.cells[age]?.share ?? null)])),
    )
  }
  return (
    <Section
      title={of === 'mrr' ? 'MRR kept, by cohort' : 'Customers kept, by cohort'}
      says={`Per cent of those who came in a ${grain} that is left so many ${grain}s later`}
      actions={
        <>
          <Segmented<Of> label="Cohorts of" value={of} onChange={setOf} choices={[{ value: 'customers', label: 'Customers' }, { value: 'mrr', label: 'MRR' }]} />
          <GrainChoice value={grain} onChange={setGrain} />
          <IconButton label="Download the cohorts as CSV" size="small" onClick={save}>
            <Download aria-hidden size={14} />
          </IconButton>
        </>
      }
    >
      <Await query={query} skeleton={<Skeleton className="h-80" />}>
        {(data) => (
          <CohortGrid
            name={`${of === 'mrr' ? 'MRR' : 'Customers'} kept by cohort`}
            cohorts={data.cohorts}
            of={of}
            grain={grain}
            currency={money}
            onOpen={(cohort, age) => explain({ metric: 'cohort_retention', period: cohort.period, options: [`age=${age}`, `of=${of}`, `grain=${grain}`] })}
          />
        )}
      </Await>
    </Section>
  )
}
