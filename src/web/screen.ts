import { useNavigate, useRouter, useRouterState } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { useOverview } from './api.ts'
import { one, readScreen, type Screen, type Search, type Target, withoutExplained, writePeriod, writeTarget } from './search.ts'

/** The query string of the page that is shown, as text values. */
export const useSearchText = (): Search => useRouterState({ select: (state) => state.location.search as Search, structuralSharing: true })

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** How many steps of Back close the drawer. */
    drawer?: number
  }
}

interface SetOptions {
  /** Leaves no step for Back. */
  readonly replace?: boolean
  readonly drawer?: number
}

/** Changes some of the query string; what is undefined is taken out. */
export function useSetSearch() {
  const navigate = useNavigate()
  return useCallback(
    (patch: Search | ((before: Search) => Search), { replace = false, drawer }: SetOptions = {}) =>
      void navigate({
        to: '.',
        search: (before: Search) => ({ ...before, ...(typeof patch === 'function' ? patch(before) : patch) }),
        resetScroll: false,
        replace,
        ...(drawer === undefined ? {} : { state: { drawer } }),
      }),
    [navigate],
  )
}

/** One value of the query string that belongs to a page: `const [by, setBy] = useParam('by', 'segment')`. */
export function useParam(name: string, fallback = ''): [value: string, set: (value: string) => void] {
  const value = useRouterState({ select: (state) => one((state.location.search as Search)[name]) }) ?? fallback
  const setSearch = useSetSearch()
  const set = useCallback((next: string) => setSearch({ [name]: next === fallback ? undefined : next }, { replace: true }), [setSearch, name, fallback])
  return [value, set]
}

/** Period, comparison, filters and clocks that are in force. Pages are drawn only once the overview is known. */
export function useScreen(): Screen {
  // Only what belongs to the screen: a drawer that opens leaves the charts alone.
  const search = useRouterState({ select: (state) => keepScreen(state.location.search as Search), structuralSharing: true })
  const { today = new Date().toISOString().slice(0, 10), first_day = null, last_day = null } = useOverview().data ?? {}
  return useMemo(() => readScreen(search, { today, first_day, last_day }), [search, today, first_day, last_day])
}

export function useSetScreen() {
  const setSearch = useSetSearch()
  return useCallback(
    (patch: Partial<Screen>) =>
      setSearch({
        ...('period' in patch ? { period: patch.period === undefined ? undefined : writePeriod(patch.period) } : {}),
        ...('compare' in patch ? { compare: patch.compare === 'previous' ? undefined : patch.compare } : {}),
        ...('where' in patch ? { where: [...(patch.where ?? [])] } : {}),
        ...('as_of' in patch ? { as_of: patch.as_of } : {}),
        ...('reported_on' in patch ? { reported_on: patch.reported_on } : {}),
      }),
    [setSearch],
  )
}

function useOpenDrawer(): (patch: Search) => void {
  const setSearch = useSetSearch()
  const router = useRouter()
  return useCallback((patch: Search) => setSearch(patch, { drawer: (router.state.location.state.drawer ?? 0) + 1 }), [setSearch, router])
}

/** Opens the drawer that explains one number. Back closes it again. */
export function useExplain(): (target: Target) => void {
  const open = useOpenDrawer()
  return useCallback((target: Target) => open(writeTarget(target)), [open])
}

/** Opens the rows behind a part of the number that is explained. */
export function useOpenRows(): (part: string) => void {
  const open = useOpenDrawer()
  return useCallback((part: string) => open({ rows: part }), [open])
}

/** Opens what is known of one account. */
export function useOpenAccount(): (id: string) => void {
  const open = useOpenDrawer()
  return useCallback((id: string) => open({ account: id }), [open])
}

/** Closes the drawer: goes back over the steps that opened it, or takes it out of the address when a link opened it. */
export function useCloseDrawer(): () => void {
  const setSearch = useSetSearch()
  const router = useRouter()
  return useCallback(() => {
    const steps = router.state.location.state.drawer ?? 0
    if (steps > 0) router.history.go(-steps)
    else setSearch(withoutExplained)
  }, [setSearch, router])
}

/** What a link to another page takes along: the question stays, the drawer and the page's own choices do not. */
export const keepScreen = (search: Search): Search => ({
  period: search.period,
  compare: search.compare,
  where: search.where,
  as_of: search.as_of,
  reported_on: search.reported_on,
})
