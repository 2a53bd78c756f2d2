import type { TodayView } from '../../../contract/today.ts'
import { counted, formatDay, formatMoney } from '../../format.ts'
import { Band } from '../../ui/band.tsx'
import { Section } from '../../ui/page.tsx'
import { AccountLink } from '../../widgets/account-link.tsx'

const SHOWN = 10

/** Days by which accounts must decide, of those that have not. */
export function Deadlines({ rows, currency }: { readonly rows: TodayView['deadlines']; readonly currency: string }) {
  const sum = rows.reduce((total, { arr }) => total + arr, 0)
  return (
    <Section
      title="Deadlines ahead"
      says={
        rows.length === 0
          ? 'No opt-out deadline within 60 days.'
          : `${counted(rows.length, 'account')} must decide within 60 days; ${formatMoney(sum, currency, 0)} of ARR hangs on it.`
      }
    >
      {rows.length > 0 && (
        <ul className="flex flex-col">
          {rows.slice(0, SHOWN).map(({ account, deadline, days, arr }) => (
            <li
              key={`${account.account_id} ${deadline}`}
              className="flex flex-wrap items-baseline gap-x-3 border-t border-line py-1.5 first:border-t-0 first:pt-0"
            >
              <AccountLink id={account.account_id} name={account.name} />
              <Band band={account.band} score={account.score} className="text-sm" />
              <span className="num ml-auto text-sm">{formatMoney(arr, currency, 0)}</span>
              <span className="num w-32 text-right text-sm text-quiet" title={formatDay(deadline)}>
                {formatDay(deadline).slice(0, -5)}, {days === 0 ? 'today' : `in ${counted(days, 'day')}`}
              </span>
            </li>
          ))}
        </ul>
      )}
      {rows.length > SHOWN && <p className="text-sm text-quiet">{counted(rows.length - SHOWN, 'more account')} later.</p>}
    </Section>
  )
}
