import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { FoundAccount } from '../../contract/accounts.ts'
import { api, useLedgerState, useOverview } from '../api.ts'
import { bestFirst } from '../ui/fit.ts'

const PAUSE = 90

/** The text once nobody has typed for a moment. */
function useRested(text: string): string {
  const [rested, setRested] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), PAUSE)
    return () => clearTimeout(timer)
  }, [text])
  return rested
}

interface FoundAccounts {
  readonly accounts: readonly FoundAccount[]
  /** Others fit too. */
  readonly more: number
  /** The answer is not yet one to what is typed. */
  readonly waiting: boolean
  readonly error: unknown
}

/** Accounts whose name or id fits, as they were recorded by then. */
export function useAccounts(typed: string, reportedOn: string | undefined): FoundAccounts {
  const state = useLedgerState()
  const filled = useOverview().data?.empty === false
  const find = typed.trim().slice(0, 200)
  const rested = useRested(find)
  const asks = filled && rested !== ''
  const query = useQuery({
    queryKey: ['accounts', state, rested, reportedOn],
    enabled: asks,
    staleTime: Infinity,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.findAccounts({ query: { find: rested, ...(reportedOn === undefined ? {} : { reported_on: reportedOn }) } }, signal),
  })
  const waiting = filled && find !== '' && (rested !== find || (query.isFetching && (query.isPending || query.isPlaceholderData)))
  if (find === '' || query.data === undefined) return { accounts: [], more: 0, waiting, error: query.error }
  const { accounts, total } = query.data
  // Until the answer is here, those of the answer before that still fit.
  if (waiting) return { accounts: bestFirst(accounts, find, ({ name, account_id }) => [name, account_id]), more: 0, waiting, error: null }
  return { accounts, more: total - accounts.length, waiting, error: query.error }
}
