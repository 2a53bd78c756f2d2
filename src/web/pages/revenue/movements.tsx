import type { Layer } from '../../charts/layout.ts'
import { MovementBars } from '../../charts/movement-bars.tsx'
import { useOverview } from '../../api.ts'
import { useExplain, useParam, useScreen } from '../../screen.ts'
import { Await } from '../../ui/failure.tsx'
import { Section } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { type SeriesGrain, GrainChoice } from './grain-choice.tsx'
import { BRIDGE, seriesPeriod, useScreenAnswer, usualGrain } from './board-data.ts'

const LAYERS: readonly [id: string, name: string, side: Layer['side']][] = [
  ['new_mrr', 'New', 'up'],
  ['expansion_mrr', 'Expansion', 'up'],
  ['reactivation_mrr', 'Reactivation', 'up'],
  ['churned_mrr', 'Churn', 'down'],
  ['contraction_mrr', 'Contraction', 'down'],
  ['fx_mrr', 'FX', 'flat'],
]

/** The grain of the series on the board, one for all of them. */
export function useSeries(): { grain: SeriesGrain; setGrain: (grain: string) => void; from: string; until: string } {
  const screen = useScreen()
  const overview = useOverview().data
  const usual = usualGrain(screen.period)
  const [chosen, setGrain] = useParam('grain', usual)
  const grain: SeriesGrain = chosen === 'quarter' || chosen === 'year' || chosen === 'month' ? chosen : 'month'
  return { grain, setGrain, ...seriesPeriod(screen.period, grain, overview?.first_day ?? null) }
}

export function Movements() {
  const { grain, setGrain, from, until } = useSeries()
  const { query, of } = useScreenAnswer(BRIDGE, { from, until, grain, compare: undefined })
  const explain = useExplain()
  const layers = LAYERS.map(([id, name, side]): Layer => ({ id, name, side, results: of(id) })).filter((layer) => layer.results.some((result) => result.value !== null && result.value !== 0))
  return (
    <Section title={`Movements by ${grain}`} says="What came and went; the ring is the net" actions={<div className="mr-8"><GrainChoice value={grain} onChange={setGrain} /></div>}>
      <Await query={query} skeleton={<Skeleton className="h-66" />}>
        {() => <MovementBars name={`MRR movements by ${grain}`} layers={layers} net={of('net_new_mrr')} onOpen={(result) => explain({ metric: result.metric, period: result.period })} />}
      </Await>
    </Section>
  )
}
