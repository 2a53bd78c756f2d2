import { addDays, addMonths, daysBetween } from '../../../kernel/period.ts'
import { formatDay } from '../../format.ts'
import { Button } from '../../ui/button.tsx'

interface DaysProps {
  readonly day: string
  readonly days: { readonly first: string; readonly last: string }
  readonly onChange: (day: string) => void
}

const within = (day: string, { first, last }: DaysProps['days']): string => (day < first ? first : day > last ? last : day)

/** Rolls the map back and forth in time. */
export function MapDays({ day, days, onChange }: DaysProps) {
  const to = (next: string): void => onChange(within(next, days))
  return (
    <div className="flex flex-wrap items-center gap-2" role="group" aria-label="Day of the map">
      <Button onClick={() => to(addMonths(day, -1))} disabled={day <= days.first}>
        A month back
      </Button>
      <input
        type="range"
        aria-label="Day"
        aria-valuetext={formatDay(day)}
        className="w-40 accent-accent md:w-64"
        min={0}
        max={Math.max(1, daysBetween(days.first, days.last))}
        value={daysBetween(days.first, day)}
        onChange={(event) => to(addDays(days.first, Number(event.currentTarget.value)))}
      />
      <Button onClick={() => to(addMonths(day, 1))} disabled={day >= days.last}>
        A month on
      </Button>
      <span className="num text-quiet">{formatDay(day)}</span>
    </div>
  )
}
