import { useAccountAutopsy } from '../../account-data.ts'
import { DASH, counted, formatDay } from '../../format.ts'
import { DECISION_SOURCES } from '../../../kernel/words/health.ts'
import { Band } from '../../ui/band.tsx'
import { Await } from '../../ui/failure.tsx'
import { Section } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Tag } from '../../ui/tag.tsx'
import { FactLink, useOpenFact } from './opened.tsx'

const VERDICTS = { hit: 'In time', miss: 'Too early to count', too_late: 'Too late', not_matured: 'Not over yet', late_data: 'On late data' } as const
const SHOWN = 8

/** The day of decision as it was known on that day, and what arrived too late. */
export function Autopsy({ id }: { readonly id: string }) {
  const openFact = useOpenFact()
  return (
    <Section title="The day it was decided" says="As it was known on that day. What was recorded later is marked: we could not know.">
      <Await query={useAccountAutopsy(id)} skeleton={<Skeleton className="h-40" />}>
        {({ autopsy }) => {
          if (autopsy === null) return <p className="text-quiet">No decision to leave is known.</p>
          const { decision, known_on, then, mode, score_known_now, signals, unknowable, unknowable_use_days } = autopsy
          const late = known_on > decision.day
          return (
            <div className="flex flex-col gap-4">
              <p>
                {DECISION_SOURCES[decision.source]} on {formatDay(decision.day)}
                {decision.deadline !== null && `; the deadline was ${formatDay(decision.deadline)}`}
                {late && `. We knew on ${formatDay(known_on)}`}.
              </p>
              <p className="flex flex-wrap items-baseline gap-x-3">
                <span className="text-quiet">Said on that day</span>
                {then.health === null ? <span>{DASH}</span> : <Band band={then.health.band} score={then.health.score} />}
                <span className="text-quiet">{then.health?.printed}</span>
                {score_known_now !== null && then.health?.score !== score_known_now && (
                  <span className="text-quiet">we know now {Math.round(score_known_now)}</span>
                )}
              </p>
              {mode === 'known_now' && <p className="text-quiet">All of it was recorded later, at once: this is by what is known now, which is optimistic.</p>}
              <ul className="flex flex-col">
                {signals.map((signal) => (
                  <li key={`${signal.kind} ${signal.raised_on}`} className="flex flex-wrap items-baseline gap-x-3 border-t border-line py-1.5">
                    <span className="num w-24 shrink-0 text-sm text-quiet">{formatDay(signal.raised_on)}</span>
                    <span className="min-w-0 flex-1">{signal.sentence}</span>
                    <span className="num text-sm text-quiet">{signal.lead === null ? '' : `${counted(signal.lead, 'day')} of lead`}</span>
                    <Tag tone={signal.verdict === 'hit' ? 'good' : 'neutral'}>{VERDICTS[signal.verdict]}</Tag>
                  </li>
                ))}
              </ul>
              {signals.length === 0 && <p className="text-quiet">No warning came before it.</p>}
              {(unknowable.length > 0 || unknowable_use_days > 0) && (
                <div className="flex flex-col gap-1">
                  <h3 className="font-semibold">We could not know</h3>
                  {unknowable_use_days > 0 && <p className="text-quiet">Use of {counted(unknowable_use_days, 'day')} that was recorded later.</p>}
                  <ul className="flex flex-col">
                    {unknowable.slice(0, SHOWN).map((change) => (
                      <li key={change.key} className="flex flex-wrap items-baseline gap-x-3 border-t border-line py-1.5">
                        <span className="num w-24 shrink-0 text-sm text-quiet">{formatDay(change.day)}</span>
                        <FactLink fact={change.fact} onOpen={openFact}>
                          {change.title}
                        </FactLink>
                      </li>
                    ))}
                  </ul>
                  {unknowable.length > SHOWN && <p className="text-sm text-quiet">{counted(unknowable.length - SHOWN, 'more line')}.</p>}
                </div>
              )}
            </div>
          )
        }}
      </Await>
    </Section>
  )
}
