import { useOverview } from '../../api.ts'
import { BeforeFacts, useBeforeFacts } from '../../ui/before-facts.tsx'
import { loadable } from '../../ui/loadable.tsx'
import { Page } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Breakdown } from './breakdown.tsx'
import { Bridge } from './bridge.tsx'
import { Cohorts } from './cohorts.tsx'
import { EmptyWorkspace } from './empty-workspace.tsx'
import { Leading } from './leading.tsx'
import { Movements } from './movements.tsx'
import { Retention } from './retention.tsx'

// The table brings a library of its own and stands below what is seen first.
const TopMovements = loadable(
  () => import('./top-movements.tsx').then((module) => module.TopMovements),
  () => <Skeleton className="h-96" />,
)

/** What recurring revenue did in a period, and why: every number and every mark opens. */
export function RevenuePage() {
  const before = useBeforeFacts()
  if (useOverview().data?.empty === true) return <EmptyWorkspace />
  if (before !== null)
    return (
      <Page>
        <BeforeFacts day={before} />
      </Page>
    )
  return (
    <Page wide>
      <Leading />
      <div className="grid gap-x-10 gap-y-8 xl:grid-cols-2">
        <Bridge />
        <Movements />
      </div>
      <div className="grid gap-x-10 gap-y-8 xl:grid-cols-2">
        <Retention />
        <Breakdown />
      </div>
      <Cohorts />
      <TopMovements />
    </Page>
  )
}
