import { Link } from '@tanstack/react-router'
import { AlertTriangle, CalendarClock, CircleHelp, DoorOpen, Sprout } from 'lucide-react'
import type { AccountOverview } from '../../account-data.ts'
import { formatDay } from '../../format.ts'
import { Section } from '../../ui/page.tsx'
import { FactLink, useOpenFact } from './opened.tsx'

type Line = AccountOverview['attention'][number]

const MARKS: Record<Line['kind'], { readonly icon: typeof AlertTriangle; readonly colour: string; readonly says: string }> = {
  decided: { icon: DoorOpen, colour: 'text-band-red', says: 'Decided' },
  risk: { icon: AlertTriangle, colour: 'text-band-red', says: 'Risk' },
  due: { icon: CalendarClock, colour: 'text-band-amber', says: 'Deadline' },
  chance: { icon: Sprout, colour: 'text-band-green', says: 'Opportunity' },
  unknown: { icon: CircleHelp, colour: 'text-band-unknown', says: 'Not known' },
}

/** What needs attention first, each line with what it rests on. */
export function Attention({ account }: { readonly account: AccountOverview }) {
  const openFact = useOpenFact()
  const { attention } = account
  return (
    <Section title="Needs attention">
      {attention.length === 0 ? (
        <p className="text-quiet">Nothing that is known asks for somebody today.</p>
      ) : (
        <ul className="flex flex-col">
          {attention.map((line) => {
            const { icon: Icon, colour, says } = MARKS[line.kind]
            return (
              <li key={`${line.kind} ${line.title}`} className="flex items-baseline gap-2.5 border-t border-line py-1.5 first:border-t-0 first:pt-0">
                <Icon aria-hidden size={14} className={`shrink-0 translate-y-0.5 ${colour}`} />
                <span className="sr-only">{says}: </span>
                <span className="min-w-0 flex-1">
                  {line.signal === null ? (
                    <FactLink fact={line.fact} onOpen={openFact}>
                      {line.title}
                    </FactLink>
                  ) : (
                    <Link
                      to="/signals/$id"
                      params={{ id: line.signal }}
                      className="underline decoration-edge decoration-1 underline-offset-3 hover:decoration-accent"
                    >
                      {line.title}
                    </Link>
                  )}
                </span>
                {line.since !== null && <span className="num shrink-0 text-sm text-quiet">{formatDay(line.since)}</span>}
              </li>
            )
          })}
        </ul>
      )}
    </Section>
  )
}
