import { TimeSeries } from '../../charts/time-series.tsx'
import { useExplain } from '../../screen.ts'
import { Section } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Answered } from './answered.tsx'
import { RETENTION, useMoney, useScreenAnswer } from './board-data.ts'
import { useSeries } from './series.ts'

const NAMES: Record<string, string> = { nrr: 'Net revenue', grr: 'Gross revenue', customer_retention_rate: 'Customers' }

/** How much of what was there at the start of each piece is there at its end. */
export function Retention() {
  const { grain, from, until } = useSeries()
  const answer = useScreenAnswer(RETENTION, { from, until, grain, compare: undefined, interval: true })
  const { ids, of } = answer
  const explain = useExplain()
  const money = useMoney()
  return (
    <Section title={`Retention by ${grain}`} says={`What the customers of each ${grain}’s start are worth at its end; bands are 95 % intervals`}>
      <Answered answer={answer} skeleton={<Skeleton className="h-72" />}>
        {() => (
          <TimeSeries
            name={`Retention by ${grain}`}
            series={ids.map((id) => ({ id, name: NAMES[id] ?? id, results: of(id) }))}
            base={1}
            money={money}
            height={280}
            onOpen={(series, result) => explain({ metric: series.id, period: result.period })}
          />
        )}
      </Answered>
    </Section>
  )
}
