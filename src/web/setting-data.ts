import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { BinnacleClient } from '../contract/contract.ts'
import { api } from './api.ts'

export type Setting = Awaited<ReturnType<BinnacleClient['listSettings']>>[number]

export const settingsQuery = { queryKey: ['settings'], queryFn: ({ signal }: { signal: AbortSignal }) => api.listSettings({}, signal) }
export const useSettings = (enabled = true) => useQuery({ ...settingsQuery, enabled })

/** Changes a setting. All answers may be others afterwards, so they are asked again. */
export function useChangeSetting(key: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (value: string) => api.changeSetting({ params: { key }, body: { value } }),
    onSuccess: (after) => {
      client.setQueryData<Setting[]>(['settings'], (before) => before?.map((setting) => (setting.key === key ? after : setting)))
      void client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'settings' && query.queryKey[0] !== 'imports' })
    },
  })
}
