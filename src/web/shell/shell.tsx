import { Link, Outlet, useMatches, useParams } from '@tanstack/react-router'
import { Suspense, useEffect, useState } from 'react'
import { useCatalog, useOverview } from '../api.ts'
import { useSearchText } from '../screen.ts'
import { one } from '../search.ts'
import { buttonClass } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Failure } from '../ui/failure.tsx'
import { loadable } from '../ui/loadable.tsx'
import { Page } from '../ui/page.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Header } from './header.tsx'
import { Rail } from './rail.tsx'

const Banners = loadable(() => import('./banners.tsx').then((module) => module.Banners))
const Toasts = loadable(() => import('../ui/toast.tsx').then((module) => module.Toasts))
const Palette = loadable<{ onClose: () => void }>(() => import('./palette.tsx').then((module) => module.Palette))
const ExplainDrawer = loadable(() => import('../explain/explain-drawer.tsx').then((module) => module.ExplainDrawer))

function usePaletteKey(open: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey) return
      event.preventDefault()
      open()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [open])
}

/** What opens next is fetched while nothing else happens, so that it answers at once. */
function usePrefetch(ready: boolean): void {
  useEffect(() => {
    if (!ready) return
    const timer = setTimeout(() => void Promise.all([ExplainDrawer.preload(), Palette.preload()]).catch(() => undefined), 250)
    return () => clearTimeout(timer)
  }, [ready])
}

/** What the page is about, where that has a name of its own: the metric that is explained, or whose page it is. */
function useName(): string | undefined {
  const search = useSearchText()
  const id = useParams({ strict: false, select: (params: { id?: string }) => params.id })
  const catalog = useCatalog().data
  return catalog?.get(one(search.number) ?? id ?? '')?.name
}

/** The frame: rail, header, banners, the page, and the drawer that explains a number. */
export function Shell() {
  const [finding, setFinding] = useState(false)
  const [openFind] = useState(() => () => setFinding(true))
  const overview = useOverview()
  const search = useSearchText()
  const { title = '', asks = false } = useMatches({ select: (matches) => matches.at(-1)?.staticData ?? {} })
  const name = useName() ?? title
  usePaletteKey(openFind)
  usePrefetch(overview.data !== undefined)
  useEffect(() => {
    document.title = name === '' ? 'Binnacle' : `${name} · Binnacle`
  }, [name])
  const explaining = search.number !== undefined || search.account !== undefined
  return (
    <div className="flex h-dvh flex-col overflow-hidden md:flex-row">
      <a href="#page" className="overlay absolute top-2 left-2 z-80 -translate-y-20 px-3 py-2 focus:translate-y-0">
        Skip to the page
      </a>
      <Rail onFind={openFind} />
      <div data-scroll-restoration-id="page" className="flex min-h-0 min-w-0 flex-1 flex-col overflow-y-auto pb-16 md:pb-0">
        <Header title={title} asks={asks && overview.data?.empty === false} invented={overview.data?.invented === true} onFind={openFind} />
        <main id="page" tabIndex={-1} className="min-w-0 flex-1 outline-none">
          <Banners />
          {overview.data !== undefined ? (
            <Suspense fallback={<PageSkeleton />}>
              <Outlet />
            </Suspense>
          ) : overview.isError ? (
            <Page>
              <Failure error={overview.error} onRetry={() => void overview.refetch()} />
            </Page>
          ) : (
            <PageSkeleton />
          )}
        </main>
      </div>
      {explaining && overview.data !== undefined && <ExplainDrawer />}
      {finding && <Palette onClose={() => setFinding(false)} />}
      <Toasts />
    </div>
  )
}

function PageSkeleton() {
  return (
    <Page wide>
      <div className="grid grid-cols-2 gap-6 lg:grid-cols-4">
        {Array.from({ length: 8 }, (_, i) => (
          <Skeleton key={i} className="h-16" />
        ))}
      </div>
      <Skeleton className="h-64" />
    </Page>
  )
}

export function LostPage() {
  return (
    <Page>
      <EmptyState
        title="There is no page at this address"
        actions={
          <Link to="/" className={buttonClass('primary')}>
            Go to the revenue board
          </Link>
        }
      >
        The link may be from another version.
      </EmptyState>
    </Page>
  )
}
