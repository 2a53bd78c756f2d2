import { useQuery } from '@tanstack/react-query'
import { api, queryClient, useLedgerState } from '../api.ts'
import { useScreen } from '../screen.ts'
import { askOf, narrow, type Screen, type Target } from '../search.ts'

/** The question whose answer is one number: the screen's, narrowed to the mark that was opened. */
export function questionOf(screen: Screen, target: Target) {
  return {
    ...askOf(screen),
    ...(target.period ?? screen.period),
    where: narrow(screen.where, target.dims ?? {}),
    by: [] as string[],
    option: [...(target.options ?? [])],
  }
}
export type Asked = ReturnType<typeof questionOf>

const explanationQuery = (state: number, metric: string, asked: Asked) => ({
  queryKey: ['explain', state, metric, asked],
  queryFn: ({ signal }: { signal: AbortSignal }) => api.explain({ params: { id: metric }, query: { ...asked, interval: 'true' } }, signal),
})

/** The explanation of a number. What shows its rows reads the same one. */
export const useExplanation = (metric: string, asked: Asked) => useQuery(explanationQuery(useLedgerState(), metric, asked))

/** Asks for an explanation while the pointer still rests on the number. */
export function useForesee(): (target: Target) => void {
  const state = useLedgerState()
  const screen = useScreen()
  return (target) => void queryClient.prefetchQuery(explanationQuery(state, target.metric, questionOf(screen, target)))
}
