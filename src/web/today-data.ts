import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { BinnacleClient } from '../contract/contract.ts'
import { useParam } from './address.ts'
import { api, useLedgerState } from './api.ts'

export const VIEWS = ['csm', 'team', 'company'] as const
export type View = (typeof VIEWS)[number]

/** Whose day is shown: the view, and of one CSM the id. Empty: everybody's. */
export interface Who {
  readonly view: View
  readonly csm: string
}

const KEPT = 'binnacle.who'
const isView = (text: string): text is View => (VIEWS as readonly string[]).includes(text)

/** What was chosen last on this browser. */
function remembered(): Who {
  try {
    const { view = '', csm = '' } = JSON.parse(localStorage.getItem(KEPT) ?? '{}') as Partial<Record<keyof Who, string>>
    return { view: isView(view) ? view : 'csm', csm }
  } catch {
    return { view: 'csm', csm: '' }
  }
}

function remember(who: Who): void {
  try {
    localStorage.setItem(KEPT, JSON.stringify(who))
  } catch {
    // A browser that keeps nothing still shows what the address says.
  }
}

/** Whose day is shown. The address says it; where it does not, what was chosen last, which the address then says. */
export function useWho(): readonly [who: Who, set: (change: Partial<Who>) => void] {
  const before = remembered()
  const [view, setView] = useParam('view')
  const [csm, setCsm] = useParam('csm')
  const isSaid = view !== '' || csm !== ''
  const who = isSaid ? { view: isView(view) ? view : ('csm' as const), csm } : before
  useEffect(() => {
    if (!isSaid && before.csm !== '') setCsm(before.csm)
    else if (!isSaid && before.view !== 'csm') setView(before.view)
  }, [isSaid, before.csm, before.view, setCsm, setView])
  const set = (change: Partial<Who>): void => {
    const next = { ...who, ...change }
    remember(next)
    if (change.view !== undefined) setView(change.view)
    if (change.csm !== undefined) setCsm(change.csm)
  }
  return [who, set]
}

/** Days pass and signals come without the ledgers moving: asked again now and then. */
const OFTEN = 60_000

export function useToday(csm: string, enabled = true) {
  const state = useLedgerState()
  return useQuery({
    queryKey: ['today', 'csm', csm, state],
    queryFn: ({ signal }) => api.today({ query: csm === '' ? {} : { csm } }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: OFTEN,
    enabled,
  })
}

export function useTeam() {
  const state = useLedgerState()
  return useQuery({
    queryKey: ['today', 'team', state],
    queryFn: ({ signal }) => api.todayTeam({}, signal),
    placeholderData: keepPreviousData,
    refetchInterval: OFTEN,
  })
}

export function useCompany() {
  const state = useLedgerState()
  return useQuery({
    queryKey: ['today', 'company', state],
    queryFn: ({ signal }) => api.todayCompany({}, signal),
    placeholderData: keepPreviousData,
    refetchInterval: OFTEN,
  })
}

type SignalsQuery = Parameters<BinnacleClient['listSignals']>[0]['query']

export function useSignals(query: SignalsQuery) {
  const state = useLedgerState()
  return useQuery({ queryKey: ['signals', query, state], queryFn: ({ signal }) => api.listSignals({ query }, signal), placeholderData: keepPreviousData })
}

export const useSignal = (id: string) => useQuery({ queryKey: ['signal', id], queryFn: ({ signal }) => api.signal({ params: { id } }, signal) })

export const useKinds = () => useQuery({ queryKey: ['signal kinds'], queryFn: ({ signal }) => api.listSignalKinds({}, signal) })

export const useKind = (kind: string) => useQuery({ queryKey: ['signal kinds', kind], queryFn: ({ signal }) => api.signalKind({ params: { kind } }, signal) })

/** What a person says of a signal, after which everything that tells of signals is asked again. */
export function useSignalStep<Said>(step: (said: Said) => Promise<unknown>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: step,
    onSuccess: () => Promise.all(['today', 'signals', 'signal', 'signal kinds'].map((key) => client.invalidateQueries({ queryKey: [key] }))),
  })
}
