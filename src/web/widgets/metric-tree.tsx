import type { Unit } from '../../kernel/words/units.ts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Explanation } from '../../contract/question.ts'
import { api } from '../api.ts'
import { DASH, formatInstant, formatPlain, formatValue } from '../format.ts'
import { reasonWords } from '../../kernel/words/reasons.ts'
import type { Search } from '../search.ts'
import { Button } from '../ui/button.tsx'
import { loadable } from '../ui/loadable.tsx'
import { Section } from '../ui/page.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { useChangeSetting, useSettings } from '../setting-data.ts'
import { treeName } from '../../kernel/words/setting-values.ts'
import { followsAt } from './tree-lines.ts'

const TreeEditor = loadable(
  () => import('./tree-editor.tsx').then((module) => module.TreeEditor),
  () => <Skeleton className="h-48" />,
)

type Piece = NonNullable<Explanation['tree']>['pieces'][number]

interface MetricTreeProps {
  readonly explanation: Explanation | undefined
  /** What a link takes along. */
  readonly carry: Search
  readonly title?: string
}

/** How a metric made of others is put together, with what each part adds; and its editing. */
export function MetricTree({ explanation, carry, title }: MetricTreeProps) {
  const [editing, setEditing] = useState(false)
  const stored = useSettings().data?.find(({ key }) => key === 'north_star')?.value
  const tree = explanation?.tree
  if (explanation === undefined || tree === undefined || tree === null) return null
  const { value, unit, currency } = explanation.result
  return (
    <Section
      title={title ?? tree.name}
      says={tree.owner === '' ? 'What it is made of, and what each part adds.' : `What it is made of, and what each part adds. Owned by ${tree.owner}.`}
      actions={!editing && stored !== undefined && <Button onClick={() => setEditing(true)}>Edit</Button>}
    >
      {editing && stored !== undefined ? (
        <TreeEditor stored={stored} onDone={() => setEditing(false)} />
      ) : (
        <Pieces name={tree.name} value={value} pieces={tree.pieces} unit={unit} currency={currency} carry={carry} />
      )}
      {!editing && <Earlier />}
    </Section>
  )
}

const BRANCH = 22

/** The lines of the tree left of a part: down where another part of the same node follows, and to the part itself. */
function Branches({ pieces, at }: { readonly pieces: readonly Piece[]; readonly at: number }) {
  const depth = pieces[at]?.depth ?? 0
  return (
    <svg aria-hidden className="absolute inset-y-0 left-0 h-full" width={(depth + 1) * BRANCH} preserveAspectRatio="none">
      {Array.from({ length: depth + 1 }, (_, level) => {
        const x = level * BRANCH + BRANCH / 2
        const goesOn = followsAt(pieces, at, level)
        if (level < depth && !goesOn) return null
        return (
          <g key={level} className="stroke-edge">
            <line x1={x} x2={x} y1="0" y2={goesOn ? '100%' : '50%'} />
            {level === depth && <line x1={x} x2={x + BRANCH / 2 - 3} y1="50%" y2="50%" />}
          </g>
        )
      })}
    </svg>
  )
}

function Root({ name, text, more }: { readonly name: string; readonly text: string; readonly more: number }) {
  return (
    <tr className="border-t border-line font-medium">
      <td className="h-8 pr-4">{name}</td>
      <td className="num pr-4 text-right">{text}</td>
      <td colSpan={more} />
    </tr>
  )
}

interface PiecesProps {
  readonly name: string
  readonly value: number | null
  readonly pieces: readonly Piece[]
  readonly unit: Unit
  readonly currency: string | null
  readonly carry: Search
}

function Pieces({ name, value, pieces, unit, currency, carry }: PiecesProps) {
  const weighed = pieces.some(({ weight }) => weight !== null)
  return (
    <div className="overflow-x-auto">
      <table className="w-full border-collapse border-b border-line" aria-label={`Parts of ${name}`}>
        <thead>
          <tr className="text-sm text-quiet">
            <th scope="col" className="h-8 pr-4 text-left font-normal">
              Part
            </th>
            <th scope="col" className="pr-4 text-right font-normal">
              Value
            </th>
            {weighed && (
              <>
                <th scope="col" className="pr-4 text-right font-normal">
                  Weight
                </th>
                <th scope="col" className="pr-4 text-right font-normal whitespace-nowrap">
                  From and to
                </th>
                <th scope="col" className="pr-4 text-right font-normal">
                  Attained
                </th>
              </>
            )}
            <th scope="col" className="text-right font-normal">
              Adds
            </th>
          </tr>
        </thead>
        <tbody>
          <Root name={name} text={value === null ? DASH : formatValue(value, unit, currency)} more={weighed ? 4 : 1} />
          {pieces.map((piece, i) => (
            // oxlint-disable-next-line react/no-array-index-key -- the same metric may stand in two places
            <tr key={i} className="border-t border-line">
              <td className="relative h-8 py-1.5 pr-4" style={{ paddingLeft: `${(piece.depth + 1) * BRANCH}px` }}>
                <Branches pieces={pieces} at={i} />
                {piece.metric === null ? (
                  piece.label
                ) : (
                  <Link to="/metrics/$id" params={{ id: piece.metric }} search={carry} className="text-accent underline-offset-3 hover:underline">
                    {piece.label}
                  </Link>
                )}
              </td>
              <td className="num pr-4 text-right">
                {piece.value === null ? <span title={reasonWords(piece.null_reason)}>{DASH}</span> : formatValue(piece.value, piece.unit, piece.currency)}
              </td>
              {weighed && <Weighed piece={piece} />}
              <td className="num text-right font-medium">{piece.contribution === null ? DASH : formatValue(piece.contribution, unit, currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Weighed({ piece: { weight, floor, target, attainment, unit, currency } }: { readonly piece: Piece }) {
  const say = (value: number | null) => (value === null ? DASH : formatValue(value, unit, currency))
  return (
    <>
      <td className="num pr-4 text-right">{weight === null ? '' : formatPlain(weight)}</td>
      <td className="num pr-4 text-right whitespace-nowrap">{weight === null ? '' : `${say(floor)} to ${say(target)}`}</td>
      <td className="num pr-4 text-right">{attainment === null ? '' : formatValue(attainment, 'share')}</td>
    </>
  )
}

/** The trees there were, each of which can be had back. */
function Earlier() {
  const history = useQuery({
    queryKey: ['setting history', 'north_star'],
    queryFn: ({ signal }) => api.settingHistory({ params: { key: 'north_star' } }, signal),
  })
  const restore = useChangeSetting('north_star')
  const versions = history.data?.toReversed() ?? []
  if (versions.length < 2) return null
  return (
    <details>
      <summary className="cursor-pointer text-sm text-quiet">{versions.length - 1} earlier</summary>
      <ul className="mt-2 flex flex-col gap-1">
        {versions.slice(1).map(({ value, changed_at }) => (
          <li key={changed_at} className="flex items-center gap-3">
            <span>{treeName(value)}</span>
            <span className="text-sm text-quiet">since {formatInstant(changed_at)}</span>
            <Button size="small" look="quiet" busy={restore.isPending} onClick={() => restore.mutate(value)}>
              Use again
            </Button>
          </li>
        ))}
      </ul>
      {restore.error !== null && (
        <p role="alert" className="text-sm text-alarm">
          {restore.error.message}
        </p>
      )}
    </details>
  )
}
