import type { TodayView } from '../../../contract/today.ts'
import { formatDay } from '../../format.ts'
import { Section } from '../../ui/page.tsx'
import { AccountLink } from '../../widgets/account-link.tsx'

/** What was put off in writing, by the day on which it comes back. */
export function Skipped({ rows }: { readonly rows: TodayView['work']['skipped'] }) {
  if (rows.length === 0) return null
  return (
    <Section title="Skipped in writing" says="They come back by themselves on their day.">
      <ul className="flex flex-col">
        {rows.map(({ account, signals, skip }) => (
          <li key={account.account_id} className="flex flex-wrap items-baseline gap-x-3 border-t border-line py-1.5 first:border-t-0 first:pt-0">
            <AccountLink id={account.account_id} name={account.name} />
            <span className="min-w-0 flex-1 basis-48 text-sm text-quiet">
              {signals[0]?.sentence}; “{skip.reason}”
            </span>
            <span className="num text-sm text-quiet">{formatDay(skip.look_again_on)}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
