import { useOverview } from '../api.ts'
import { usualPeriod } from '../../kernel/usual-period.ts'
import { formatDay, formatPeriod } from '../format.ts'
import { useScreen, useSetScreen } from '../screen.ts'
import { isBeforeFacts } from '../search.ts'
import { Button } from './button.tsx'
import { EmptyState } from './empty-state.tsx'

/** The day on which the facts begin, when the period of the screen lies wholly before it. */
export function useBeforeFacts(): string | null {
  const { period } = useScreen()
  const firstDay = useOverview().data?.first_day ?? null
  return isBeforeFacts(period, firstDay) ? firstDay : null
}

/** In place of numbers of a time of which nothing is known: they would be zeros that nobody measured. */
export function BeforeFacts({ day }: { readonly day: string }) {
  const { period } = useScreen()
  const setScreen = useSetScreen()
  const overview = useOverview().data
  const usual = overview === undefined ? null : usualPeriod(overview)
  return (
    <EmptyState
      title={`Your facts begin on ${formatDay(day)}`}
      actions={
        usual !== null && (
          <Button look="primary" onClick={() => setScreen({ period: usual })}>
            Show {formatPeriod(usual)}
          </Button>
        )
      }
    >
      Nothing is known of {formatPeriod(period)}. Import files that reach further back to see it.
    </EmptyState>
  )
}
