import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { TodayState } from '../../../contract/today.ts'
import { useOverview } from '../../api.ts'
import { formatDay } from '../../format.ts'
import { useCompany, useTeam, useToday, useWho } from '../../today-data.ts'
import { Banner } from '../../ui/banner.tsx'
import { buttonClass } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Await } from '../../ui/failure.tsx'
import { Page } from '../../ui/page.tsx'
import { Progress } from '../../ui/progress.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { EmptyWorkspace } from '../../widgets/empty-workspace.tsx'
import { CompanyView } from './company-view.tsx'
import { CsmView } from './csm-view.tsx'
import { TeamView } from './team-view.tsx'

const WILL_BE_HERE: readonly [title: string, says: string][] = [
  ['Who needs you, and why', 'A line for each account that needs somebody, in the order of what an hour is worth, each with its reason and its number.'],
  ['What changed overnight', 'Scores that moved with their causes, deadlines ahead, and what was learnt of days that are past.'],
  ['Numbers that open', 'Every line leads to the account, its score and the row of your file that it rests on.'],
]

const Waiting = () => (
  <div className="flex flex-col gap-3">
    {Array.from({ length: 5 }, (_, i) => (
      <Skeleton key={i} className="h-16" />
    ))}
  </div>
)

/** Who needs somebody today, and why: of a CSM, of the team, of the company. */
export function TodayPage() {
  const [{ view }] = useWho()
  if (useOverview().data?.empty === true) return <EmptyWorkspace title="Who needs you, and why, will be here" willBeHere={WILL_BE_HERE} />
  return <Page wide>{view === 'team' ? <Team /> : view === 'company' ? <Company /> : <Csm />}</Page>
}

function Csm() {
  const [{ csm }] = useWho()
  return (
    <Await query={useToday(csm)} skeleton={<Waiting />}>
      {(view) => (
        <Known state={view.state}>
          <CsmView view={view} />
        </Known>
      )}
    </Await>
  )
}

function Team() {
  return (
    <Await query={useTeam()} skeleton={<Waiting />}>
      {(view) => (
        <Known state={view.state}>
          <TeamView view={view} />
        </Known>
      )}
    </Await>
  )
}

function Company() {
  return (
    <Await query={useCompany()} skeleton={<Waiting />}>
      {(view) => (
        <Known state={view.state}>
          <CompanyView view={view} />
        </Known>
      )}
    </Await>
  )
}

/** How much of the past is known by itself: said where it is not all of it. */
function Known({ state, children }: { readonly state: TodayState; readonly children: ReactNode }) {
  const { said, lived_since, today, replay } = state
  const isRunning = replay?.state === 'running'
  if (said === null)
    return (
      <>
        <EmptyState
          title={isRunning ? 'The past is being worked out' : 'Nothing is said of your customers yet'}
          actions={
            <Link to="/import" className={buttonClass('primary')}>
              Import files
            </Link>
          }
        >
          {isRunning
            ? 'The last year is lived again day by day with what your files say. This page fills when it is done; you can leave it.'
            : 'Each customer gets a score at the close of every day. The first comes when subscriptions are known and a day has closed; the more you bring in (use, tickets, answers, bills), the more it knows.'}
        </EmptyState>
        {isRunning && <ReplayProgress replay={replay} />}
      </>
    )
  return (
    <>
      {!said.is_lived && (
        <Banner title={`Said of ${formatDay(said.day)}, as if your sources had been connected all along.`}>
          Your history came in one piece: no day of it was watched while it happened, so it looks better informed than it was. Days count as lived from the next
          close on.
        </Banner>
      )}
      {said.is_lived && lived_since === said.day && (
        <Banner title={`Lived since ${formatDay(lived_since)}.`}>
          Every day before it is as if your sources had been connected then, which is optimistic.
        </Banner>
      )}
      {said.is_lived && said.day < today && <Behind day={said.day} today={today} />}
      {isRunning && <ReplayProgress replay={replay} />}
      {children}
    </>
  )
}

function Behind({ day, today }: { readonly day: string; readonly today: string }) {
  const days = Math.round((Date.parse(today) - Date.parse(day)) / 86_400_000)
  if (days <= 1) return null
  return <Banner title={`Said of ${formatDay(day)}.`}>The days since then are still to be closed: they are worked through one after the other.</Banner>
}

const ReplayProgress = ({ replay }: { readonly replay: NonNullable<TodayState['replay']> }) => (
  <Progress
    label={`Living ${formatDay(replay.from)} to ${formatDay(replay.until)} again`}
    done={replay.progress?.done ?? 0}
    total={replay.progress?.total ?? null}
    unit="days"
  />
)
