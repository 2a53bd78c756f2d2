import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { BinnacleClient } from '../../../contract/contract.ts'
import { api, useLedgerState } from '../../api.ts'
import { longerFor, useBookQuery, waitOf } from '../../book-query.ts'
import type { Question } from '../../question.ts'
import { conditionsOf, type ListChoice } from './list-address.ts'

export type AccountPage = Awaited<ReturnType<BinnacleClient['listAccounts']>>
export type AccountRow = AccountPage['rows'][number]
export type AccountColumn = AccountPage['columns'][number]
export type AccountTotal = Awaited<ReturnType<BinnacleClient['totalAccounts']>>['totals'][number]

/** The day and the period of a list, as the API takes them. */
const momentOf = ({ period, as_of, reported_on }: Question) => ({
  ...period,
  ...(as_of === undefined ? {} : { as_of }),
  ...(reported_on === undefined ? {} : { reported_on }),
})

/** What a list is of, without its order. */
export const askedOf = (question: Question, choice: ListChoice) => ({
  ...momentOf(question),
  accounts: choice.which,
  column: [...choice.columns],
  where: conditionsOf(question.where, choice),
})
export type ListAsked = ReturnType<typeof askedOf>

/** As many as fill two screens: the next come before the end is in sight. */
const PAGE = 100

/** The list, page by page. */
export function useAccountList(asked: ListAsked, sort: string | undefined, only?: number) {
  const key = ['accounts', useLedgerState(), asked, sort, only]
  const query = useInfiniteQuery({
    queryKey: key,
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      api.listAccounts(
        {
          query: { ...asked, ...(sort === undefined ? {} : { sort }), ...(pageParam === '' ? {} : { after: pageParam }), limit: only ?? PAGE, ...waitOf(key) },
        },
        signal,
      ),
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  })
  const refetch = (): void => void query.refetch()
  return { query, refetch, onLonger: longerFor(key, refetch) }
}

/** What its columns come to; they come after the rows. */
export const useTotals = (asked: ListAsked) =>
  useBookQuery({ key: ['account totals', asked], ask: (wait, signal) => api.totalAccounts({ query: { ...asked, ...wait } }, signal) })

/** Everything that can be a column. */
export const useColumns = (question: Question) => {
  const moment = momentOf(question)
  return useBookQuery({ key: ['account columns', moment], ask: (_, signal) => api.listAccountColumns({ query: moment }, signal) })
}
