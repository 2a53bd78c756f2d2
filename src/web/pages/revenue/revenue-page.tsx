import { lazy, Suspense } from 'react'
import { useOverview } from '../../api.ts'
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
const TopMovements = lazy(() => import('./top-movements.tsx').then((module) => ({ default: module.TopMovements })))

/** What recurring revenue did in a period, and why: every number and every mark opens. */
export function RevenuePage() {
  if (useOverview().data?.empty === true) return <EmptyWorkspace />
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
      <Suspense fallback={<Skeleton className="h-96" />}>
        <TopMovements />
      </Suspense>
    </Page>
  )
}
