import { Link, useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { SignalDetail } from '../../../contract/signals.ts'
import { CLOSE_REASONS, SIGNAL_CLASSES } from '../../../kernel/words/health.ts'
import { useOverview } from '../../api.ts'
import { counted, formatDay, formatInstant, formatMoney, formatPlain, formatValue, humanise } from '../../format.ts'
import { useTitle } from '../../title.ts'
import { useSignal } from '../../today-data.ts'
import { Band } from '../../ui/band.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Await } from '../../ui/failure.tsx'
import { loadable } from '../../ui/loadable.tsx'
import { Facts, Page, Section } from '../../ui/page.tsx'
import type { PageTable as Table } from '../../ui/rows-table.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Tag } from '../../ui/tag.tsx'
import { AccountLink } from '../../widgets/account-link.tsx'
import { SignalActions } from './signal-actions.tsx'

const PageTable = loadable<Parameters<typeof Table>[0]>(
  () => import('../../ui/rows-table.tsx').then((module) => module.PageTable),
  () => <Skeleton className="h-32" />,
)

/** One signal: why it was raised, the facts behind it, what was learnt since, and what became of it. */
export function SignalPage() {
  const { id } = useParams({ from: '/signals/$id' })
  return (
    <Page>
      <Await query={{ ...useSignal(id), isPlaceholderData: false }} skeleton={<Skeleton className="h-96" />}>
        {(signal) => <Signal signal={signal} />}
      </Await>
    </Page>
  )
}

const evidenceText = (value: SignalDetail['evidence'][string]): string =>
  value === null
    ? '–'
    : typeof value === 'number'
      ? formatPlain(value)
      : typeof value === 'boolean'
        ? value
          ? 'yes'
          : 'no'
        : /^\d{4}-\d\d-\d\d$/.test(value)
          ? formatDay(value)
          : value

function Signal({ signal }: { readonly signal: SignalDetail }) {
  useTitle('page', `${signal.name}: ${signal.kind_name}`)
  const { account } = signal
  return (
    <>
      <div className="flex flex-col gap-2">
        <div className="flex flex-wrap items-center gap-3">
          <h1 className="text-xl font-semibold">{signal.sentence}</h1>
          <Tag tone={signal.closed_on === null ? 'accent' : 'neutral'}>
            {signal.closed_on === null ? 'Open' : signal.close_reason === null ? 'Closed' : CLOSE_REASONS[signal.close_reason].label}
          </Tag>
          {signal.is_held && <Tag>Kept back</Tag>}
        </div>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <AccountLink id={signal.account_id} name={signal.name} />
          {account !== null && <Band band={account.band} score={account.score} />}
          {account !== null && <Arr account={account} chance={signal.chance} />}
          {signal.closed_on === null && (
            <span className="ml-auto">
              <SignalActions signals={[signal]} name={signal.name} size="normal" />
            </span>
          )}
        </div>
      </div>
      {signal.message !== null && <Banner tone="warning" title={signal.message} />}
      <div className="grid gap-x-10 gap-y-8 lg:grid-cols-2">
        <Section title="Why" says={signal.says}>
          <Facts
            items={[
              [
                'Kind',
                <Link
                  key="kind"
                  to="/signals/kinds/$id"
                  params={{ id: signal.kind }}
                  className="underline decoration-edge underline-offset-3 hover:decoration-accent"
                >
                  {signal.kind_name}
                </Link>,
              ],
              ['Class', SIGNAL_CLASSES[signal.class].label],
              ...Object.entries(signal.evidence).map(
                ([name, value]) =>
                  [
                    humanise(name),
                    <span key={name} className="num">
                      {evidenceText(value)}
                    </span>,
                  ] as const,
              ),
            ]}
          />
        </Section>
        <Section title="Life">
          <Facts items={lifeOf(signal)} />
        </Section>
      </div>
      <FactsBehind signal={signal} />
      <LearntSince signal={signal} />
    </>
  )
}

function Arr({ account, chance }: { readonly account: NonNullable<SignalDetail['account']>; readonly chance: number | null }) {
  const currency = useOverview().data?.reporting_currency ?? null
  return (
    <span className="num text-quiet">
      {formatMoney(account.arr, currency, 0)} ARR
      {chance !== null && chance < 1 && `, ${formatValue(chance, 'share', null, 0)} likely to leave within 90 days`}
      {account.decided_on !== null && `, decided ${formatDay(account.decided_on)}`}
    </span>
  )
}

function lifeOf(signal: SignalDetail): (readonly [string, ReactNode])[] {
  const closed = signal.close_reason === null ? null : CLOSE_REASONS[signal.close_reason]
  return [
    ['Raised', `${formatDay(signal.raised_on)}, on what was known until ${formatInstant(signal.known_until)}`],
    ...signal.skips.map((skip) => [`Skipped ${formatDay(skip.skipped_at.slice(0, 10))}`, `Until ${formatDay(skip.look_again_on)}: “${skip.reason}”`] as const),
    ...(signal.closed_on === null
      ? [['Ends', `${formatDay(signal.expires_on)} at the latest`] as const]
      : [
          [
            'Closed',
            `${formatDay(signal.closed_on)}, after ${counted(signal.age, 'day')}. ${closed?.says ?? ''}${signal.close_note === null ? '' : `: “${signal.close_note}”`}`,
          ] as const,
        ]),
    ...(signal.ground_now
      ? []
      : [
          [
            'Ground',
            `Found on ${formatDay(signal.ground_lost_on ?? signal.raised_on)} to rest on late or wrong data: it does not count in the record of its kind`,
          ] as const,
        ]),
  ]
}

function FactsBehind({ signal }: { readonly signal: SignalDetail }) {
  return signal.facts.map(({ id, name, page }) => (
    <Section
      key={id}
      title={name}
      says={`What it was read from, as it was known when it was raised${page.total > page.rows.length ? `: the latest ${page.rows.length} of ${page.total}` : ''}.`}
    >
      <PageTable label={name} columns={page.columns} rows={page.rows} total={page.total} maxHeight={320} />
    </Section>
  ))
}

function LearntSince({ signal }: { readonly signal: SignalDetail }) {
  if (signal.learnt.length === 0) return null
  return (
    <Section title="Learnt since it was raised" says="Recorded later, and of days up to then: nobody could know it.">
      <ul className="flex flex-col">
        {signal.learnt.map((fact) => (
          <li key={`${fact.fact} ${fact.says}`} className="flex flex-wrap items-baseline gap-x-3 border-t border-line py-1.5 first:border-t-0 first:pt-0">
            <span>
              {fact.says[0]?.toUpperCase()}
              {fact.says.slice(1)}
            </span>
            <span className="ml-auto text-sm text-quiet">recorded {formatInstant(fact.recorded_at)}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
