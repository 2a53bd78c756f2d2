import { useNavigate, useRouter, useRouterState } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { useOverview } from './api.ts'
import type { Question, Target } from './question.ts'
import { keepQuestion, one, readQuestion, type Search, withoutExplained, writeQuestion, writeTarget } from './search.ts'

/** The query string of the page that is shown, as text values. Only pages and the frame around them read it: what they draw is told. */
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

/** The question of the page. Pages are drawn only once the overview is known. */
export function useQuestion(): Question {
  // Only what belongs to the question: a drawer that opens leaves the charts alone.
  const search = useCarried()
  const { today = new Date().toISOString().slice(0, 10), first_day = null, last_day = null } = useOverview().data ?? {}
  return useMemo(() => readQuestion(search, { today, first_day, last_day }), [search, today, first_day, last_day])
}

/** What a link to another page takes along. */
export const useCarried = (): Search => useRouterState({ select: (state) => keepQuestion(state.location.search as Search), structuralSharing: true })

/** Asks the page something else. */
export function useAskElse(): (change: Partial<Question>) => void {
  const setSearch = useSetSearch()
  return useCallback((change: Partial<Question>) => setSearch(writeQuestion(change)), [setSearch])
}

/** Opens the drawer, or goes a step deeper in it. Back closes it again. */
export function useOpenDrawer(): (patch: Search) => void {
  const setSearch = useSetSearch()
  const router = useRouter()
  return useCallback((patch: Search) => setSearch(patch, { drawer: (router.state.location.state.drawer ?? 0) + 1 }), [setSearch, router])
}

/** Opens the drawer that explains one number. */
export function useExplain(): (target: Target) => void {
  const open = useOpenDrawer()
  return useCallback((target: Target) => open(writeTarget(target)), [open])
}

/** Opens what is known of one account. */
export function useOpenAccount(): (id: string) => void {
  const open = useOpenDrawer()
  return useCallback((id: string) => open({ account: id }), [open])
}

/** Goes to the page of an account; the question comes along. */
export function useGoToAccount(): (id: string) => void {
  const navigate = useNavigate()
  const carry = useCarried()
  return useCallback((account: string) => void navigate({ to: '/accounts/$account', params: { account }, search: carry }), [navigate, carry])
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

/** One step back inside the drawer; where a link opened it there, `shallower` is what the address becomes. */
export function useDrawerBack(): (shallower: Search) => void {
  const setSearch = useSetSearch()
  const router = useRouter()
  return useCallback(
    (shallower: Search) => {
      if ((router.state.location.state.drawer ?? 0) > 1) router.history.back()
      else setSearch(shallower, { replace: true })
    },
    [setSearch, router],
  )
}
