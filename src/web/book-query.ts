import { hashKey, keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query'
import { api, useLedgerState } from './api.ts'
import type { BinnacleClient } from '../contract/contract.ts'

/** How long a question may take at most when somebody is ready to wait for it. */
export const LONGER = 60
/** Questions that somebody waits for, by the hash of their key. */
const awaited = new Set<string>()

/** The answer to a question; one that its time limit stopped can be asked again with more of it. */
export type Asking<T> = UseQueryResult<T> & { readonly waitLonger?: (() => void) | undefined }

interface Wait {
  readonly seconds?: number
}
/** What `ask` adds to its question: the time that it is given, where that is not the usual. */
export const waitOf = (key: readonly unknown[]): Wait => (awaited.has(hashKey(key)) ? { seconds: LONGER } : {})

/** The way to ask once more with more time, where time was what it lacked. */
export const longerFor = (key: readonly unknown[], refetch: () => unknown): (() => void) | undefined =>
  awaited.has(hashKey(key))
    ? undefined
    : () => {
        awaited.add(hashKey(key))
        refetch()
      }

/** A question to the books: by what it is known, and how it is asked. */
export interface BookQuestion<T> {
  readonly key: readonly unknown[]
  readonly ask: (wait: Wait, signal: AbortSignal) => Promise<T>
}

/** The same as a query. Answers of another state of the ledgers are other answers. */
export const queryOf = <T>({ key, ask }: BookQuestion<T>, state: number) => {
  const queryKey = [...key, state]
  return { queryKey, queryFn: ({ signal }: { signal: AbortSignal }) => ask(waitOf(queryKey), signal) }
}

/** Asks the books. The old answer stays in sight while a new one is computed. */
export function useBookQuery<T>(question: BookQuestion<T>, enabled = true): Asking<T> {
  const options = queryOf(question, useLedgerState())
  const query = useQuery<T>({ ...options, placeholderData: keepPreviousData, enabled })
  return { ...query, waitLonger: longerFor(options.queryKey, () => void query.refetch()) } as Asking<T>
}

type Answers = Awaited<ReturnType<BinnacleClient['answer']>>
type Asked = Parameters<BinnacleClient['answer']>[0]['query']

export const answerOf = (asked: Asked): BookQuestion<Answers> => ({
  key: ['answer', asked],
  ask: (wait, signal) => api.answer({ query: { ...asked, ...wait } }, signal),
})

/** Answers of metrics. */
export const useAnswer = (asked: Asked, enabled = true): Asking<Answers> => useBookQuery(answerOf(asked), enabled)
