import { useOverview } from '../../api.ts'
import { useParam, useScreen } from '../../screen.ts'
import { seriesPeriod, usualGrain } from './board-data.ts'
import type { SeriesGrain } from './grain-choice.tsx'

/** The grain of the series on the board, one for all of them. */
export function useSeries(): { grain: SeriesGrain; setGrain: (grain: string) => void; from: string; until: string } {
  const screen = useScreen()
  const overview = useOverview().data
  const usual = usualGrain(screen.period)
  const [chosen, setGrain] = useParam('grain', usual)
  const grain: SeriesGrain = chosen === 'quarter' || chosen === 'year' || chosen === 'month' ? chosen : 'month'
  return { grain, setGrain, ...seriesPeriod(screen.period, grain, overview?.first_day ?? null) }
}
