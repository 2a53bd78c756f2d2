import type { MetricEntry } from '../../../contract/question.ts'
import { useAnswer, useOverview } from '../../api.ts'
import { TimeSeries } from '../../charts/time-series.tsx'
import { formatPeriod } from '../../format.ts'
import { useExplain, useParam, useScreen } from '../../screen.ts'
import { askOf } from '../../search.ts'
import { Await } from '../../ui/failure.tsx'
import { Section } from '../../ui/page.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { AddNote } from './add-note.tsx'
import { useMarks } from './metric-marks.tsx'
import { isSeriesGrain, seriesSpan, usualGrain } from './series-span.ts'

const HEIGHT = 260
const GRAINS = [
  { value: 'month', label: 'Months' },
  { value: 'quarter', label: 'Quarters' },
  { value: 'year', label: 'Years' },
] as const

/** The course of a metric up to the end of the period, with its interval; each point opens. */
export function MetricSeries({ metric, options }: { readonly metric: MetricEntry; readonly options: readonly string[] }) {
  const screen = useScreen()
  const explain = useExplain()
  const usual = usualGrain(screen.period)
  const [chosen, setChosen] = useParam('grain', usual)
  const grain = isSeriesGrain(chosen) ? chosen : usual
  const span = seriesSpan(screen.period, grain, useOverview().data?.first_day ?? null)
  const query = useAnswer({
    metric: [metric.id],
    ...askOf({ ...screen, period: span, compare: 'none' }),
    by: [],
    grain,
    interval: 'true',
    option: [...options],
  })
  const marks = useMarks(metric.id, span).data
  return (
    <Section
      title="Over time"
      says={`${formatPeriod(span)}, one value a ${grain}`}
      actions={
        <div className="flex items-center gap-2 pr-8">
          <AddNote metric={metric} />
          <Segmented label="Cut into" value={grain} choices={GRAINS} onChange={setChosen} />
        </div>
      }
    >
      <Await query={query} skeleton={<Skeleton className="h-65" />}>
        {({ results }) => (
          <TimeSeries
            name={metric.name}
            series={[{ id: metric.id, name: metric.name.length > 18 ? 'Value' : metric.name, results }]}
            height={HEIGHT}
            {...(marks === undefined ? {} : { beside: { targets: marks.targets.filter(({ segment }) => segment === ''), notes: marks.notes } })}
            onOpen={(_, result) => explain({ metric: metric.id, period: result.period, options })}
          />
        )}
      </Await>
    </Section>
  )
}
