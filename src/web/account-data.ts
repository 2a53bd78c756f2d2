import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { BinnacleClient } from '../contract/contract.ts'
import { api, useLedgerState } from './api.ts'
import { useBookQuery } from './book-query.ts'

export type AccountOverview = Awaited<ReturnType<BinnacleClient['accountOverview']>>
export type AccountHealthView = NonNullable<AccountOverview['health']>
export type AccountChanges = Awaited<ReturnType<BinnacleClient['accountChanges']>>
export type AccountTimeline = Awaited<ReturnType<BinnacleClient['accountTimeline']>>
export type FactName = NonNullable<AccountTimeline['items'][number]['fact']>

/** As of which day, and by what was known when. */
export interface Clocks {
  readonly as_of?: string | undefined
  readonly reported_on?: string | undefined
}

const clocksOf = ({ as_of, reported_on }: Clocks): Clocks => ({
  ...(as_of === undefined ? {} : { as_of }),
  ...(reported_on === undefined ? {} : { reported_on }),
})

export const useAccountOverview = (id: string, clocks: Clocks) =>
  useBookQuery({ key: ['account', id, clocksOf(clocks)], ask: (_, signal) => api.accountOverview({ params: { id }, query: clocksOf(clocks) }, signal) })

export const useAccountChanges = (id: string, since: string) =>
  useBookQuery({ key: ['account-changes', id, since], ask: (_, signal) => api.accountChanges({ params: { id }, query: { since } }, signal) })

export const useAccountAutopsy = (id: string) =>
  useBookQuery({ key: ['account-autopsy', id], ask: (_, signal) => api.accountAutopsy({ params: { id } }, signal) })

export const useAccountInput = (id: string, input: string, clocks: Clocks) =>
  useBookQuery({
    key: ['account-input', id, input, clocksOf(clocks)],
    ask: (_, signal) => api.accountInput({ params: { id, input }, query: clocksOf(clocks) }, signal),
  })

export const useAccountFact = (id: string, fact: FactName) =>
  useBookQuery({ key: ['account-fact', id, fact], ask: (_, signal) => api.accountFact({ params: { id }, query: fact }, signal) })

const PAGE = 40

interface TimelineAsked extends Clocks {
  readonly kinds: readonly string[]
  readonly find: string
}

/** The timeline of an account, page after page. */
export function useAccountTimeline(id: string, { kinds, find, as_of, reported_on }: TimelineAsked) {
  return useInfiniteQuery({
    queryKey: ['account-timeline', id, kinds, find, as_of, reported_on, useLedgerState()],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      api.accountTimeline(
        {
          params: { id },
          query: {
            kinds: [...kinds],
            limit: PAGE,
            ...(find === '' ? {} : { find }),
            ...(pageParam === '' ? {} : { before: pageParam }),
            ...(as_of === undefined ? {} : { until: as_of }),
            ...(reported_on === undefined ? {} : { reported_on }),
          },
        },
        signal,
      ),
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  })
}

interface Looks {
  /** When somebody looked last, and the time before that. */
  readonly last: string
  readonly before: string
}

/** Within so long it is still the same look. */
const ONE_LOOK_MS = 30 * 60_000
const WEEK_MS = 7 * 86_400_000

function readLooks(id: string): Looks | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(`looked:${id}`) ?? 'null')
    return typeof kept === 'object' && kept !== null && 'last' in kept && 'before' in kept ? (kept as Looks) : null
  } catch {
    return null
  }
}

/** When this browser looked at an account before now; a week ago where it never did. */
export function useLastLook(id: string): { readonly since: string; readonly known: boolean } {
  const [look] = useState(() => {
    const now = Date.now()
    const kept = readLooks(id)
    const isSame = kept !== null && now - Date.parse(kept.last) < ONE_LOOK_MS
    const since = kept === null ? new Date(now - WEEK_MS).toISOString() : isSame ? kept.before : kept.last
    try {
      localStorage.setItem(`looked:${id}`, JSON.stringify({ last: new Date(now).toISOString(), before: since }))
    } catch {
      // A browser that keeps nothing shows the last week each time.
    }
    return { since, known: kept !== null }
  })
  return look
}
