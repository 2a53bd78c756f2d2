import { useLedgerState, api, queryClient } from '../api.ts'
import { type BookQuestion, queryOf, useBookQuery } from '../book-query.ts'
import type { Explanation } from '../../contract/question.ts'
import { askOf, narrow, type Question, type Target } from '../question.ts'

/** The question whose answer is one number: a question narrowed to the mark that was opened. */
export function numberAsked(question: Question, target: Target) {
  return {
    ...askOf(question),
    ...(target.period ?? question.period),
    where: narrow(question.where, target.dims ?? {}),
    by: [] as string[],
    option: [...(target.options ?? [])],
  }
}
export type Asked = ReturnType<typeof numberAsked>

export const explanationOf = (metric: string, asked: Asked): BookQuestion<Explanation> => ({
  key: ['explain', metric, asked],
  ask: (wait, signal) => api.explain({ params: { id: metric }, query: { ...asked, interval: 'true', ...wait } }, signal),
})

/** The explanation of a number. All that tell of the same number read the same one. */
export const useExplanation = (metric: string, asked: Asked, enabled = true) => useBookQuery(explanationOf(metric, asked), enabled)

/** Asks for an explanation while the pointer still rests on the number. */
export function useForesee(question: Question): (target: Target) => void {
  const state = useLedgerState()
  return (target) => void queryClient.prefetchQuery(queryOf(explanationOf(target.metric, numberAsked(question, target)), state))
}
