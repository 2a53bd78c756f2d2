import { previous, yearBefore } from '../../kernel/period.ts'
import { formatPeriod } from '../format.ts'
import type { Compare } from '../question.ts'
import { Select } from '../ui/select.tsx'
import type { AskProps } from './ask-props.ts'

/** What changes are measured against. Each choice names its period. */
export function ComparePicker({ question: { period, compare }, onChange }: AskProps) {
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
      onChange={(next) => onChange({ compare: next })}
    />
  )
}
