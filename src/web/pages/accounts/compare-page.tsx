import { Link } from '@tanstack/react-router'
import { useCarried, useGoToAccount, useQuestion, useSearchText } from '../../address.ts'
import { many } from '../../search.ts'
import { buttonClass } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Page } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { CellShown, digitsFor } from './cells.tsx'
import { readChoice, quoted } from './list-address.ts'
import { askedOf, useAccountList, type AccountPage, type AccountRow } from './list-data.ts'
import { MOST_COMPARED } from './selection-bar.tsx'

/** A few accounts side by side: what the list says of each, a line for each column. */
export function ComparePage() {
  const search = useSearchText()
  const ids = many(search.ids).slice(0, MOST_COMPARED)
  return <Page wide>{ids.length < 2 ? <TooFew /> : <Compared ids={ids} />}</Page>
}

function TooFew() {
  return (
    <EmptyState
      title="Two to five accounts stand here side by side"
      actions={
        <Link to="/accounts" search={useCarried()} className={buttonClass('primary')}>
          Choose them in the list
        </Link>
      }
    >
      Tick their boxes in the list of accounts, then compare.
    </EmptyState>
  )
}

function Compared({ ids }: { readonly ids: readonly string[] }) {
  const { columns } = readChoice(useSearchText())
  const question = useQuestion()
  const asked = askedOf({ ...question, where: [] }, { which: 'all', columns, sort: 'name', find: '', filters: [`account in (${ids.map(quoted).join(', ')})`] })
  const { query, refetch, onLonger } = useAccountList(asked, 'name', MOST_COMPARED)
  const [page] = query.data?.pages ?? []
  if (query.isError) return <Failure error={query.error} onRetry={refetch} onLonger={onLonger} />
  if (page === undefined)
    return (
      <div aria-busy="true">
        <Skeleton className="h-80" />
      </div>
    )
  const rows = ids.flatMap((id) => page.rows.find((row) => row.account_id === id) ?? [])
  return <CompareTable columns={page.columns} rows={rows} />
}

function CompareTable({ columns, rows }: { readonly columns: AccountPage['columns']; readonly rows: readonly AccountRow[] }) {
  const openAccount = useGoToAccount()
  return (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="Accounts side by side">
      <table className="border-collapse" aria-label="Accounts side by side">
        <thead>
          <tr>
            <td className="sticky left-0 bg-page" />
            {rows.map(({ account_id, name }) => (
              <th key={account_id} scope="col" className="px-3 py-2 text-right align-bottom">
                <button type="button" className="max-w-48 truncate font-medium hover:underline" onClick={() => openAccount(account_id)}>
                  {name}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {columns.map((column, at) => {
            const digits = digitsFor(
              column,
              rows.map(({ cells }) => cells[at] ?? null),
            )
            return column.id === 'name' ? null : (
              <tr key={column.id} className="border-t border-line">
                <th scope="row" className="sticky left-0 bg-page py-1.5 pr-6 text-left font-normal text-quiet" title={column.says}>
                  {column.name}
                </th>
                {rows.map((row) => (
                  <td key={row.account_id} className="num px-3 py-1.5 text-right">
                    <CellShown row={row} at={at} column={column} digits={digits} />
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
