import type { TodayView } from '../../../contract/today.ts'
import { counted, formatDay, formatInstant } from '../../format.ts'
import { Section } from '../../ui/page.tsx'
import { AccountLink } from '../../widgets/account-link.tsx'

const SHOWN = 8

const span = ({ earliest, latest }: { readonly earliest: string; readonly latest: string }): string =>
  earliest === latest ? `of ${formatDay(earliest)}` : `of ${formatDay(earliest)} to ${formatDay(latest)}`

const counts = ({ n, deleted, name }: { readonly n: number; readonly deleted: number; readonly name: string }): string =>
  `${n} ${name}${deleted === 0 ? '' : ` (${deleted} taken back)`}`

/** Facts of days that are past which came in since the last close: what was learnt, not what happened. */
export function Learnt({ learnt }: { readonly learnt: TodayView['learnt'] }) {
  if (learnt === null) return null
  const { since, kinds, rows } = learnt
  return (
    <Section title="Learnt since the last close" says={`Recorded since ${formatInstant(since)}, and of days before it.`}>
      {kinds.length === 0 ? (
        <p className="text-quiet">Nothing came late.</p>
      ) : (
        <>
          <p className="text-sm">{kinds.map((kind) => `${counts(kind)} of ${counted(kind.accounts, 'account')}, ${span(kind)}`).join(' · ')}</p>
          <ul className="flex flex-col">
            {rows.slice(0, SHOWN).map((row) => (
              <li key={`${row.account_id} ${row.fact}`} className="flex flex-wrap items-baseline gap-x-3 border-t border-line py-1.5">
                <AccountLink id={row.account_id} name={row.name} />
                <span className="ml-auto text-sm text-quiet">
                  {counts({ ...row, name: row.fact_name })} {span(row)}
                </span>
              </li>
            ))}
          </ul>
          {rows.length > SHOWN && <p className="text-sm text-quiet">{counted(rows.length - SHOWN, 'more line')}.</p>}
        </>
      )}
    </Section>
  )
}
