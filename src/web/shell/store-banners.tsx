import { useMutation, useQuery } from '@tanstack/react-query'
import { api, healthQuery, queryClient, toFailure } from '../api.ts'
import { StoreNotices } from './store-notices.tsx'

/** What is wrong with the stores, above every page. */
export function StoreBanners() {
  const { data } = useQuery(healthQuery)
  const restore = useMutation({ mutationFn: () => api.restoreLost({}), onSettled: () => queryClient.invalidateQueries() })
  if (data === undefined) return null
  const failure = restore.error === null ? null : toFailure(restore.error)
  const restoring = { isPending: restore.isPending, failure: failure === null ? null : `${failure.message} ${failure.cure}`, begin: () => restore.mutate() }
  return <StoreNotices losses={data.losses} disks={data.disks} restoring={restoring} />
}
