import type { MetricEntry } from '../../contract/question.ts'
import { api } from '../api.ts'
import { useBookQuery } from '../book-query.ts'
import { CohortGrid, cohortTable } from '../charts/cohort-grid.tsx'
import { Figure } from '../charts/figure.tsx'
import { Await } from '../ui/failure.tsx'
import { Section } from '../ui/page.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import type { MetricWidgetProps } from './widget.ts'
import { useSeriesSpan } from './widget-answer.ts'

/** Those who began together, by how long ago: the same metric for each cohort as it grows older. */
export function MetricCohorts({ question, metric, options, onOpen, title }: MetricWidgetProps & { readonly metric: MetricEntry }) {
  const name = title ?? `${metric.name}, by cohort`
  const span = useSeriesSpan(question.period, 'month')
  const asked = {
    from: span.from,
    until: span.until,
    grain: 'month' as const,
    where: [...question.where],
    option: [...options],
    as_of: question.as_of,
    reported_on: question.reported_on,
  }
  const query = useBookQuery({
    key: ['metric cohorts', metric.id, asked],
    ask: (wait, signal) => api.metricCohorts({ params: { id: metric.id }, query: { ...asked, ...wait } }, signal),
  })
  return (
    <Section title={title ?? 'By cohort'} says="Per cent of those who began together, so long after each began">
      <Await query={query} skeleton={<Skeleton className="h-60" />}>
        {({ unit, cohorts }) => (
          <Figure name={name} sentence={`${cohorts.length} cohorts by their age in ${unit}.`} table={cohortTable(cohorts, 'Began', unit)} height={0} tabular>
            {() => (
              <CohortGrid
                name={name}
                cohorts={cohorts}
                of="customers"
                currency=""
                unit={unit}
                base="Began"
                onOpen={(cohort) => onOpen({ metric: metric.id, period: cohort.period, options })}
              />
            )}
          </Figure>
        )}
      </Await>
    </Section>
  )
}
