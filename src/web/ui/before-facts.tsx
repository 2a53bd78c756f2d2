import type { Period } from '../../kernel/period.ts'
import { usualPeriod } from '../../kernel/usual-period.ts'
import { useOverview } from '../api.ts'
import { formatDay, formatPeriod } from '../format.ts'
import { Button } from './button.tsx'
import { EmptyState } from './empty-state.tsx'

interface BeforeFactsProps {
  /** On which the facts begin. */
  readonly day: string
  readonly period: Period
  readonly onPeriod: (period: Period) => void
}

/** In place of numbers of a time of which nothing is known: they would be zeros that nobody measured. */
export function BeforeFacts({ day, period, onPeriod }: BeforeFactsProps) {
  const overview = useOverview().data
  const usual = overview === undefined ? null : usualPeriod(overview)
  return (
    <EmptyState
      title={`Your facts begin on ${formatDay(day)}`}
      actions={
        usual !== null && (
          <Button look="primary" onClick={() => onPeriod(usual)}>
            Show {formatPeriod(usual)}
          </Button>
        )
      }
    >
      Nothing is known of {formatPeriod(period)}. Import files that reach further back to see it.
    </EmptyState>
  )
}
