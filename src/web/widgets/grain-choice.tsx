import { Segmented } from '../ui/segmented.tsx'
import type { SeriesGrain } from './series-span.ts'

const CHOICES = [
  { value: 'month', label: 'Months' },
  { value: 'quarter', label: 'Quarters' },
  { value: 'year', label: 'Years' },
] as const

export function GrainChoice({ value, onChange }: { readonly value: SeriesGrain; readonly onChange: (value: SeriesGrain) => void }) {
  return <Segmented label="Pieces of the series" value={value} choices={CHOICES} onChange={onChange} />
}
