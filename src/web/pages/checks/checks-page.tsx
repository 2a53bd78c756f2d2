import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ComponentProps } from 'react'
import { api, useLedgerState } from '../../api.ts'
import { counted, formatCount, formatInstant } from '../../format.ts'
import { useOpenAccount } from '../../address.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Banner } from '../../ui/banner.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Await } from '../../ui/failure.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { loadable } from '../../ui/loadable.tsx'
import type { PageTable as PageTableView } from '../../ui/rows-table.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'

const PageTable = loadable<ComponentProps<typeof PageTableView>>(
  () => import('../../ui/rows-table.tsx').then((module) => module.PageTable),
  () => <Skeleton className="h-40" />,
)

/** Whether opening + movements = closing, for every account, month and currency. */
export function ChecksPage() {
  const state = useLedgerState()
  const openAccount = useOpenAccount()
  const query = useQuery({ queryKey: ['reconciliation', state], queryFn: ({ signal }) => api.reconciliation({}, signal) })
  return (
    <Page>
      <Section title="Opening + movements = closing" says="Checked at every load, for every account, month and currency.">
        <Await query={query} skeleton={<Skeleton className="h-40" />}>
          {({ checked, checked_at, breaks }) =>
            checked === 0 ? (
              <EmptyState
                title="Nothing to check yet"
                actions={
                  <Link to="/import" className={buttonClass('primary')}>
                    Import files
                  </Link>
                }
              >
                Once subscriptions are imported, the balances of every account are checked here.
              </EmptyState>
            ) : (
              <div className="flex flex-col gap-4">
                <p className="num text-quiet">
                  {counted(checked, 'place')} checked{checked_at === null ? '' : ` on ${formatInstant(checked_at)}`}.
                </p>
                {breaks.total === 0 ? (
                  <Banner tone="good" title="Everything reconciles." />
                ) : (
                  <>
                    <p className="max-w-[65ch]">
                      {formatCount(breaks.total)} do not add up. Open the account to see the facts behind it: most often two exports overlap or one is missing.
                      Importing the corrected file mends it; if it does not, it is a fault of Binnacle and worth reporting.
                    </p>
                    <PageTable
                      label="Breaks"
                      columns={breaks.columns}
                      rows={breaks.rows}
                      total={breaks.total}
                      onAccount={openAccount}
                      csv="reconciliation-breaks"
                      unit={['break', 'breaks']}
                    />
                  </>
                )}
              </div>
            )
          }
        </Await>
      </Section>
    </Page>
  )
}
