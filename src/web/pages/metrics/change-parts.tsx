import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Change, ChangePart } from '../../../contract/change.ts'
import { useDimensions } from '../../api.ts'
import { counted, formatValue, humanise } from '../../format.ts'
import { keepScreen, useScreen, useSearchText } from '../../screen.ts'
import { narrow, splitFilter } from '../../search.ts'
import { Button } from '../../ui/button.tsx'
import { amountText, digitsOf, sideText } from './change-steps.ts'

const FIRST = 10
const TITLES: Readonly<Record<string, string>> = { rate: 'Within', mix: 'Mix', changed: 'Changed', entered: 'Entered', left: 'Left', unweighed: 'Over the whole' }

/** What each part was, is, and moved. The amounts add up to the steps between the periods; a name opens the metric for that part alone. */
export function ChangeParts({ change }: { readonly change: Change }) {
  const [all, setAll] = useState(false)
  const names = new Map(useDimensions().data?.map(({ id, name }) => [id, name]))
  const { by, others } = change
  if (by === null || change.parts.length === 0) return null
  const moved = change.parts.filter(({ effects }) => effects.length > 0)
  if (moved.length === 0) return null
  const shown = all ? moved : moved.slice(0, FIRST)
  const kinds = Object.keys(TITLES).filter((kind) => moved.some(({ effects }) => effects.some((effect) => effect.kind === kind)))
  const weighed = moved.some(({ before, now }) => before.share !== null || now.share !== null)
  const hidden = moved.slice(shown.length)
  const rest = { count: hidden.length + (others?.count ?? 0), amount: hidden.reduce((sum, { amount }) => sum + amount, others?.amount ?? 0) }
  const whole = change.parts.reduce((sum, { amount }) => sum + amount, others?.amount ?? 0)
  // One decimal more than the whole needs, so that small parts still differ.
  const amounts = shown.flatMap((part) => [part.amount, ...part.effects.map(({ amount }) => amount)])
  const digits = digitsOf(amounts, change.unit) + (change.unit === 'share' ? 1 : 0)
  const number = 'num py-1.5 pl-4 text-right whitespace-nowrap'
  return (
    <div className="overflow-x-auto" role="region" aria-label="What each part moved" tabIndex={0}>
      <table className="w-full border-collapse border-b border-line" aria-label="What each part moved">
        <thead>
          <tr className="text-sm text-quiet">
            <th scope="col" className="h-8 pr-4">
              {names.get(by) ?? humanise(by)}
            </th>
            {['Before', 'Now', ...(weighed ? ['Share before', 'Share now'] : []), ...kinds.map((kind) => TITLES[kind] ?? kind), 'Moved it by'].map((title) => (
              <th key={title} scope="col" className="pl-4 text-right! whitespace-nowrap">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((part) => (
            <PartRow key={part.key} part={part} change={change} kinds={kinds} weighed={weighed} digits={digits} />
          ))}
          {rest.count > 0 && (
            <tr className="border-t border-line">
              <th scope="row" className="py-1.5 pr-4 font-normal text-quiet">
                {counted(rest.count, 'other')}
              </th>
              <td colSpan={2 + (weighed ? 2 : 0) + kinds.length} />
              <td className={number}>{amountText(rest.amount, change, digits)}</td>
            </tr>
          )}
        </tbody>
        <tfoot>
          <tr className="border-t border-edge font-medium">
            <th scope="row" className="py-1.5 pr-4">
              All
            </th>
            <td colSpan={2 + (weighed ? 2 : 0)} />
            {kinds.map((kind) => (
              <td key={kind} className={number}>
                {amountText(change.steps.find((step) => step.kinds.length === 1 && step.kinds[0] === kind)?.amount ?? 0, change, digits)}
              </td>
            ))}
            <td className={number}>{amountText(whole, change, digits)}</td>
          </tr>
        </tfoot>
      </table>
      {hidden.length > 0 && (
        <Button size="small" look="quiet" className="mt-2" onClick={() => setAll(true)}>
          Show {moved.length}
        </Button>
      )}
    </div>
  )
}

interface PartRowProps {
  readonly part: ChangePart
  readonly change: Change
  readonly kinds: readonly string[]
  readonly weighed: boolean
  readonly digits: number
}

function PartRow({ part, change, kinds, weighed, digits }: PartRowProps) {
  const screen = useScreen()
  const search = useSearchText()
  const where = narrow(screen.where, Object.fromEntries([splitFilter(part.where)]))
  const cell = 'num py-1.5 pl-4 text-right whitespace-nowrap'
  const share = (value: number | null): string => (value === null ? '' : formatValue(value, 'share'))
  return (
    <tr className="border-t border-line hover:bg-hover">
      <th scope="row" className="py-1.5 pr-4 font-normal whitespace-nowrap">
        <Link
          to="/metrics/$id"
          params={{ id: change.metric }}
          search={{ ...keepScreen(search), where, option: search.option }}
          className={`underline decoration-edge underline-offset-3 hover:decoration-ink ${part.key === '(none)' ? 'text-quiet' : ''}`}
        >
          {part.key === '(none)' ? 'Not recorded' : part.label}
        </Link>
      </th>
      <td className={cell}>{sideText(part.before.value, change)}</td>
      <td className={cell}>{sideText(part.now.value, change)}</td>
      {weighed && <td className={`${cell} text-quiet`}>{share(part.before.share)}</td>}
      {weighed && <td className={`${cell} text-quiet`}>{share(part.now.share)}</td>}
      {kinds.map((kind) => {
        const amount = part.effects.find((effect) => effect.kind === kind)?.amount
        return (
          <td key={kind} className={cell}>
            {amount === undefined ? '' : amountText(amount, change, digits)}
          </td>
        )
      })}
      <td className={`${cell} font-medium`}>{amountText(part.amount, change, digits)}</td>
    </tr>
  )
}
