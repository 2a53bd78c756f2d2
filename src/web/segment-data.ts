import { useQuery } from '@tanstack/react-query'
import { api } from './api.ts'

export const segmentsQuery = {
  queryKey: ['segments'],
  queryFn: ({ signal }: { signal: AbortSignal }) => api.listSegments({}, signal),
  staleTime: 30_000,
}

/** Lists of accounts that the team gave a name. */
export const useSegments = () => useQuery(segmentsQuery)
