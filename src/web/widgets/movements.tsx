import type { Layer } from '../charts/layout.ts'
import { MovementBars } from '../charts/movement-bars.tsx'
import { Section } from '../ui/page.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { GrainChoice } from './grain-choice.tsx'
import { Answered } from './answered.tsx'
import { BRIDGE } from './bridge-steps.ts'
import type { SeriesGrain } from './series-span.ts'
import type { WidgetProps } from './widget.ts'
import { useSeriesSpan, useWidgetAnswer } from './widget-answer.ts'

const LAYERS: readonly [id: string, name: string, side: Layer['side']][] = [
  ['new_mrr', 'New', 'up'],
  ['expansion_mrr', 'Expansion', 'up'],
  ['reactivation_mrr', 'Reactivation', 'up'],
  ['churned_mrr', 'Churn', 'down'],
  ['contraction_mrr', 'Contraction', 'down'],
  ['fx_mrr', 'FX', 'flat'],
]

export interface SeriesProps extends WidgetProps {
  readonly grain: SeriesGrain
  readonly onGrain: (grain: SeriesGrain) => void
}

/** What came and what went in each piece of the time. */
export function Movements({ question, grain, onGrain, onOpen, title = `Movements by ${grain}` }: SeriesProps) {
  const answer = useWidgetAnswer(question, BRIDGE, { ...useSeriesSpan(question.period, grain), grain, compare: 'previous' })
  const { of } = answer
  const layers = LAYERS.map(([id, name, side]): Layer => ({ id, name, side, results: of(id) })).filter((layer) =>
    layer.results.some((result) => result.value !== null && result.value !== 0),
  )
  return (
    <Section
      title={title}
      says="What came and went; the ring is the net"
      actions={
        <div className="mr-8">
          <GrainChoice value={grain} onChange={onGrain} />
        </div>
      }
    >
      <Answered answer={answer} skeleton={<Skeleton className="h-66" />}>
        {() => (
          <MovementBars
            name={`MRR ${title.charAt(0).toLowerCase()}${title.slice(1)}`}
            layers={layers}
            net={of('net_new_mrr')}
            onOpen={(result) => onOpen({ metric: result.metric, period: result.period })}
          />
        )}
      </Answered>
    </Section>
  )
}
