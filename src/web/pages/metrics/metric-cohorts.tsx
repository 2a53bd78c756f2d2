import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { MetricEntry } from '../../../contract/question.ts'
import { api, useLedgerState, useOverview } from '../../api.ts'
import { CohortGrid, cohortTable } from '../../charts/cohort-grid.tsx'
import { Figure } from '../../charts/figure.tsx'
import { useExplain, useScreen } from '../../screen.ts'
import { Await } from '../../ui/failure.tsx'
import { Section } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { seriesSpan } from './series-span.ts'

/** Those who began together, by how long ago: the same metric for each cohort as it grows older. */
export function MetricCohorts({ metric, options }: { readonly metric: MetricEntry; readonly options: readonly string[] }) {
  const screen = useScreen()
  const state = useLedgerState()
  const explain = useExplain()
  const span = seriesSpan(screen.period, 'month', useOverview().data?.first_day ?? null)
  const question = {
    from: span.from,
    until: span.until,
    grain: 'month' as const,
    where: [...screen.where],
    option: [...options],
    as_of: screen.as_of,
    reported_on: screen.reported_on,
  }
  const query = useQuery({
    queryKey: ['metric cohorts', state, metric.id, question],
    queryFn: ({ signal }) => api.metricCohorts({ params: { id: metric.id }, query: question }, signal),
    placeholderData: keepPreviousData,
  })
  return (
    <Section title="By cohort" says="Per cent of those who began together, so long after each began">
      <Await query={query} skeleton={<Skeleton className="h-60" />}>
        {({ unit, cohorts }) => (
          <Figure
            name={`${metric.name}, by cohort`}
            sentence={`${cohorts.length} cohorts by their age in ${unit}.`}
            table={cohortTable(cohorts, 'Began', unit)}
            height={0}
            tabular
          >
            {() => (
              <CohortGrid
                name={`${metric.name}, by cohort`}
                cohorts={cohorts}
                of="customers"
                currency=""
                unit={unit}
                base="Began"
                onOpen={(cohort) => explain({ metric: metric.id, period: cohort.period, options })}
              />
            )}
          </Figure>
        )}
      </Await>
    </Section>
  )
}
