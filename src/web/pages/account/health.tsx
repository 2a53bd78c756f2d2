import { useExplain } from '../../address.ts'
import type { AccountHealthView, AccountOverview } from '../../account-data.ts'
import { DASH, counted, formatCount, formatDay, formatValue } from '../../format.ts'
import { CHECK_STATES, MOVER_STEPS } from '../../../kernel/words/health.ts'
import { Band, BandMark } from '../../ui/band.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Section } from '../../ui/page.tsx'
import { Tag } from '../../ui/tag.tsx'
import { useOpenInput } from './opened.tsx'

type Input = AccountHealthView['inputs'][number]
type Cap = AccountHealthView['caps'][number]

const STATE_TONES = { fired: 'bad', clear: 'good', not_checkable: 'neutral' } as const

const percent = (share: number): string => formatValue(share, 'share', null, 0)
const signed = (points: number): string => `${points > 0 ? '+' : points < 0 ? '−' : '±'}${formatValue(Math.abs(points), 'number', null, 1)}`

function State({ state }: { readonly state: Input['state'] }) {
  const { label, says } = CHECK_STATES[state]
  return (
    <Tag tone={STATE_TONES[state]}>
      <span title={says}>{label}</span>
    </Tag>
  )
}

const reading = ({ value, age, n, need, state }: Input): string => {
  const parts = [
    value === null ? null : formatValue(value, 'number'),
    age === null ? null : age === 0 ? 'fresh' : `${counted(age, 'day')} old`,
    state !== 'not_checkable' && n !== null && n < need ? `${n} of ${need} needed` : null,
  ]
  return parts.filter((part) => part !== null).join(' · ')
}

function InputLine({ input }: { readonly input: Input }) {
  const openInput = useOpenInput()
  const explain = useExplain()
  const open = (): void => (input.reads === 'metric' ? explain({ metric: input.id }) : openInput(input.id))
  return (
    <tr className="border-t border-line align-baseline">
      <th scope="row" className="py-1.5 pr-3">
        <button
          type="button"
          onClick={open}
          className="rounded-sm text-left font-medium underline decoration-edge decoration-1 underline-offset-3 hover:decoration-accent"
        >
          {input.name}
        </button>
        <span className="num block text-sm font-normal text-quiet">{input.says ?? reading(input)}</span>
      </th>
      <td className="py-1.5 pr-3">
        <State state={input.state} />
      </td>
      <td className="num py-1.5 pr-3 text-right">{input.score === null ? DASH : formatCount(Math.round(input.score))}</td>
      <td className="num hidden py-1.5 pr-3 text-right text-quiet sm:table-cell" title={`${percent(input.nominal)} of the whole model`}>
        {input.share === 0 ? DASH : percent(input.share)}
      </td>
      <td className="num py-1.5 text-right font-medium">{input.printed === null ? DASH : formatCount(input.printed)}</td>
    </tr>
  )
}

function CapLine({ cap }: { readonly cap: Cap }) {
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 gap-y-1 border-t border-line py-1.5 first:border-t-0">
      <span className="min-w-0 flex-1">
        {cap.state === 'fired' ? `${cap.says.charAt(0).toUpperCase()}${cap.says.slice(1)}` : cap.name}
        {cap.evidence !== null && <span className="num text-sm text-quiet"> ({cap.evidence})</span>}
      </span>
      {cap.state === 'fired' ? (
        <Tag tone="bad">
          At most {cap.at_most}
          {cap.binding ? '' : ', not binding'}
        </Tag>
      ) : (
        <State state={cap.state} />
      )}
      {cap.state === 'fired' && (
        <span className="num w-full text-sm text-quiet">
          Since {formatDay(cap.since ?? '')}
          {cap.expires === null ? ', while it lasts' : `, until ${formatDay(cap.expires)}`}
        </span>
      )}
    </li>
  )
}

/** Points by which the score moved, largest first: what was learnt, and what happened. */
function Movers({ health }: { readonly health: AccountHealthView }) {
  const { movers } = health
  if (movers === null || movers.lines === null) return <p className="text-sm text-quiet">No score of thirty days ago to compare with.</p>
  const change = (movers.after ?? 0) - (movers.before ?? 0)
  const lines = movers.lines.filter(({ points }) => Math.abs(points) >= 0.05)
  return (
    <div className="flex flex-col gap-1">
      <p>
        {movers.before === null ? DASH : formatCount(Math.round(movers.before))} to {movers.after === null ? DASH : formatCount(Math.round(movers.after))} since{' '}
        {formatDay(movers.since)} <span className="num text-quiet">({signed(change)})</span>
      </p>
      <ul className="flex flex-col">
        {lines.slice(0, 5).map((line) => (
          <li key={`${line.step} ${line.of} ${line.id} ${line.why}`} className="flex items-baseline gap-3 text-sm">
            <span className="num w-12 text-right">{signed(line.points)}</span>
            <span className="min-w-0 flex-1">
              {line.name}
              <span className="text-faint"> {line.why === 'value' ? '' : line.why.replace('_', ' ')}</span>
            </span>
            {line.step !== 'happened' && (
              <Tag tone="accent">
                <span title={MOVER_STEPS[line.step].says}>{MOVER_STEPS[line.step].label}</span>
              </Tag>
            )}
          </li>
        ))}
      </ul>
      {lines.length === 0 && <p className="text-sm text-quiet">Nothing moved it.</p>}
    </div>
  )
}

const HEIGHT = 40

/** Eight weeks of scores, a gap where there was none. */
function Weeks({ trend }: { readonly trend: AccountHealthView['trend'] }) {
  const says = trend.weeks.map(({ day, score }) => `${formatDay(day)}: ${score === null ? 'no score' : Math.round(score)}`).join(', ')
  return (
    <div className="flex flex-col gap-1">
      <svg viewBox={`0 0 160 ${HEIGHT + 2}`} className="h-12 w-40" role="img" aria-label={`Scores of eight weeks. ${says}`}>
        {trend.weeks.map(({ day, score }, i) =>
          score === null ? null : (
            <rect
              key={day}
              x={i * 20 + 2}
              width="14"
              y={HEIGHT + 1 - (score / 100) * HEIGHT}
              height={Math.max(1, (score / 100) * HEIGHT)}
              className={score < 40 ? 'fill-band-red' : score < 70 ? 'fill-band-amber' : 'fill-band-green'}
            >
              <title>{`${formatDay(day)}: ${Math.round(score)}`}</title>
            </rect>
          ),
        )}
        <line x1="0" x2="160" y1={HEIGHT + 1.5} y2={HEIGHT + 1.5} className="stroke-edge" strokeWidth="1" />
      </svg>
      <p className="text-sm text-quiet">
        {trend.slope === null ? 'Too few weeks to tell a trend' : trend.is_steady ? 'Steady over eight weeks' : `${signed(trend.slope)} points a week`}
      </p>
    </div>
  )
}

/** What was said beside the score: what keeps it from green, what we know now, and where the money speaks against it. */
function Beside({ account, health }: { readonly account: AccountOverview; readonly health: AccountHealthView }) {
  const { said, not_green } = health
  const score = (value: number | null): string => (value === null ? 'no score' : formatCount(Math.round(value)))
  return (
    <>
      {not_green !== null && <p>{not_green}</p>}
      {said !== null && (
        <Banner title={`We said ${score(said.score)} of ${formatDay(said.day)}; we know now ${score(said.now)}.`}>
          Facts of that day came later or were corrected.
        </Banner>
      )}
      {account.against_money !== null && (
        <p className="text-bad">
          The score speaks against the money: MRR {account.against_money > 0 ? 'rose' : 'fell'} by {percent(Math.abs(account.against_money))} in 90 days.
        </p>
      )}
    </>
  )
}

/** Every input as fired, checked and clear, or not checkable; points that add up to what is weighted. */
function Inputs({ health }: { readonly health: AccountHealthView }) {
  return (
    <table className="w-full">
      <thead>
        <tr className="text-sm text-quiet">
          <th className="pr-3 pb-1">What was looked at</th>
          <th className="pr-3 pb-1">State</th>
          <th className="pr-3 pb-1 text-right!">0 to 100</th>
          <th className="hidden pr-3 pb-1 text-right! sm:table-cell">Weight</th>
          <th className="pb-1 text-right!">Points</th>
        </tr>
      </thead>
      <tbody>
        {health.inputs.map((input) => (
          <InputLine key={input.id} input={input} />
        ))}
        <tr className="border-t border-edge">
          <th scope="row" colSpan={2} className="py-1.5 font-semibold">
            Weighted
          </th>
          <td />
          <td className="hidden sm:table-cell" />
          <td className="num py-1.5 text-right font-semibold">{health.weighted === null ? DASH : formatCount(Math.round(health.weighted))}</td>
        </tr>
      </tbody>
    </table>
  )
}

/** What a cap did to the score; nothing where the score says it all. */
const sayPrinted = ({ printed, caps }: AccountHealthView): string | null =>
  printed === null ? 'Less than half of what counts is known: no score' : caps.some(({ state }) => state === 'fired') ? printed : null

/** How the account is and why: every input and cap, points that add up to the score, and what moved it. */
export function Health({ account }: { readonly account: AccountOverview }) {
  const { health } = account
  if (health === null)
    return (
      <Section title="Health">
        <p className="text-quiet">It pays for nothing on this day: only customers are scored.</p>
      </Section>
    )
  return (
    <Section title="Health" says={`By ${health.model}. Coverage ${percent(health.coverage)}, confidence ${percent(health.confidence)}.`}>
      <p className="flex flex-wrap items-baseline gap-x-3">
        <Band band={health.band} score={health.score} className="text-lg font-semibold" />
        <span className="text-quiet">{sayPrinted(health)}</span>
      </p>
      <Beside account={account} health={health} />
      <Inputs health={health} />
      <div className="grid gap-x-10 gap-y-6 pt-2 md:grid-cols-2">
        <div className="flex flex-col gap-1">
          <h3 className="font-semibold">Caps</h3>
          <ul className="flex flex-col">
            {health.caps
              .toSorted((a, b) => Number(b.state === 'fired') - Number(a.state === 'fired'))
              .map((cap) => (
                <CapLine key={cap.id} cap={cap} />
              ))}
          </ul>
        </div>
        <div className="flex flex-col gap-4">
          <div className="flex flex-col gap-1">
            <h3 className="font-semibold">What moved it</h3>
            <Movers health={health} />
          </div>
          <Weeks trend={health.trend} />
          {health.past === 'known_now' && (
            <p className="flex items-center gap-1.5 text-sm text-quiet">
              <BandMark band="unknown" /> The days before were not watched while they happened: by what is known now, which is optimistic.
            </p>
          )}
        </div>
      </div>
    </Section>
  )
}
