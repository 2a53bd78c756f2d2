import { ArrowRight } from 'lucide-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { CompanyView as Company } from '../../../contract/today.ts'
import { counted, formatCount, formatDay, formatMoney, formatValue } from '../../format.ts'
import { Band } from '../../ui/band.tsx'
import { BandBar } from './band-bar.tsx'
import { Section } from '../../ui/page.tsx'

function Figure({ name, value, note }: { readonly name: string; readonly value: ReactNode; readonly note?: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col">
      <dt className="text-sm text-quiet">{name}</dt>
      <dd className="num text-figure font-semibold tracking-tight">{value}</dd>
      {note !== undefined && <dd className="num text-sm text-quiet">{note}</dd>}
    </div>
  )
}

/** The company: ARR by band, what is at risk and what has decided, and what moved in a month. */
export function CompanyView({ view }: { readonly view: Company }) {
  const { state, arr, accounts, at_risk, decided, deadlines, bands } = view
  const money = (amount: number): string => formatMoney(amount, state.currency, 0)
  const part = (amount: number): string => (arr === 0 ? '' : `${formatValue(amount / arr, 'share')} of ARR`)
  return (
    <>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-5 lg:grid-cols-4">
        <Figure name="ARR" value={money(arr)} note={counted(accounts, 'customer')} />
        <Figure
          name="Expected to go within 90 days"
          value={at_risk === null ? '–' : money(at_risk.expected_loss)}
          note={
            at_risk === null ? 'How likely they are to leave is not known yet' : `± ${money(at_risk.sd)} (standard deviation), ${part(at_risk.expected_loss)}`
          }
        />
        <Figure
          name="Decided to leave"
          value={money(decided.arr)}
          note={`${counted(decided.accounts, 'customer')}${decided.arr > 0 ? `, ${part(decided.arr)}` : ''}`}
        />
        <Figure name="Must decide within 60 days" value={money(deadlines.arr)} note={counted(deadlines.accounts, 'customer')} />
      </dl>
      <Section title="ARR by band" says={state.said === null ? undefined : `At the close of ${formatDay(state.said.day)}.`}>
        <BandBar named parts={bands.map((row) => ({ band: row.band, size: row.arr, says: `${money(row.arr)}, ${counted(row.accounts, 'account')}` }))} />
      </Section>
      <div className="grid gap-x-10 gap-y-8 xl:grid-cols-2">
        <Moved view={view} money={money} />
        <Raised rows={view.signals} />
      </div>
    </>
  )
}

function Moved({ view: { moved }, money }: { readonly view: Company; readonly money: (amount: number) => string }) {
  if (moved === null)
    return (
      <Section title="What moved">
        <p className="text-quiet">Nothing is said yet of the day a month ago.</p>
      </Section>
    )
  return (
    <Section title="What moved" says={`From one band to another since ${formatDay(moved.since)}, the most ARR first.`}>
      {moved.moves.length === 0 ? (
        <p className="text-quiet">Everybody is in the band of then.</p>
      ) : (
        <ul className="flex flex-col">
          {moved.moves.map((row) => (
            <li key={`${row.before} ${row.after}`} className="flex items-baseline gap-2 border-t border-line py-1.5 first:border-t-0 first:pt-0">
              <Band band={row.before} />
              <ArrowRight aria-hidden size={12} className="shrink-0 self-center text-faint" />
              <span className="sr-only">to</span>
              <Band band={row.after} />
              <span className="num ml-auto">{money(row.arr)}</span>
              <span className="num w-24 text-right text-sm text-quiet">{counted(row.accounts, 'account')}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

function Raised({ rows }: { readonly rows: Company['signals'] }) {
  const told = rows.filter(({ raised, open }) => raised > 0 || open > 0)
  return (
    <Section title="Signals" says="Raised in 30 days, and open now. A kind opens its record here.">
      {told.length === 0 ? (
        <p className="text-quiet">None was raised.</p>
      ) : (
        <ul className="flex flex-col">
          {told.map(({ kind, name, raised, open }) => (
            <li key={kind} className="flex items-baseline gap-3 border-t border-line py-1.5 first:border-t-0 first:pt-0">
              <Link to="/signals/kinds/$id" params={{ id: kind }} className="underline decoration-edge underline-offset-3 hover:decoration-accent">
                {name}
              </Link>
              <span className="num ml-auto w-24 text-right text-sm text-quiet">{formatCount(raised)} raised</span>
              <span className="num w-20 text-right text-sm">{formatCount(open)} open</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
