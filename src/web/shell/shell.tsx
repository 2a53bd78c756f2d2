import { Link, Outlet, useMatches, useNavigate, useParams, useRouterState } from '@tanstack/react-router'
import { Suspense, useCallback, useEffect, useState } from 'react'
import {
  useAskElse,
  useCarried,
  useCloseDrawer,
  useDrawerBack,
  useExplain,
  useGoToAccount,
  useOpenAccount,
  useOpenDrawer,
  useParam,
  useQuestion,
  useSearchText,
} from '../address.ts'
import { useOverview } from '../api.ts'
import type { ExplainDrawerProps } from '../explain/explain-drawer.tsx'
import { one, readTarget } from '../search.ts'
import { useTitle } from '../title.ts'
import { buttonClass } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Failure } from '../ui/failure.tsx'
import { loadable } from '../ui/loadable.tsx'
import { Page } from '../ui/page.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import type { BannersProps } from './banners.tsx'
import type { PagePath } from './commands.ts'
import { Header } from './header.tsx'
import type { PaletteProps } from './palette.tsx'
import { Rail } from './rail.tsx'

const Banners = loadable<BannersProps>(() => import('./banners.tsx').then((module) => module.Banners))
const Toasts = loadable(() => import('../ui/toast.tsx').then((module) => module.Toasts))
const Palette = loadable<PaletteProps>(() => import('./palette.tsx').then((module) => module.Palette))
const ExplainDrawer = loadable<ExplainDrawerProps>(() => import('../explain/explain-drawer.tsx').then((module) => module.ExplainDrawer))

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

/** The drawer, as far as the address says that it is open. */
function OpenDrawer() {
  const search = useSearchText()
  const question = useQuestion()
  const [open, openAccount, back, close] = [useOpenDrawer(), useOpenAccount(), useDrawerBack(), useCloseDrawer()]
  const [, setPart] = useParam('rows')
  const [target, rows, account] = [readTarget(search), one(search.rows), one(search.account)]
  if (target === null && account === undefined) return null
  return (
    <ExplainDrawer
      question={question}
      target={target}
      rows={rows}
      account={account}
      onRows={(part) => open({ rows: part })}
      onPart={setPart}
      onAccount={openAccount}
      onBack={() => back(account === undefined ? { rows: undefined } : { account: undefined })}
      onClose={close}
    />
  )
}

function OpenPalette({ onClose }: { readonly onClose: () => void }) {
  const navigate = useNavigate()
  const carry = useCarried()
  const go = useCallback((to: PagePath) => void navigate({ to, search: carry }), [navigate, carry])
  return (
    <Palette reportedOn={useQuestion().reported_on} onGo={go} onExplain={useExplain()} onAccount={useGoToAccount()} onAsk={useAskElse()} onClose={onClose} />
  )
}

/** The frame: rail, header, banners, the page, and the drawer that explains a number. It reads the address for all that is in it. */
export function Shell() {
  const [finding, setFinding] = useState(false)
  const [openFind] = useState(() => () => setFinding(true))
  const overview = useOverview()
  const { title = '', asks = false, who = false, above, uncompared } = useMatches({ select: (matches) => matches.at(-1)?.staticData ?? {} })
  const path = useRouterState({ select: (state) => state.location.pathname })
  const metric = useParams({ strict: false, select: ({ id }: { id?: string }) => id })
  const [question, askElse, carry] = [useQuestion(), useAskElse(), useCarried()]
  usePaletteKey(openFind)
  usePrefetch(overview.data !== undefined)
  useTitle('frame', title)
  const ask = asks && overview.data?.empty === false ? { question, onChange: askElse, metric, uncompared } : null
  return (
    <div className="flex h-dvh flex-col overflow-hidden md:flex-row">
      <a href="#page" className="overlay absolute top-2 left-2 z-80 -translate-y-20 px-3 py-2 focus:translate-y-0">
        Skip to the page
      </a>
      <Rail path={path} carry={carry} onFind={openFind} />
      <div data-scroll-restoration-id="page" className="flex min-h-0 min-w-0 flex-1 flex-col overflow-y-auto pb-16 md:pb-0">
        <Header
          title={title}
          above={above}
          ask={ask}
          who={who && overview.data?.empty === false}
          carry={carry}
          invented={overview.data?.invented === true}
          onFind={openFind}
        />
        <main id="page" tabIndex={-1} className="min-w-0 flex-1 outline-none">
          <Banners question={asks ? question : null} onNow={() => askElse({ as_of: undefined, reported_on: undefined })} carry={carry} />
          <Shown />
        </main>
      </div>
      {overview.data !== undefined && <OpenDrawer />}
      {finding && <OpenPalette onClose={() => setFinding(false)} />}
      <Toasts />
    </div>
  )
}

/** The page, once it is known what the workspace holds. */
function Shown() {
  const overview = useOverview()
  if (overview.data !== undefined)
    return (
      <Suspense fallback={<PageSkeleton />}>
        <Outlet />
      </Suspense>
    )
  if (!overview.isError) return <PageSkeleton />
  return (
    <Page>
      <Failure error={overview.error} onRetry={() => void overview.refetch()} />
    </Page>
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
            Go to Today
          </Link>
        }
      >
        The link may be from another version.
      </EmptyState>
    </Page>
  )
}
