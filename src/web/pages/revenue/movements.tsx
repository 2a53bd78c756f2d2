import type { Layer } from '../../charts/layout.ts'
import { MovementBars } from '../../charts/movement-bars.tsx'
import { useExplain } from '../../screen.ts'
import { Section } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { GrainChoice } from './grain-choice.tsx'
import { Answered } from './answered.tsx'
import { BRIDGE, useScreenAnswer } from './board-data.ts'
import { useSeries } from './series.ts'

const LAYERS: readonly [id: string, name: string, side: Layer['side']][] = [
  ['new_mrr', 'New', 'up'],
  ['expansion_mrr', 'Expansion', 'up'],
  ['reactivation_mrr', 'Reactivation', 'up'],
  ['churned_mrr', 'Churn', 'down'],
  ['contraction_mrr', 'Contraction', 'down'],
  ['fx_mrr', 'FX', 'flat'],
]

export function Movements() {
  const { grain, setGrain, from, until } = useSeries()
  const answer = useScreenAnswer(BRIDGE, { from, until, grain, compare: 'previous' })
  const { of } = answer
  const explain = useExplain()
  const layers = LAYERS.map(([id, name, side]): Layer => ({ id, name, side, results: of(id) })).filter((layer) =>
    layer.results.some((result) => result.value !== null && result.value !== 0),
  )
  return (
    <Section
      title={`Movements by ${grain}`}
      says="What came and went; the ring is the net"
      actions={
        <div className="mr-8">
          <GrainChoice value={grain} onChange={setGrain} />
        </div>
      }
    >
      <Answered answer={answer} skeleton={<Skeleton className="h-66" />}>
        {() => (
          <MovementBars
            name={`MRR movements by ${grain}`}
            layers={layers}
            net={of('net_new_mrr')}
            onOpen={(result) => explain({ metric: result.metric, period: result.period })}
          />
        )}
      </Answered>
    </Section>
  )
}
