import { Link } from '@tanstack/react-router'
import type { ReportCard, SignalKind } from '../../../contract/signals.ts'
import { SIGNAL_CLASSES } from '../../../kernel/words/health.ts'
import { formatCount, formatInterval, formatValue } from '../../format.ts'
import { Tag } from '../../ui/tag.tsx'

const HEAD = 'px-2 py-1.5 text-right text-sm font-normal whitespace-nowrap text-quiet first:pl-0 first:text-left last:pr-0'
const CELL = 'num px-2 py-2 text-right align-top whitespace-nowrap first:pl-0 first:text-left last:pr-0'

type Share = NonNullable<ReportCard['precision']>

/** "8 of 20 40 %" with its interval. */
export function ShareText({ share }: { readonly share: Share | null }) {
  if (share === null || share.rate === null) return <span className="text-faint">–</span>
  return (
    <span className="inline-flex flex-col items-end">
      <span>{formatValue(share.rate, 'share', null, 0)}</span>
      <span className="text-sm text-quiet" title={share.ci === null ? undefined : `95 % interval (Wilson): ${formatInterval(share.ci, 'share')}`}>
        {share.of} of {share.n}
      </span>
    </span>
  )
}

function Record({ card }: { readonly card: ReportCard | undefined }) {
  if (card === undefined)
    return (
      <td colSpan={5} className={`${CELL} text-quiet`}>
        No day of it is rated yet
      </td>
    )
  if (!card.enough)
    return (
      <td colSpan={5} className={`${CELL} text-quiet`}>
        {card.not_enough}
      </td>
    )
  return (
    <>
      <td className={CELL}>
        <ShareText share={card.precision} />
      </td>
      <td className={CELL}>
        <ShareText share={card.base_rate} />
      </td>
      <td className={CELL}>{card.lift === null ? '–' : formatValue(card.lift, 'ratio', null, 1)}</td>
      <td className={CELL}>
        <ShareText share={card.recall} />
      </td>
      <td className={CELL}>{card.median_lead === null ? '–' : formatValue(card.median_lead, 'days')}</td>
    </>
  )
}

/** Every kind with what it says, how often it came, and its record here. */
export function KindsTable({ kinds }: { readonly kinds: readonly SignalKind[] }) {
  return (
    <div className="overflow-x-auto">
      <table className="w-full min-w-[56rem] border-collapse">
        <thead className="border-b border-line">
          <tr>
            {['Kind', 'Class', 'Open', 'Raised in a year', 'Precision', 'Base rate', 'Lift', 'Recall', 'Median lead'].map((name) => (
              <th key={name} scope="col" className={HEAD}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {kinds.map((kind) => (
            <tr key={kind.kind} className="border-b border-line last:border-b-0">
              <th scope="row" className={`${CELL} max-w-80 font-normal whitespace-normal`}>
                <Link
                  to="/signals/kinds/$id"
                  params={{ id: kind.kind }}
                  className="font-medium underline decoration-edge underline-offset-3 hover:decoration-accent"
                >
                  {kind.name}
                </Link>{' '}
                {kind.own !== null && <Tag>{kind.is_on ? 'Own' : 'Own, off'}</Tag>}
                <span className="block text-sm text-quiet">{kind.says === '' ? kind.rule : kind.says}</span>
              </th>
              <td className={CELL} title={SIGNAL_CLASSES[kind.class].says}>
                {SIGNAL_CLASSES[kind.class].label}
              </td>
              <td className={CELL}>{formatCount(kind.open)}</td>
              <td className={CELL}>{formatCount(kind.raised)}</td>
              <Record card={kind.cards[0]} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
