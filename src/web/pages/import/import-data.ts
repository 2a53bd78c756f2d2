import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import type { ImportFile, ImportRecord, Mapping } from '../../../contract/imports.ts'
import type { BinnacleClient } from '../../../contract/contract.ts'
import { api, queryClient } from '../../api.ts'
import { showFailure } from '../../ui/toast.tsx'
import { isRunning } from './import-words.ts'
import { uploads } from './send-file.ts'
import type { Upload } from './uploads.ts'

export type ImportTarget = Awaited<ReturnType<BinnacleClient['listImportTargets']>>[number]

const POLL_MS = 500
const everyMoment = (records: readonly ImportRecord[] | undefined): number | false =>
  records?.some((record) => isRunning(record) || record.progress !== null || record.files.some((file) => file.state === 'receiving')) === true ? POLL_MS : false

/** All imports, the newest first; asked again while one of them is at work. */
export const importsQuery = queryOptions({
  queryKey: ['imports'],
  queryFn: ({ signal }) => api.listImports({}, signal),
  staleTime: 2_000,
  refetchInterval: (query) => everyMoment(query.state.data),
})
export const useImports = () => useQuery(importsQuery)

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ['imports', id],
    queryFn: ({ signal }) => api.readImport({ params: { id } }, signal),
    // What was discarded is gone, and nobody asks for it again.
    enabled: (query) => id !== '' && query.state.data?.state !== 'discarded',
    staleTime: 1_000,
    refetchInterval: (query) => everyMoment(query.state.data === undefined ? undefined : [query.state.data]),
  })
export const useImport = (id: string) => useQuery(importQuery(id))

/** The files on their way to one import. */
export function useUploads(importId: string): readonly Upload[] {
  const all = useSyncExternalStore(uploads.subscribe, uploads.list)
  return all.filter((item) => item.import_id === importId)
}

uploads.onSettled = () => void queryClient.invalidateQueries({ queryKey: ['imports'] })
uploads.onBroken = (importId, name) => void takeOutBroken(importId, name).then(() => queryClient.invalidateQueries({ queryKey: ['imports'] }))

const TRIES = 60
/** The server keeps a file that broke off as failed, once it has noticed. A file that was stopped on purpose goes at once. */
async function takeOutBroken(importId: string, name: string): Promise<void> {
  for (let i = 0; i < TRIES; i++) {
    const { files, state } = await api.readImport({ params: { id: importId } })
    const left = files.filter((file) => file.name === name)
    const failed = left.find((file) => file.state === 'failed')
    if (state === 'draft' && failed !== undefined) await api.removeFile({ params: { id: importId, file: failed.id } })
    if (failed !== undefined || left.every((file) => file.state !== 'receiving')) return
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}

function useChanged() {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: ['imports'] })
}

export function useMapFile(importId: string) {
  const changed = useChanged()
  return useMutation({
    mutationFn: ({ file, mapping }: { file: string; mapping: Mapping }): Promise<ImportFile> => api.mapFile({ params: { id: importId, file }, body: mapping }),
    onSettled: changed,
  })
}

export function useRemoveFile(importId: string) {
  const changed = useChanged()
  return useMutation({ mutationFn: (file: string) => api.removeFile({ params: { id: importId, file } }), onSettled: changed })
}

export type Step = 'commitImport' | 'discardImport' | 'undoImport' | 'redoImport'
/** Records, throws away, takes back or redoes an import. The answer comes when all is done, so the import is watched meanwhile. */
export function useImportStep(step: Step) {
  const changed = useChanged()
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (id: string) => {
      if (step === 'discardImport') {
        await client.cancelQueries({ queryKey: ['imports', id] })
        return api.discardImport({ params: { id } })
      }
      const watch = setInterval(() => void client.invalidateQueries({ queryKey: ['imports'] }), POLL_MS)
      try {
        return await api[step]({ params: { id } })
      } finally {
        clearInterval(watch)
      }
    },
    onSuccess: (record) => client.setQueryData(['imports', record.id], record),
    onError: showFailure,
    onSettled: () => (step === 'discardImport' ? client.invalidateQueries({ queryKey: ['imports'], exact: true }) : changed()),
  })
}

/** Once an import has come to rest, what the workspace holds is another. */
export function useRefreshAfter(record: ImportRecord | undefined): void {
  const client = useQueryClient()
  const state = record === undefined || isRunning(record) ? undefined : record.state
  useEffect(() => {
    if (state !== 'done' && state !== 'undone') return
    // The catalog lists the dimensions that the facts give, so it is another one too.
    for (const key of ['overview', 'metrics']) void client.invalidateQueries({ queryKey: [key] })
  }, [client, state])
}
