import { keepPreviousData, QueryClient, useQuery } from '@tanstack/react-query'
import { routes } from 'virtual:routes'
import { makeClient } from '../contract/client.ts'
import type { BinnacleClient } from '../contract/contract.ts'
import type { MetricEntry } from '../contract/question.ts'
import { BinnacleError } from '../kernel/errors.ts'

/** A request that never reached the server says so in the same form as one that it refused. */
async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new BinnacleError('unreachable', 'The server does not answer.', {
      cure: 'See that Binnacle is running on this machine, then try again. Nothing that was saved is lost.',
      retry: true,
      status: 503,
      cause,
    })
  }
}

/** Every operation of the contract. */
export const api: BinnacleClient = makeClient(routes, '', send)

/** What went wrong as one shape, whoever threw it. */
export function toFailure(error: unknown): BinnacleError {
  if (error instanceof BinnacleError) return error
  return new BinnacleError('unexpected', error instanceof Error ? error.message : 'Something went wrong.', {
    cure: 'Reload the page. If it stays, the server log says more.',
    retry: true,
  })
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: false,
      retry: (count, error) => count < 2 && error instanceof BinnacleError && error.retry && error.code !== 'unreachable',
    },
  },
})

/** Address of an operation that answers with a file. */
export function hrefOf(name: keyof BinnacleClient, params: Record<string, string>, query: object = {}): string {
  const [, path = ''] = routes[name] ?? []
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query) as [string, unknown][])
    for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) if (item !== undefined && item !== null) search.append(key, String(item))
  const text = search.toString()
  return path.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(params[key] ?? '')) + (text === '' ? '' : `?${text}`)
}

export type Overview = Awaited<ReturnType<BinnacleClient['overview']>>
export type DimensionEntry = Awaited<ReturnType<BinnacleClient['listDimensions']>>[number]

/** Asked again every second while ledgers are being derived, else now and then. */
export const overviewQuery = {
  queryKey: ['overview'],
  queryFn: ({ signal }: { signal: AbortSignal }) => api.overview({}, signal),
  staleTime: 5_000,
  refetchInterval: (query: { state: { data?: Overview | undefined } }) => (query.state.data?.ledgers.refreshing === true ? 1_000 : 15_000),
}
/** How the stores are; asked without waiting for them. */
export const healthQuery = {
  queryKey: ['health'],
  queryFn: ({ signal }: { signal: AbortSignal }) => api.health({}, signal),
  staleTime: 5_000,
  refetchInterval: 15_000,
}
export const useOverview = () => useQuery(overviewQuery)

export const catalogQuery = {
  queryKey: ['metrics'],
  queryFn: async ({ signal }: { signal: AbortSignal }) =>
    new Map((await api.listMetrics({}, signal)).map((entry) => [entry.id, entry] as [string, MetricEntry])),
  staleTime: Infinity,
}
/** The catalog by metric id. */
export const useCatalog = () => useQuery(catalogQuery)

/** Names the present of the facts: answers of another state are other answers. */
export const useLedgerState = (): number => useOverview().data?.ledgers.state ?? 0

export function useDimensions() {
  const state = useLedgerState()
  return useQuery({
    queryKey: ['dimensions', state],
    queryFn: ({ signal }) => api.listDimensions({}, signal),
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  })
}

/** What every page needs is asked for while the page itself is still being loaded. */
export function askAhead(): void {
  void queryClient.prefetchQuery(overviewQuery)
  void queryClient.prefetchQuery(catalogQuery)
}
