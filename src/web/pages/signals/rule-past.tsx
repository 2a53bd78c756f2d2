import type { RuleTrial } from '../../../contract/signals.ts'
import { useOverview } from '../../api.ts'
import { counted, formatCount, formatDay, formatMoney, monthName } from '../../format.ts'
import { AccountLink } from '../../widgets/account-link.tsx'

const SHOWN = 20
const HEIGHT = 72

/** Whom a rule matches today, and how many it would have matched at the ends of the last months. */
export function RulePast({ trial }: { readonly trial: RuleTrial }) {
  const currency = useOverview().data?.reporting_currency ?? null
  const { rows, total, unknown, customers } = trial
  return (
    <div className="grid gap-x-10 gap-y-6 border-t border-line pt-4 lg:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-2">
        <h3 className="font-medium">
          Today it matches {counted(total, 'account')} of {formatCount(customers)}
        </h3>
        {unknown > 0 && <p className="text-sm text-quiet">Of {counted(unknown, 'account')} it cannot be said: a value is missing.</p>}
        <ul className="flex flex-col">
          {rows.slice(0, SHOWN).map((row) => (
            <li key={row.account_id} className="flex flex-wrap items-baseline gap-x-3 border-t border-line py-1.5 first:border-t-0 first:pt-0">
              <AccountLink id={row.account_id} name={row.name} />
              <span className="num ml-auto text-sm">{formatMoney(row.arr, currency, 0)}</span>
              <span className="w-full text-sm text-quiet">{row.sentence}</span>
            </li>
          ))}
        </ul>
        {total > SHOWN && <p className="text-sm text-quiet">{counted(total - SHOWN, 'more account')}.</p>}
      </div>
      <Past trial={trial} />
    </div>
  )
}

const monthOf = (day: string): string => monthName(Number(day.slice(5, 7)) - 1)

function Past({ trial: { past } }: { readonly trial: RuleTrial }) {
  const most = Math.max(1, ...past.map(({ matched }) => matched))
  const raised = past.slice(1).reduce((sum, { began }) => sum + began, 0)
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <h3 className="font-medium">Over the past year it would have come up for {counted(raised, 'account')} anew</h3>
      <p className="text-sm text-quiet">
        Matches at the ends of months, by what is known of them today: late facts and corrections are in it, so it is a little better informed than it would
        have been.
      </p>
      <table className="w-full border-collapse">
        <caption className="sr-only">Accounts matched at the end of each month, and how many of them were not matched a month before</caption>
        <tbody>
          <tr className="align-bottom">
            {past.map(({ day, matched, began }) => (
              <td key={day} className="px-0.5 text-center" title={`${formatDay(day)}: ${matched} matched, ${began} of them anew`}>
                <span className="num block text-sm">{formatCount(matched)}</span>
                <span aria-hidden className="mx-auto block w-full max-w-8 rounded-t-sm bg-accent" style={{ height: `${(HEIGHT * matched) / most}px` }} />
              </td>
            ))}
          </tr>
          <tr>
            {past.map(({ day }) => (
              <td key={day} className="border-t border-line px-0.5 pt-1 text-center text-xs text-quiet">
                {monthOf(day)}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  )
}
