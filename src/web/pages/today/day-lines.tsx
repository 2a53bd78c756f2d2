import { Link } from '@tanstack/react-router'
import { CalendarClock, CircleAlert, CircleHelp, TrendingUp } from 'lucide-react'
import type { ReactNode } from 'react'
import type { DayLine } from '../../../contract/today.ts'
import { SIGNAL_CLASSES, type SignalClass } from '../../../kernel/words/health.ts'
import { counted, formatDay, formatMoney, formatValue } from '../../format.ts'
import { Band } from '../../ui/band.tsx'
import { AccountLink } from '../../widgets/account-link.tsx'
import { SignalActions } from '../signals/signal-actions.tsx'

const ICONS: Record<SignalClass, ReactNode> = {
  risk: <CircleAlert aria-hidden size={14} className="text-bad" />,
  decided: <CalendarClock aria-hidden size={14} className="text-alarm" />,
  opportunity: <TrendingUp aria-hidden size={14} className="text-good" />,
  data: <CircleHelp aria-hidden size={14} className="text-faint" />,
}

interface DayLinesProps {
  readonly lines: readonly DayLine[]
  readonly currency: string
  readonly by_chance: boolean
  /** How many there are, where not all are here. */
  readonly total?: number
  /** Only the gravest reason of each. */
  readonly compact?: boolean
}

/** Accounts that wait, the most worth an hour first: who, why, and what is at stake. */
export function DayLines({ lines, currency, by_chance, total = lines.length, compact = false }: DayLinesProps) {
  return (
    <>
      <ol className="flex flex-col">
        {lines.map((line) => (
          <Line key={line.account.account_id} line={line} currency={currency} by_chance={by_chance} compact={compact} />
        ))}
      </ol>
      {total > lines.length && (
        <Link to="/signals" search={{ order: 'worth' }} className="text-sm text-accent hover:underline">
          {counted(total - lines.length, 'more account')}: see all signals
        </Link>
      )}
    </>
  )
}

function Line({ line, currency, by_chance, compact }: Pick<DayLinesProps, 'currency' | 'by_chance'> & { readonly line: DayLine; readonly compact: boolean }) {
  const { account, signals, came_back } = line
  const shown = compact ? signals.slice(0, 1) : signals
  return (
    <li className="flex flex-col gap-1.5 border-t border-line py-2.5 first:border-t-0 first:pt-0">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <AccountLink id={account.account_id} name={account.name} />
        <Band band={account.band} score={account.score} className="text-sm" />
        {account.csm_name !== null && <span className="text-sm text-faint">{account.csm_name}</span>}
        <Stake line={line} currency={currency} by_chance={by_chance} />
      </div>
      <div className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
        <ul className="flex min-w-0 flex-1 basis-72 flex-col gap-0.5">
          {shown.map((signal) => (
            <li key={signal.id} className="flex items-baseline gap-2">
              <span className="translate-y-0.5" title={SIGNAL_CLASSES[signal.class].label}>
                {ICONS[signal.class]}
                <span className="sr-only">{SIGNAL_CLASSES[signal.class].label}: </span>
              </span>
              <span className="min-w-0">
                <Link to="/signals/$id" params={{ id: signal.id }} className="hover:underline" title={`${signal.name}: open its evidence`}>
                  {signal.sentence}
                </Link>{' '}
                <span className="text-sm whitespace-nowrap text-faint" title={`Raised on ${formatDay(signal.raised_on)}`}>
                  {signal.age === 0 ? 'today' : counted(signal.age, 'day')}
                </span>
              </span>
            </li>
          ))}
          {compact && signals.length > 1 && <li className="pl-5.5 text-sm text-quiet">and {counted(signals.length - 1, 'more signal')}</li>}
          {came_back !== null && (
            <li className="pl-5.5 text-sm text-quiet">
              Back since {formatDay(came_back.look_again_on)}: “{came_back.reason}”
            </li>
          )}
        </ul>
        <SignalActions signals={signals} name={account.name} />
      </div>
    </li>
  )
}

/** "12,000 × 34 % = 4,080": what is at stake, as it is reckoned. */
function Stake({ line: { account, chance, worth }, currency, by_chance }: Pick<DayLinesProps, 'currency' | 'by_chance'> & { readonly line: DayLine }) {
  const arr = formatMoney(account.arr, currency, 0)
  if (account.decided_on !== null)
    return (
      <span className="num ml-auto text-sm">
        {arr} <span className="text-quiet">decided {formatDay(account.decided_on)}</span>
      </span>
    )
  if (!by_chance || chance === null)
    return (
      <span className="num ml-auto text-sm" title="How likely it is to leave is not known yet">
        {arr} <span className="text-quiet">ARR</span>
      </span>
    )
  return (
    <span className="num ml-auto text-sm" title={`ARR × the chance of a decision to leave within 90 days = ${formatMoney(worth, currency, 0)}`}>
      <span className="text-quiet">
        {arr} × {formatValue(chance, 'share', null, 0)} ={' '}
      </span>
      {formatMoney(worth, currency, 0)}
    </span>
  )
}
