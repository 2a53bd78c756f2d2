import { useQuery } from '@tanstack/react-query'
import { api, useOverview } from './api.ts'
import { humanise } from './format.ts'

/** Facts a file can hold and the columns they take. */
export const useTargets = () => useQuery({ queryKey: ['import-targets'], queryFn: ({ signal }) => api.listImportTargets({}, signal), staleTime: Infinity })

/** Names of facts as the server gives them. */
export function useFactNames(): (fact: string) => string {
  const targets = useTargets().data
  const held = useOverview().data?.facts
  const names = new Map([...(held ?? []), ...(targets ?? [])].map(({ fact, name }) => [fact, name]))
  return (fact) => names.get(fact) ?? humanise(fact)
}
