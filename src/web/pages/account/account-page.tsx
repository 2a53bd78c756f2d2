import { useParams } from '@tanstack/react-router'
import { useAccountOverview } from '../../account-data.ts'
import type { AccountOverview } from '../../account-data.ts'
import { useQuestion } from '../../address.ts'
import { useTitle } from '../../title.ts'
import { Await } from '../../ui/failure.tsx'
import { Page } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { AccountHeader } from './account-header.tsx'
import { AccountMetrics } from './account-metrics.tsx'
import { Attention } from './attention.tsx'
import { Autopsy } from './autopsy.tsx'
import { Changes } from './changes.tsx'
import { Contracts } from './contracts.tsx'
import { Health } from './health.tsx'
import { Opened } from './opened.tsx'
import { People } from './people.tsx'
import { Signals } from './signals.tsx'
import { Timeline } from './timeline.tsx'
import { UnderWay } from './under-way.tsx'

const Waiting = () => (
  <div className="flex flex-col gap-6">
    <Skeleton className="h-14" />
    <Skeleton className="h-24" />
    <Skeleton className="h-72" />
  </div>
)

/** Everything about one account: what needs attention, how it is and why, its people and contracts, and all that happened. */
export function AccountPage() {
  const id = useParams({ strict: false, select: (params: { account?: string }) => params.account ?? '' })
  const { as_of, reported_on } = useQuestion()
  return (
    <Page wide>
      <Await query={useAccountOverview(id, { as_of, reported_on })} skeleton={<Waiting />}>
        {(account) => <Account key={account.account_id} account={account} />}
      </Await>
    </Page>
  )
}

function Account({ account }: { readonly account: AccountOverview }) {
  useTitle('page', account.name)
  const { as_of, reported_on } = useQuestion()
  const clocks = { as_of, reported_on }
  const isNow = as_of === undefined && reported_on === undefined
  return (
    <>
      <AccountHeader account={account} />
      <div className="grid gap-x-12 gap-y-8 xl:grid-cols-[minmax(0,3fr)_minmax(20rem,2fr)]">
        <div className="flex min-w-0 flex-col gap-8">
          <Attention account={account} />
          {isNow && <Changes id={account.account_id} currency={account.money.currency} />}
          {isNow && (account.money.decision !== null || account.money.left_on !== null) && <Autopsy id={account.account_id} />}
          <Health account={account} />
          <Contracts money={account.money} />
          <People people={account.people} />
          <UnderWay account={account} />
          <Signals signals={account.signals} />
          <AccountMetrics id={account.account_id} />
        </div>
        <Timeline id={account.account_id} clocks={clocks} />
      </div>
      <Opened id={account.account_id} clocks={clocks} />
    </>
  )
}
