import { ArrowRight } from 'lucide-react'
import type { TodayView } from '../../../contract/today.ts'
import { capWords } from '../../../kernel/words/health.ts'
import { MINUS, formatValue } from '../../../kernel/words/value.ts'
import { counted, formatDay, humanise } from '../../format.ts'
import { Band } from '../../ui/band.tsx'
import { Section } from '../../ui/page.tsx'
import { AccountLink } from '../../widgets/account-link.tsx'

type Change = TodayView['changes']['rows'][number]
type Cause = Change['causes'][number]

const points = (of: number): string => `${of < 0 ? MINUS : '+'}${formatValue('screen', Math.abs(of), 'number', { digits: 1 })}`

const WHY: Record<Cause['why'], (name: string) => string> = {
  value: (name) => name,
  weight: (name) => `weight of ${name.toLowerCase()}`,
  appeared: (name) => `${name} known now`,
  vanished: (name) => `${name} not known any more`,
  kept: (name) => `cap: ${name.toLowerCase()}`,
  lifted: (name) => `cap lifted: ${name.toLowerCase()}`,
  imposed: (name) => `capped: ${name.toLowerCase()}`,
  not_comparable: () => 'not comparable',
}

const causeWords = ({ of, id, why }: Cause): string => WHY[why](of === 'cap' ? capWords(id).label : humanise(id))

/** Why a score moved, in points that add up to the change. */
function Causes({ change }: { readonly change: Change }) {
  const { causes, rest, appeared, vanished } = change
  const told = causes.map((cause) => `${points(cause.points)} ${causeWords(cause)}`)
  if (Math.abs(rest) >= 0.05) told.push(`${points(rest)} the rest`)
  if (told.length === 0) told.push(...appeared.map((id) => `${humanise(id)} known now`), ...vanished.map((id) => `${humanise(id)} not known any more`))
  return <p className="num text-sm text-quiet">{told.join(' · ')}</p>
}

const change = ({ before, after }: Change): string => (before === null || after === null ? '' : points(after - before))

/** Scores that moved between the last two closes, with what moved them most. */
export function Changes({ rows, total }: { readonly rows: readonly Change[]; readonly total: number }) {
  const [first] = rows
  if (first === undefined) return null
  return (
    <Section title="Scores that moved" says={`By 5 points or over an edge, between the closes of ${formatDay(first.from)} and ${formatDay(first.until)}.`}>
      <ul className="flex flex-col">
        {rows.slice(0, 8).map((row) => (
          <li key={row.account.account_id} className="flex flex-col border-t border-line py-1.5 first:border-t-0 first:pt-0">
            <div className="flex flex-wrap items-baseline gap-x-3">
              <AccountLink id={row.account.account_id} name={row.account.name} />
              <span className="ml-auto flex items-baseline gap-2 text-sm">
                <Band band={row.band_before} score={row.before} />
                <ArrowRight aria-hidden size={12} className="shrink-0 self-center text-faint" />
                <span className="sr-only">to</span>
                <Band band={row.band_after} score={row.after} />
                <span className="num w-12 text-right">{change(row)}</span>
              </span>
            </div>
            <Causes change={row} />
          </li>
        ))}
      </ul>
      {total > 8 && <p className="text-sm text-quiet">{counted(total - 8, 'more score')} moved.</p>}
    </Section>
  )
}
