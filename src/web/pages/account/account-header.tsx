import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { AccountOverview } from '../../account-data.ts'
import { useCarried } from '../../address.ts'
import { DASH, counted, formatDay, formatMoney, humanise } from '../../format.ts'
import { useDimensions } from '../../api.ts'
import { PULSES } from '../../../kernel/words/health.ts'
import { Band } from '../../ui/band.tsx'
import { Tag } from '../../ui/tag.tsx'

/** One leading figure with its name below it. */
function Leading({ name, children, says }: { readonly name: string; readonly children: React.ReactNode; readonly says?: string | undefined }) {
  return (
    <div className="flex min-w-0 flex-col">
      <dt className="text-sm text-quiet">{name}</dt>
      <dd className="num text-lg font-semibold whitespace-nowrap">{children}</dd>
      {says !== undefined && <dd className="num text-sm text-quiet">{says}</dd>}
    </div>
  )
}

function standing({ money }: AccountOverview): { readonly text: string; readonly tone: 'neutral' | 'bad' } | null {
  if (money.left_on !== null) return { text: `Left ${formatDay(money.left_on)}`, tone: 'bad' }
  if (!money.is_customer) return { text: 'Not a customer', tone: 'neutral' }
  return money.decision === null ? null : { text: `Decided to leave ${formatDay(money.decision.day)}`, tone: 'bad' }
}

function Family({ account }: { readonly account: AccountOverview }) {
  const carry = useCarried()
  const { parent, children } = account
  if (parent === null && children.length === 0) return null
  const link = ({ account_id, name }: { readonly account_id: string; readonly name: string }) => (
    <Link key={account_id} to="/accounts/$account" params={{ account: account_id }} search={carry} className="text-accent hover:underline">
      {name}
    </Link>
  )
  return (
    <span className="flex flex-wrap gap-x-2">
      {parent !== null && <span>Part of {link(parent)}</span>}
      {children.length > 0 && <span className="flex flex-wrap gap-x-2">Above {children.slice(0, 6).map(link)}</span>}
      {children.length > 6 && <span>and {children.length - 6} more</span>}
    </span>
  )
}

/** Who it is, how it is, what it pays, and by when it must decide. */
export function AccountHeader({ account }: { readonly account: AccountOverview }) {
  const { money, health, pulse, owners, attributes } = account
  const dimensions = useDimensions().data
  const names = useMemo(() => new Map((dimensions ?? []).map(({ id, name }) => [id, name])), [dimensions])
  const [next] = money.deadlines
  const [owner] = owners
  const state = standing(account)
  const before = money.mrr !== null && money.mrr_before !== null && money.mrr_before > 0 ? money.mrr / money.mrr_before - 1 : null
  return (
    <header className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h1 className="text-xl font-semibold">{account.name}</h1>
        <span className="num text-quiet">{account.account_id}</span>
        {state !== null && <Tag tone={state.tone}>{state.text}</Tag>}
        {account.is_internal && <Tag>Internal: left out of every number</Tag>}
        {pulse !== null && (
          <Tag tone={pulse.disagrees === null ? 'neutral' : 'bad'}>
            Pulse {PULSES[pulse.value].toLowerCase()}
            {pulse.is_due ? `, ${counted(pulse.age, 'day')} old` : ''}
          </Tag>
        )}
      </div>
      <dl className="flex flex-wrap gap-x-10 gap-y-3">
        <Leading name="Health" says={health?.not_green ?? undefined}>
          {health === null ? DASH : <Band band={health.band} score={health.score} />}
        </Leading>
        <Leading
          name="ARR"
          says={before === null || Math.abs(before) < 0.005 ? undefined : `${before > 0 ? '+' : '−'}${Math.round(Math.abs(before) * 100)} % in 90 days`}
        >
          {money.arr === null ? DASH : formatMoney(money.arr, money.currency, 0)}
        </Leading>
        <Leading
          name="Must decide"
          says={
            next === undefined
              ? undefined
              : `${next.days === 0 ? 'today' : `in ${counted(next.days, 'day')}`}${next.flags.includes('notice_unknown') ? ', at the latest' : ''}`
          }
        >
          {next === undefined ? (money.is_customer ? 'Any month' : DASH) : formatDay(next.deadline)}
        </Leading>
        <Leading name="Owner" says={owner?.from === null || owner === undefined ? undefined : `since ${formatDay(owner.from)}`}>
          {owner === undefined || owner.csm_id === '' ? 'Nobody' : owner.name}
        </Leading>
        <Leading name="Customer since" says={money.seats > 0 ? counted(money.seats, 'seat') : undefined}>
          {money.customer_since === null ? DASH : formatDay(money.customer_since)}
        </Leading>
      </dl>
      <p className="flex flex-wrap gap-x-4 gap-y-1 text-sm text-quiet">
        {attributes
          .filter(({ attribute }) => attribute !== 'parent')
          .map(({ attribute, value, from }) => (
            <span key={attribute} title={from === null ? undefined : `Since ${formatDay(from)}`}>
              <span className="text-faint">{names.get(attribute) ?? humanise(attribute)}</span> {value}
            </span>
          ))}
        {owners.length > 1 && (
          <span title={owners.map(({ name, from }) => `${name || 'Nobody'}${from === null ? '' : ` since ${formatDay(from)}`}`).join('\n')}>
            {counted(owners.length - 1, 'owner')} before
          </span>
        )}
        <Family account={account} />
      </p>
    </header>
  )
}
