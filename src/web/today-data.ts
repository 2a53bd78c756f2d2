import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { BinnacleClient } from '../contract/contract.ts'
import { api, useLedgerState } from './api.ts'

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
