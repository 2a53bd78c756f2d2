import { previous, yearBefore } from '../../kernel/period.ts'
import { formatPeriod } from '../format.ts'
import { useScreen, useSetScreen } from '../screen.ts'
import type { Compare } from '../search.ts'
import { Select } from '../ui/select.tsx'

/** What changes are measured against. Each choice names its period. */
export function ComparePicker() {
  const { period, compare } = useScreen()
  const setScreen = useSetScreen()
  return (
    <Select<Compare>
      label="Compare"
      prefix={compare === 'none' ? '' : 'vs'}
      value={compare}
      choices={[
        { value: 'previous', label: formatPeriod(previous(period)), says: 'The period before, of the same length' },
        { value: 'year', label: formatPeriod(yearBefore(period)), says: 'The same period a year before' },
        { value: 'none', label: 'No comparison' },
      ]}
      onChange={(next) => setScreen({ compare: next })}
    />
  )
}
