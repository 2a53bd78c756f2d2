import type { MetricEntry } from '../../contract/question.ts'
import { useAnswer } from '../book-query.ts'
import { TimeSeries } from '../charts/time-series.tsx'
import { formatPeriod } from '../format.ts'
import { askOf } from '../question.ts'
import { Await } from '../ui/failure.tsx'
import { Button } from '../ui/button.tsx'
import { loadable } from '../ui/loadable.tsx'
import { Section } from '../ui/page.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { useMarks } from './metric-marks.tsx'
import { GrainChoice } from './grain-choice.tsx'
import type { SeriesGrain } from './series-span.ts'
import type { MetricWidgetProps } from './widget.ts'
import { useSeriesSpan } from './widget-answer.ts'

const HEIGHT = 260

const AddNote = loadable<{ metric: MetricEntry }>(
  () => import('./add-note.tsx').then((module) => module.AddNote),
  (_, onPress) => (
    <Button size="small" onClick={onPress}>
      Add a note
    </Button>
  ),
)

interface MetricSeriesProps extends MetricWidgetProps {
  readonly metric: MetricEntry
  readonly grain: SeriesGrain
  readonly onGrain: (grain: SeriesGrain) => void
}

/** The course of a metric up to the end of the period, with its interval; each point opens. */
export function MetricSeries({ question, metric, options, grain, onGrain, onOpen, title }: MetricSeriesProps) {
  const span = useSeriesSpan(question.period, grain)
  const query = useAnswer({
    metric: [metric.id],
    ...askOf({ ...question, period: span, compare: 'none' }),
    by: [],
    grain,
    interval: 'true',
    option: [...options],
  })
  const marks = useMarks(metric.id, span, question.reported_on).data
  return (
    <Section
      title={title ?? 'Over time'}
      says={`${formatPeriod(span)}, one value a ${grain}`}
      actions={
        <div className="flex items-center gap-2 pr-8">
          <AddNote metric={metric} />
          <GrainChoice value={grain} onChange={onGrain} />
        </div>
      }
    >
      <Await query={query} skeleton={<Skeleton className="h-65" />}>
        {({ results }) => (
          <TimeSeries
            name={title ?? metric.name}
            series={[{ id: metric.id, name: metric.name.length > 18 ? 'Value' : metric.name, results }]}
            height={HEIGHT}
            {...(marks === undefined ? {} : { beside: { targets: marks.targets.filter(({ segment }) => segment === ''), notes: marks.notes } })}
            onOpen={(_, result) => onOpen({ metric: metric.id, period: result.period, options })}
          />
        )}
      </Await>
    </Section>
  )
}
