import { Link } from '@tanstack/react-router'
import type { AccountOverview } from '../../account-data.ts'
import { counted, formatDay } from '../../format.ts'
import { CLOSE_REASONS } from '../../../kernel/words/health.ts'
import { Section } from '../../ui/page.tsx'
import { Tag } from '../../ui/tag.tsx'

const SHOWN = 12

const reasonOf = (reason: string | null): { label: string; says: string } | null => Object.entries(CLOSE_REASONS).find(([id]) => id === reason)?.[1] ?? null

/** Warnings that are open, and those that were. */
export function Signals({ signals }: { readonly signals: AccountOverview['signals'] }) {
  const open = signals.filter(({ closed_on }) => closed_on === null)
  const ordered = [...open, ...signals.filter(({ closed_on }) => closed_on !== null)]
  return (
    <Section title="Signals" says={signals.length === 0 ? 'None was ever raised.' : `${open.length} open, ${signals.length - open.length} past.`}>
      <ul className="flex flex-col">
        {ordered.slice(0, SHOWN).map((signal) => {
          const reason = reasonOf(signal.close_reason)
          return (
            <li key={signal.id} className="flex flex-wrap items-baseline gap-x-3 border-t border-line py-1.5 first:border-t-0">
              <span className="num w-24 shrink-0 text-sm text-quiet">{formatDay(signal.raised_on)}</span>
              <Link
                to="/signals/$id"
                params={{ id: signal.id }}
                className={`min-w-0 flex-1 underline decoration-edge decoration-1 underline-offset-3 hover:decoration-accent ${signal.closed_on === null ? '' : 'text-quiet'}`}
              >
                {signal.sentence}
              </Link>
              {signal.closed_on === null ? (
                <Tag tone="accent">Open</Tag>
              ) : (
                <Tag>{<span title={signal.close_note ?? reason?.says}>{`${reason?.label ?? 'Closed'} ${formatDay(signal.closed_on)}`}</span>}</Tag>
              )}
            </li>
          )
        })}
      </ul>
      {signals.length > SHOWN && <p className="text-sm text-quiet">{counted(signals.length - SHOWN, 'older one')} on the timeline.</p>}
    </Section>
  )
}
