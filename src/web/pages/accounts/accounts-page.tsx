import { useMemo } from 'react'
import { useGoToAccount, useQuestion, useSearchText, useSetSearch } from '../../address.ts'
import { useOverview } from '../../api.ts'
import { formatDay, formatPeriod } from '../../format.ts'
import { NothingYet } from '../../ui/nothing-yet.tsx'
import { Failure, Outdated } from '../../ui/failure.tsx'
import { Page } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { AccountTable } from './account-table.tsx'
import { askedOf, useAccountList, useColumns, useTotals } from './list-data.ts'
import { readChoice, writeChoice, type ListChoice } from './list-address.ts'
import { ListTools } from './list-tools.tsx'
import { SelectionBar } from './selection-bar.tsx'
import { useSelection } from './selection.ts'

/** All accounts: any metric, attribute or sign of health beside each, filtered and sorted by the server. */
export function AccountsPage() {
  const overview = useOverview().data
  return <Page wide>{overview?.empty === true ? <NoAccounts /> : <AccountList />}</Page>
}

const NoAccounts = () => (
  <NothingYet title="All your accounts will be here">
    Each with what it pays, how it does and when it must decide, beside any metric you choose. A file of accounts or of subscriptions fills the list.
  </NothingYet>
)

/** What the address says of the list, and how to change it. */
function useChoice(): [ListChoice, (change: Partial<ListChoice>) => void, (list: Omit<ListChoice, 'find'>) => void] {
  const search = useSearchText()
  const set = useSetSearch()
  const choice = useMemo(() => readChoice(search), [search])
  return [choice, (change) => set(writeChoice(change), { replace: true }), (list) => set({ ...writeChoice({ ...list, find: '' }), where: undefined })]
}

function AccountList() {
  const question = useQuestion()
  const [choice, change, open] = useChoice()
  const openAccount = useGoToAccount()
  const asked = askedOf(question, choice)
  const { query, refetch, onLonger } = useAccountList(asked, choice.sort)
  const totals = useTotals(asked)
  const offered = useColumns(question).data
  const [first] = query.data?.pages ?? []
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.rows) ?? [], [query.data])
  const selection = useSelection(rows, first?.total ?? 0, JSON.stringify(asked))
  return (
    <div className="flex flex-col gap-3">
      <ListTools choice={choice} onChange={change} where={asked.where} onOpen={open} offered={offered} shown={first?.columns ?? []} />
      {query.isError && <Failure error={query.error} onRetry={refetch} onLonger={onLonger} />}
      {first === undefined && !query.isError && (
        <div aria-busy="true">
          <Skeleton className="h-[60dvh]" />
        </div>
      )}
      {first !== undefined && (
        <Outdated when={query.isPlaceholderData} skeleton={<Skeleton className="h-[60dvh]" />}>
          <SelectionBar selection={selection} asked={asked} sort={first.sort} total={first.total} />
          <AccountTable
            columns={first.columns}
            rows={rows}
            total={first.total}
            totals={totals.isPlaceholderData ? undefined : totals.data?.totals}
            sort={first.sort}
            onSort={(sort) => change({ sort })}
            asked={asked}
            selection={selection}
            loading={query.isFetching}
            onMore={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
            onOpen={openAccount}
            empty={sayNobody(choice, question.where)}
          />
          {first.notes.map((note) => (
            <p key={note} className="text-sm text-quiet">
              {note}
            </p>
          ))}
          <p className="text-sm text-quiet">
            As of {formatDay(first.day)}. What happens between two days is counted in {formatPeriod(question.period)}; what stands on a day is that of{' '}
            {formatDay(first.day)}.
          </p>
        </Outdated>
      )}
    </div>
  )
}

const sayNobody = ({ filters, find }: ListChoice, where: readonly string[]): string =>
  filters.length + where.length > 0 || find !== '' ? 'No account fits. Take a filter away, or list all accounts.' : 'There is no such account on this day.'
