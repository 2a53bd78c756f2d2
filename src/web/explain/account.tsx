import { Link } from '@tanstack/react-router'
import { useDimensions } from '../api.ts'
import { formatDay, formatDimensionValue, humanise } from '../format.ts'
import { Await } from '../ui/failure.tsx'
import { Facts } from '../ui/page.tsx'
import { PageTable } from '../ui/rows-table.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { useEvidence } from './evidence.ts'
import { keepQuestion } from '../search.ts'
import { DrawerSection } from './drawer-section.tsx'

/** Of use only to those who look for an import. */
const HIDDEN = ['recorded_at', 'is_internal']
/** What a row weighs, and where it came from. */
const LEAD = ['amount', 'file', 'line']

/** Everything that is known of one account, down to the file and the line it came from. */
export function Account({ id, reportedOn }: { readonly id: string; readonly reportedOn: string | undefined }) {
  const dimensions = useDimensions().data ?? []
  const query = useEvidence(id, reportedOn)
  return (
    <div className="px-4 py-4">
      <Await query={query} skeleton={<Skeleton className="h-80" />}>
        {({ account, sections }) => (
          <div className="flex flex-col gap-6">
            <p className="flex flex-wrap items-baseline gap-x-4">
              <span className="num text-quiet">{account.account_id}</span>
              <Link to="/accounts/$account" params={{ account: account.account_id }} search={keepQuestion} className="text-accent hover:underline">
                Open the page of the account
              </Link>
            </p>
            {account.attributes.length > 0 && (
              <Facts
                items={account.attributes.map(({ attribute, value, from }) => [
                  dimensions.find((dimension) => dimension.id === attribute)?.name ?? humanise(attribute),
                  <span key="value">
                    {formatDimensionValue(value)} {from > '1970-01-01' && <span className="text-sm text-faint">since {formatDay(from.slice(0, 10))}</span>}
                  </span>,
                ])}
              />
            )}
            {sections
              .filter(({ page }) => page.total > 0)
              .map((section) => (
                <DrawerSection key={section.id} title={section.name}>
                  <PageTable
                    label={section.name}
                    columns={section.page.columns}
                    rows={section.page.rows}
                    total={section.page.total}
                    csv={`${id}-${section.id}`}
                    maxHeight={360}
                    hide={HIDDEN}
                    lead={LEAD}
                    tools={section.page.total > 8}
                  />
                </DrawerSection>
              ))}
            <Unknown names={sections.filter(({ page }) => page.total === 0).map(({ name }) => name)} />
          </div>
        )}
      </Await>
    </div>
  )
}

/** Kinds of facts of which nothing is recorded. */
function Unknown({ names }: { readonly names: readonly string[] }) {
  if (names.length === 0) return null
  return (
    <DrawerSection title="Nothing is recorded of">
      <p className="text-quiet">{names.map((name) => name.replace(/^[A-Z](?![A-Z])/, (letter) => letter.toLowerCase())).join(', ')}</p>
    </DrawerSection>
  )
}
