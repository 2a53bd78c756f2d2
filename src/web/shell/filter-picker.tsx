import { Filter, X } from 'lucide-react'
import { useState } from 'react'
import { type DimensionEntry, useCatalog, useDimensions } from '../api.ts'
import { formatDimensionValue, humanise } from '../format.ts'
import { splitFilter } from '../question.ts'
import { useSegments } from '../segment-data.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Checkbox, TextInput } from '../ui/field.tsx'
import { Popover } from '../ui/popover.tsx'
import type { AskProps } from './ask-props.ts'

/** Filters as they read: one entry per dimension with the values that pass. */
export function groupFilters(where: readonly string[]): [dimension: string, values: string[]][] {
  const groups = new Map<string, string[]>()
  for (const filter of where) {
    const [dimension, value] = splitFilter(filter)
    groups.set(dimension, [...(groups.get(dimension) ?? []), value])
  }
  return [...groups]
}

/** A dimension with words for its values, where these are ids; closed where every account has one or is left out. */
interface Offered extends DimensionEntry {
  readonly named?: ReadonlyMap<string, string>
  readonly isClosed?: boolean
}

/** How a value of a dimension reads. */
const wordsOf =
  (dimension: Offered | undefined) =>
  (value: string): string =>
    dimension?.named?.get(value) ?? formatDimensionValue(value)

/** Dimensions to filter by: on the page of a metric those that fit it, elsewhere those of accounts and subscriptions. */
function useOffered(of: string | undefined): readonly Offered[] {
  const dimensions = useDimensions().data ?? []
  const segments = useSegments().data ?? []
  const metric = useCatalog().data?.get(of ?? '')
  const fitting = dimensions.filter(({ id, of }) => (metric === undefined ? of !== 'use' : metric.dimensions.includes(id)))
  if (segments.length === 0 || (metric !== undefined && !fitting.some(({ of: level }) => level === 'account'))) return fitting
  const named = new Map(segments.map(({ id, name }) => [id, name]))
  return [...fitting, { id: 'segment_of', name: 'Saved list', of: 'account', values: [...named.keys()], named, isClosed: true }]
}

/** Which accounts count: any values of any dimensions. */
export function FilterPicker({ question: { where }, onChange, metric }: AskProps) {
  const dimensions = useOffered(metric)
  const [open, setOpen] = useState(false)
  const [chosen, setChosen] = useState<string | null>(null)
  const nameOf = (id: string) => dimensions.find((dimension) => dimension.id === id)?.name ?? humanise(id)
  const dimension = dimensions.find((item) => item.id === chosen) ?? dimensions[0]
  return (
    <>
      {groupFilters(where).map(([id, values]) => (
        <Chip
          key={id}
          name={nameOf(id)}
          values={values}
          wordOf={wordsOf(dimensions.find((item) => item.id === id))}
          onOpen={() => {
            setChosen(id)
            setOpen(true)
          }}
          onRemove={() => onChange({ where: where.filter((filter) => splitFilter(filter)[0] !== id) })}
        />
      ))}
      <Popover
        label="Filter"
        open={open}
        onOpenChange={setOpen}
        className="w-[22rem]"
        trigger={
          <Button>
            <Filter aria-hidden size={14} className="text-faint" /> <span className="max-sm:sr-only">Filter</span>
          </Button>
        }
      >
        {dimension === undefined ? (
          <p className="text-quiet">No dimension is known yet. Segments, regions and other attributes come with the accounts.</p>
        ) : (
          <div className="flex gap-3">
            <DimensionList dimensions={dimensions} chosen={dimension.id} onChoose={setChosen} />
            <ValueChoices key={dimension.id} dimension={dimension} where={where} onChange={(next) => onChange({ where: next })} />
          </div>
        )}
      </Popover>
    </>
  )
}

interface ChipProps {
  readonly name: string
  readonly values: readonly string[]
  readonly wordOf: (value: string) => string
  readonly onOpen: () => void
  readonly onRemove: () => void
}

/** A filter that is in force. */
function Chip({ name, values, wordOf, onOpen, onRemove }: ChipProps) {
  return (
    <span className="inline-flex h-8 max-w-full items-center rounded-md bg-accent-soft pl-2.5">
      <button type="button" className="truncate" onClick={onOpen}>
        <span className="text-quiet">{name}</span> {values.map(wordOf).join(' or ')}
      </button>
      <IconButton label={`Remove the filter on ${name}`} size="small" className="mx-1" onClick={onRemove}>
        <X aria-hidden size={12} />
      </IconButton>
    </span>
  )
}

interface DimensionListProps {
  readonly dimensions: readonly Offered[]
  readonly chosen: string
  readonly onChoose: (id: string) => void
}

function DimensionList({ dimensions, chosen, onChoose }: DimensionListProps) {
  return (
    <div role="group" aria-label="Dimension" className="flex max-h-72 w-32 shrink-0 flex-col gap-px overflow-y-auto">
      {dimensions.map((item) => (
        <button
          key={item.id}
          type="button"
          aria-pressed={item.id === chosen}
          onClick={() => onChoose(item.id)}
          className="rounded-sm px-2 py-1 text-left hover:bg-hover aria-pressed:bg-hover aria-pressed:font-medium"
        >
          {item.name}
        </button>
      ))}
    </div>
  )
}

interface ValueChoicesProps {
  readonly dimension: Offered
  readonly where: readonly string[]
  readonly onChange: (where: string[]) => void
}

const MOST = 200

function ValueChoices({ dimension, where, onChange }: ValueChoicesProps) {
  const [text, setText] = useState('')
  const values = [...dimension.values, ...(dimension.isClosed === true || dimension.values.includes('(none)') ? [] : ['(none)'])]
  const wordOf = wordsOf(dimension)
  const fitting = values.filter((value) => wordOf(value).toLowerCase().includes(text.toLowerCase()))
  return (
    <div className="flex min-w-0 flex-1 flex-col gap-2">
      {values.length > 8 && (
        <TextInput
          type="search"
          aria-label={`Find a value of ${dimension.name}`}
          placeholder="Find"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      <div className="flex max-h-64 flex-col gap-1.5 overflow-y-auto p-0.5">
        {fitting.slice(0, MOST).map((value) => {
          const filter = `${dimension.id}=${value}`
          return (
            <Checkbox
              key={value}
              label={<span className={value === '(none)' ? 'text-quiet' : ''}>{wordOf(value)}</span>}
              checked={where.includes(filter)}
              onChange={(event) => onChange(event.target.checked ? [...where, filter] : where.filter((item) => item !== filter))}
            />
          )
        })}
        {fitting.length > MOST && <p className="text-sm text-quiet">{fitting.length - MOST} more: type to find them.</p>}
        {fitting.length === 0 && <p className="text-quiet">No value fits.</p>}
      </div>
    </div>
  )
}
