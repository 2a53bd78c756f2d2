import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Change, ChangeSlice } from '../../contract/change.ts'
import { useDimensions } from '../api.ts'
import { counted, formatValue, humanise, moneyDigits } from '../format.ts'
import { narrow, splitFilter } from '../question.ts'
import type { Search } from '../search.ts'
import { Button } from '../ui/button.tsx'
import { amountText, digitsOf, sideText } from './change-steps.ts'

const FIRST = 10
const TITLES: Readonly<Record<string, string>> = {
  rate: 'Within',
  mix: 'Mix',
  changed: 'Changed',
  entered: 'Entered',
  left: 'Left',
  unweighed: 'Over the whole',
}

const number = 'num py-1.5 pl-4 text-right whitespace-nowrap'
const sumOf = (parts: readonly ChangeSlice[]): number => parts.reduce((sum, { amount }) => sum + amount, 0)

/** What the table says of every part: its columns, and with how many decimals. */
interface Layout {
  readonly kinds: readonly string[]
  /** It has shares of the denominator. */
  readonly weighed: boolean
  readonly digits: number
  /** Decimals of the values themselves; undefined for the usual ones. */
  readonly valueDigits: number | undefined
}

function layoutOf(parts: readonly ChangeSlice[], unit: string): Layout {
  const effects = parts.flatMap((part) => part.effects)
  return {
    kinds: Object.keys(TITLES).filter((kind) => effects.some((effect) => effect.kind === kind)),
    weighed: parts.some(({ before, now }) => before.share !== null || now.share !== null),
    valueDigits: unit === 'money' ? moneyDigits(parts.flatMap(({ before, now }) => [before.value, now.value])) : undefined,
    // One decimal more than the whole needs, so that small parts still differ.
    digits:
      digitsOf(
        [...parts, ...effects].map(({ amount }) => amount),
        unit,
      ) + (unit === 'share' ? 1 : 0),
  }
}

interface ChangeSlicesProps {
  readonly change: Change
  readonly options: readonly string[]
  /** Filters that are in force. */
  readonly where: readonly string[]
  /** What a link takes along. */
  readonly carry: Search
}

/** What each part was, is, and moved. The amounts add up to the steps between the periods; a name opens the metric for that part alone. */
export function ChangeSlices(props: ChangeSlicesProps) {
  const { change } = props
  const [all, setAll] = useState(false)
  const names = new Map(useDimensions().data?.map(({ id, name }) => [id, name]))
  const moved = change.parts.filter(({ effects }) => effects.length > 0)
  if (change.by === null || moved.length === 0) return null
  const shown = all ? moved : moved.slice(0, FIRST)
  const layout = layoutOf(moved, change.unit)
  const titles = ['Before', 'Now', ...(layout.weighed ? ['Share before', 'Share now'] : []), ...layout.kinds.map((kind) => TITLES[kind] ?? kind), 'Moved it by']
  return (
    <div className="overflow-x-auto" role="region" aria-label="What each part moved" tabIndex={0}>
      <table className="w-full border-collapse border-b border-line" aria-label="What each part moved">
        <thead>
          <tr className="text-sm text-quiet">
            <th scope="col" className="h-8 pr-4">
              {names.get(change.by) ?? humanise(change.by)}
            </th>
            {titles.map((title) => (
              <th key={title} scope="col" className="pl-4 text-right! whitespace-nowrap">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((part) => (
            <SliceRow key={part.key} {...props} part={part} layout={layout} />
          ))}
        </tbody>
        <Sums change={change} hidden={moved.slice(shown.length)} layout={layout} />
      </table>
      {moved.length > shown.length && (
        <Button size="small" look="quiet" className="mt-2" onClick={() => setAll(true)}>
          Show {moved.length}
        </Button>
      )}
    </div>
  )
}

interface SumsProps {
  readonly change: Change
  readonly hidden: readonly ChangeSlice[]
  readonly layout: Layout
}

/** What the parts that are not shown moved, and what all did. */
function Sums({ change, hidden, layout: { kinds, weighed, digits } }: SumsProps) {
  const { parts, others, steps } = change
  const count = hidden.length + (others?.count ?? 0)
  const sides = weighed ? 4 : 2
  const ofAll = (kind: string): number => steps.find((step) => step.kinds.length === 1 && step.kinds[0] === kind)?.amount ?? 0
  return (
    <tfoot>
      {count > 0 && (
        <tr className="border-t border-line">
          <th scope="row" className="py-1.5 pr-4 font-normal text-quiet">
            {counted(count, 'other')}
          </th>
          <td colSpan={sides + kinds.length} />
          <td className={number}>{amountText(sumOf(hidden) + (others?.amount ?? 0), change, digits)}</td>
        </tr>
      )}
      <tr className="border-t border-edge font-medium">
        <th scope="row" className="py-1.5 pr-4">
          All
        </th>
        <td colSpan={sides} />
        {kinds.map((kind) => (
          <td key={kind} className={number}>
            {amountText(ofAll(kind), change, digits)}
          </td>
        ))}
        <td className={number}>{amountText(sumOf(parts) + (others?.amount ?? 0), change, digits)}</td>
      </tr>
    </tfoot>
  )
}

interface SliceRowProps extends ChangeSlicesProps {
  readonly part: ChangeSlice
  readonly layout: Layout
}

function SliceRow({ part, change, options, where, carry, layout: { kinds, weighed, digits, valueDigits } }: SliceRowProps) {
  const narrowed = narrow(where, Object.fromEntries([splitFilter(part.where)]))
  const share = (value: number | null): string => (value === null ? '' : formatValue(value, 'share'))
  return (
    <tr className="border-t border-line hover:bg-hover">
      <th scope="row" className="py-1.5 pr-4 font-normal whitespace-nowrap">
        <Link
          to="/metrics/$id"
          params={{ id: change.metric }}
          search={{ ...carry, where: narrowed, option: [...options] }}
          className={`underline decoration-edge underline-offset-3 hover:decoration-ink ${part.key === '(none)' ? 'text-quiet' : ''}`}
        >
          {part.key === '(none)' ? 'Not recorded' : part.label}
        </Link>
      </th>
      <td className={number}>{sideText(part.before.value, change, valueDigits)}</td>
      <td className={number}>{sideText(part.now.value, change, valueDigits)}</td>
      {weighed && <td className={`${number} text-quiet`}>{share(part.before.share)}</td>}
      {weighed && <td className={`${number} text-quiet`}>{share(part.now.share)}</td>}
      {kinds.map((kind) => {
        const amount = part.effects.find((effect) => effect.kind === kind)?.amount
        return (
          <td key={kind} className={number}>
            {amount === undefined ? '' : amountText(amount, change, digits)}
          </td>
        )
      })}
      <td className={`${number} font-medium`}>{amountText(part.amount, change, digits)}</td>
    </tr>
  )
}
