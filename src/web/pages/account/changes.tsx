import type { AccountChanges } from '../../account-data.ts'
import { useAccountChanges, useLastLook } from '../../account-data.ts'
import { DASH, counted, formatCount, formatDay, formatInstant, formatMoney } from '../../format.ts'
import { Await } from '../../ui/failure.tsx'
import { Section } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Tag } from '../../ui/tag.tsx'
import { FactLink, useOpenFact } from './opened.tsx'

type Change = AccountChanges['happened'][number]
type Moved = AccountChanges['numbers'][number]

const NAMES: Record<Moved['id'], string> = {
  score: 'Score',
  mrr: 'MRR',
  seats: 'Seats',
  deadline_days: 'Days to the deadline',
  open_tickets: 'Open tickets',
  people: 'People',
}
const HOW: Record<Change['how'], string | null> = { happened: null, planned: 'To come', late: 'Came late', corrected: 'Corrected', withdrawn: 'Withdrawn' }

const SHOWN = 8

function Line({ change }: { readonly change: Change }) {
  const openFact = useOpenFact()
  const how = HOW[change.how]
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 border-t border-line py-1.5 first:border-t-0">
      <span className="num w-24 shrink-0 text-sm text-quiet">{formatDay(change.day)}</span>
      <span className="min-w-0 flex-1">
        <FactLink fact={change.fact} onOpen={openFact}>
          {change.title}
        </FactLink>
        {change.before !== null && (
          <span className="block text-sm text-quiet">
            We knew: {change.before.title}
            {change.before.day === change.day ? '' : `, ${formatDay(change.before.day)}`}
          </span>
        )}
      </span>
      {how !== null && <Tag tone="accent">{how}</Tag>}
    </li>
  )
}

function Lines({
  title,
  says,
  changes,
  empty,
}: {
  readonly title: string
  readonly says: string
  readonly changes: readonly Change[]
  readonly empty: string
}) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <h3 className="font-semibold">{title}</h3>
      <p className="text-sm text-quiet">{says}</p>
      {changes.length === 0 ? (
        <p className="text-quiet">{empty}</p>
      ) : (
        <ul className="flex flex-col">
          {changes.slice(0, SHOWN).map((change) => (
            <Line key={change.key} change={change} />
          ))}
        </ul>
      )}
      {changes.length > SHOWN && <p className="text-sm text-quiet">{counted(changes.length - SHOWN, 'more line')} on the timeline.</p>}
    </div>
  )
}

/** A number as it was known, as it is known now of then, and now: so that a correction does not look like an event. */
function MovedNumbers({ numbers, currency }: { readonly numbers: readonly Moved[]; readonly currency: string }) {
  if (numbers.length === 0) return null
  const show = (id: Moved['id'], value: number | null): string =>
    value === null ? DASH : id === 'mrr' ? formatMoney(value, currency, 0) : formatCount(Math.round(value))
  return (
    <ul className="flex flex-wrap gap-x-8 gap-y-2">
      {numbers.map(({ id, then, then_known_now, now }) => {
        const [a, b, c] = [show(id, then), show(id, then_known_now), show(id, now)]
        if (a === b && b === c) return null
        return (
          <li key={id} className="flex flex-col">
            <span className="text-sm text-quiet">{NAMES[id]}</span>
            <span className="num">
              {a !== b && (
                <span title="What was said, and what we know now of the same day: this step was learnt">
                  {a} <span className="text-faint">learnt</span> {b}
                </span>
              )}
              {a === b && a}
              {b !== c && (
                <span>
                  {' '}
                  <span className="text-faint">→</span> <span className="font-semibold">{c}</span>
                </span>
              )}
            </span>
          </li>
        )
      })}
    </ul>
  )
}

const saidOfUse = ({ days, users, late_days }: AccountChanges['use']): string[] => [
  ...(days === 0 ? [] : [`Used on ${counted(days, 'day')} by ${counted(users, 'person', 'people')}.`]),
  ...(late_days === 0 ? [] : [`Use of ${counted(late_days, 'earlier day')} was recorded since.`]),
]

/** What changed since this browser looked last: what happened, and what was learnt of the time before. */
export function Changes({ id, currency }: { readonly id: string; readonly currency: string }) {
  const { since, known } = useLastLook(id)
  return (
    <Section
      title="Since you last looked"
      says={known ? `Since ${formatInstant(since)}.` : `You have not looked before: the last seven days, since ${formatInstant(since)}.`}
    >
      <Await query={useAccountChanges(id, since)} skeleton={<Skeleton className="h-24" />}>
        {(changes) => (
          <div className="flex flex-col gap-4">
            <MovedNumbers numbers={changes.numbers} currency={currency} />
            {saidOfUse(changes.use).length > 0 && <p className="text-quiet">{saidOfUse(changes.use).join(' ')}</p>}
            <div className="grid gap-x-10 gap-y-6 lg:grid-cols-2">
              <Lines title="What happened" says="It came about since." changes={changes.happened} empty="Nothing happened." />
              <Lines
                title="What we learnt"
                says="It is of before, and was recorded, corrected or withdrawn since."
                changes={changes.learnt}
                empty={changes.is_new ? 'All that is known of it was recorded since: its history, not news.' : 'Nothing came late.'}
              />
            </div>
          </div>
        )}
      </Await>
    </Section>
  )
}
