import { Link, useParams } from '@tanstack/react-router'
import type { ReportCard, SignalKind } from '../../../contract/signals.ts'
import { SIGNAL_CLASSES } from '../../../kernel/words/health.ts'
import { counted, formatDay, formatInterval, formatValue } from '../../format.ts'
import { useTitle } from '../../title.ts'
import { useKind } from '../../today-data.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Await } from '../../ui/failure.tsx'
import { Facts, Page, Section } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Tag } from '../../ui/tag.tsx'
import { AccountLink } from '../../widgets/account-link.tsx'

/** One kind of signal: what it says, and how good it was here. */
export function KindPage() {
  const { id } = useParams({ from: '/signals/kinds/$id' })
  return (
    <Page>
      <Await query={{ ...useKind(id), isPlaceholderData: false }} skeleton={<Skeleton className="h-96" />}>
        {(kind) => <Kind kind={kind} />}
      </Await>
    </Page>
  )
}

function Kind({ kind }: { readonly kind: SignalKind }) {
  useTitle('page', kind.name)
  return (
    <>
      <div className="flex flex-col gap-3">
        <div className="flex flex-wrap items-center gap-3">
          <h1 className="text-xl font-semibold">{kind.name}</h1>
          <Tag>{SIGNAL_CLASSES[kind.class].label}</Tag>
          {!kind.is_on && <Tag>Off</Tag>}
          <div className="ml-auto flex gap-2">
            {kind.own !== null && (
              <Link to="/signals/own/$id" params={{ id: kind.own }} className={buttonClass('plain')}>
                Change its rule
              </Link>
            )}
            <Link to="/signals" search={{ kind: kind.kind }} className={buttonClass('plain')}>
              See {counted(kind.open, 'open signal')}
            </Link>
          </div>
        </div>
        {kind.says !== '' && <p className="max-w-[70ch] text-quiet">{kind.says}</p>}
        <Facts
          items={[
            ...(kind.rule === null ? [] : [['Rule', <code key="rule">{kind.rule}</code>] as const]),
            ['Looked at', kind.is_instant ? 'At every close, and in the minute in which a fact comes' : 'At every close'],
            ['Ends', `After ${counted(kind.expires, 'day')} at the latest; earlier when its condition ends or the fact behind it is corrected`],
            ['Raised', `${counted(kind.raised, 'time')} in the last year`],
          ]}
        />
      </div>
      {kind.cards.length === 0 ? (
        <Section title="Record here">
          <p className="text-quiet">
            {kind.class === 'risk' && kind.own === null
              ? 'Nothing is rated yet: the past is worked out in the background, and a warning needs 90 days until it can be held against what came.'
              : 'Only warnings of the product are held against decisions so far.'}
          </p>
        </Section>
      ) : (
        kind.cards.map((card) => <Card key={card.mode} card={card} />)
      )}
    </>
  )
}

const MODES: Readonly<Record<ReportCard['mode'], string>> = {
  lived: 'As it was lived',
  as_known: 'Of the past, by what was known on each day',
  as_if_connected: 'Of the past as if sources had been connected: optimistic',
}

function Card({ card }: { readonly card: ReportCard }) {
  const { verdicts } = card
  return (
    <Section title={`Record here: ${MODES[card.mode]}`} says={`${formatDay(card.from)} to ${formatDay(card.until)}, held against decisions within 90 days.`}>
      {card.not_enough !== null && (
        <p className="font-medium">
          {card.not_enough[0]?.toUpperCase()}
          {card.not_enough.slice(1)}.
        </p>
      )}
      <Facts
        items={[
          [
            'Warnings',
            `${verdicts.hit} came true, ${verdicts.miss} did not, ${verdicts.too_late} came too late; ${verdicts.not_matured} are still open to it, ${verdicts.late_data} rested on late data`,
          ],
          ['Decisions', counted(card.decisions, 'decision')],
          ...(card.enough
            ? ([
                ['Precision', <Rated key="p" share={card.precision} says="of its warnings came true" />],
                ['Where somebody acted', <Rated key="a" share={card.precision_acted} says="came true" />],
                ['Where nobody did', <Rated key="u" share={card.precision_untouched} says="came true" />],
                ['Base rate', <Rated key="b" share={card.base_rate} says="of account-months were followed by a decision" />],
                ['Lift', card.lift === null ? '–' : `${formatValue(card.lift, 'ratio', null, 1)} against the base rate`],
                ['Recall', <Rated key="r" share={card.recall} says="of decisions had a warning in time" />],
                ['Median lead', leadText(card)],
              ] as const)
            : []),
        ]}
      />
      {card.missed.length > 0 && (
        <details>
          <summary className="cursor-pointer text-quiet">{counted(card.missed.length, 'loss', 'losses')} that it did not come before</summary>
          <ul className="flex flex-col gap-1 pt-2">
            {card.missed.map(({ account_id, name, decided_on }) => (
              <li key={account_id} className="flex gap-3">
                <AccountLink id={account_id} name={name} />
                {decided_on !== null && <span className="text-quiet">decided {formatDay(decided_on)}</span>}
              </li>
            ))}
          </ul>
        </details>
      )}
    </Section>
  )
}

function leadText({ median_lead, median_lead_ci }: ReportCard): string {
  if (median_lead === null) return '–'
  const interval = median_lead_ci === null ? 'too few for an interval' : `95 % interval ${formatInterval(median_lead_ci, 'days')}`
  return `${formatValue(median_lead, 'days')} before the deadline or decision (${interval})`
}

function Rated({ share, says }: { readonly share: ReportCard['precision']; readonly says: string }) {
  if (share === null || share.rate === null) return <span className="text-quiet">Nothing to rate</span>
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-2">
      <span className="num">
        {formatValue(share.rate, 'share')}{' '}
        <span className="text-quiet">
          ({share.of} of {share.n})
        </span>
      </span>
      <span className="text-quiet">{says}</span>
      {share.ci !== null && <span className="num text-sm text-quiet">95 % interval {formatInterval(share.ci, 'share')}</span>}
    </span>
  )
}
