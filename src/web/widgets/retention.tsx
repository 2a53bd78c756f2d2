import { TimeSeries } from '../charts/time-series.tsx'
import { useMoney } from '../money.ts'
import { Section } from '../ui/page.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Answered } from './answered.tsx'
import type { SeriesGrain } from './series-span.ts'
import type { WidgetProps } from './widget.ts'
import { useSeriesSpan, useWidgetAnswer } from './widget-answer.ts'

const RETENTION = ['nrr', 'grr', 'customer_retention_rate'] as const

const NAMES: Record<string, string> = { nrr: 'Net revenue', grr: 'Gross revenue', customer_retention_rate: 'Customers' }

/** How much of what was there at the start of each piece is there at its end. */
export function Retention({ question, grain, onOpen, title = `Retention by ${grain}` }: WidgetProps & { readonly grain: SeriesGrain }) {
  const answer = useWidgetAnswer(question, RETENTION, { ...useSeriesSpan(question.period, grain), grain, compare: undefined, interval: true })
  const { ids, of } = answer
  const money = useMoney()
  return (
    <Section title={title} says={`What the customers of each ${grain}’s start are worth at its end; bands are 95 % intervals`}>
      <Answered answer={answer} skeleton={<Skeleton className="h-72" />}>
        {() => (
          <TimeSeries
            name={title}
            series={ids.map((id) => ({ id, name: NAMES[id] ?? id, results: of(id) }))}
            base={1}
            money={money}
            height={280}
            onOpen={(series, result) => onOpen({ metric: series.id, period: result.period })}
          />
        )}
      </Answered>
    </Section>
  )
}
