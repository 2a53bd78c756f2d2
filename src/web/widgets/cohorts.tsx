import { api } from '../api.ts'
import { useBookQuery } from '../book-query.ts'
import type { Cohort } from '../../contract/question.ts'
import { CohortGrid, cohortTable } from '../charts/cohort-grid.tsx'
import { Figure } from '../charts/figure.tsx'
import { formatShortPeriod } from '../format.ts'
import { useMoney } from '../money.ts'
import { Await } from '../ui/failure.tsx'
import { Section } from '../ui/page.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { GrainChoice } from './grain-choice.tsx'
import type { SeriesGrain } from './series-span.ts'
import type { WidgetProps } from './widget.ts'
import { useSeriesSpan } from './widget-answer.ts'

export type Of = 'customers' | 'mrr'

function sentenceOf(cohorts: readonly Cohort[], of: Of): string {
  const [first] = cohorts
  const last = first?.cells.findLast((cell) => cell.share !== null)
  if (first === undefined || last?.share === null || last === undefined) return 'No cohort has an age yet.'
  return `${cohorts.length} cohorts. Of the ${of === 'mrr' ? 'MRR' : 'customers'} that came in ${formatShortPeriod(first.period, true)}, ${Math.round(last.share * 100)} % are left after ${last.age} months.`
}

const OFS = [
  { value: 'customers', label: 'Customers' },
  { value: 'mrr', label: 'MRR' },
] as const

interface CohortsProps extends WidgetProps {
  /** What is kept. */
  readonly of: Of
  readonly onOf: (of: Of) => void
  /** Of the cohorts: who came in in the same month, quarter or year. */
  readonly grain: SeriesGrain
  readonly onGrain: (grain: SeriesGrain) => void
}

/** How much of each cohort is left with age. */
export function Cohorts({ question, of, onOf, grain, onGrain, onOpen, title }: CohortsProps) {
  const money = useMoney()
  const name = title ?? (of === 'mrr' ? 'MRR kept, by cohort' : 'Customers kept, by cohort')
  const asked = {
    ...useSeriesSpan(question.period, grain),
    grain,
    of,
    where: [...question.where],
    as_of: question.as_of,
    reported_on: question.reported_on,
  }
  const query = useBookQuery({ key: ['cohorts', asked], ask: (wait, signal) => api.cohorts({ query: { ...asked, ...wait } }, signal) })
  return (
    <Section
      title={name}
      says="Per cent of those who came in together that is left so many months after each came in"
      actions={
        <div className="mr-8 flex flex-wrap gap-2">
          <Segmented<Of> label="Cohorts of" value={of} onChange={onOf} choices={OFS} />
          <GrainChoice value={grain} onChange={onGrain} />
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
                onOpen={(cohort, age) => onOpen({ metric: 'cohort_retention', period: cohort.period, options: [`age=${age}`] })}
              />
            )}
          </Figure>
        )}
      </Await>
    </Section>
  )
}
