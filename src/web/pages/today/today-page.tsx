import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { TodayState } from '../../../contract/today.ts'
import { useOverview } from '../../api.ts'
import { formatDay } from '../../format.ts'
import { useCompany, useTeam, useToday } from '../../today-data.ts'
import { useWho } from '../../who.ts'
import { Banner } from '../../ui/banner.tsx'
import { buttonClass } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Await } from '../../ui/failure.tsx'
import { Page } from '../../ui/page.tsx'
import { Progress } from '../../ui/progress.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { EmptyWorkspace } from '../empty-workspace.tsx'
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
  const { customers, replay } = state
  const isRunning = replay?.state === 'running'
  if (customers === 0)
    return (
      <EmptyState
        title="No customer is known yet"
        actions={
          <Link to="/import" className={buttonClass('primary')}>
            Import subscriptions
          </Link>
        }
      >
        Who pays says who is a customer: bring in subscriptions, and each customer gets a score at once. The more you bring in (use, tickets, answers, bills),
        the more it knows.
      </EmptyState>
    )
  return (
    <>
      <Lived state={state} />
      {isRunning && <ReplayProgress replay={replay} />}
      {children}
    </>
  )
}

function Lived({ state: { said, lived_since, today } }: { readonly state: TodayState }) {
  if (said === null)
    return (
      <Banner title="Scores are of this moment; no day was closed yet.">
        What changes, trends and signals are told from the next close on. The year before is worked out from your files as if they had come day by day.
      </Banner>
    )
  if (!said.is_lived)
    return (
      <Banner title={`The past until ${formatDay(said.day)} is as if your sources had been connected all along.`}>
        Your history came in one piece: no day of it was watched while it happened, so it looks better informed than it was. Days count as lived from the next
        close on.
      </Banner>
    )
  if (lived_since === said.day)
    return (
      <Banner title={`Lived since ${formatDay(lived_since)}.`}>Every day before it is as if your sources had been connected then, which is optimistic.</Banner>
    )
  return <Behind day={said.day} today={today} />
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
