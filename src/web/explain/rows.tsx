import { useState } from 'react'
import { api, hrefOf } from '../api.ts'
import { formatPeriod } from '../format.ts'
import type { ServerSort } from '../ui/table-columns.ts'
import { RowsTable } from '../ui/rows-table.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { type Asked, useExplanation } from '../widgets/explanation.ts'

const PARTS = [
  { value: 'all', label: 'All' },
  { value: 'numerator', label: 'Numerator' },
  { value: 'denominator', label: 'Denominator' },
] as const

interface RowsProps {
  readonly metric: string
  readonly asked: Asked
  readonly part: string
  readonly onPart: (part: string) => void
  readonly onAccount: (id: string) => void
}

/** The rows a number was made of. A row opens its account. */
export function Rows({ metric, asked, part, onPart, onAccount }: RowsProps) {
  const [sort, setSort] = useState<ServerSort | null>(null)
  const terms = useExplanation(metric, asked).data?.terms ?? []
  const chosen = part === '' ? 'all' : part
  const named = terms.find(({ name, opens }) => opens && name === chosen)
  const parts = [
    ...PARTS.filter(({ value }) => value === 'all' || value === chosen || terms.some((term) => term.role === value)),
    ...(named === undefined ? [] : [{ value: named.name, label: named.label }]),
  ]
  const { compare: _, ...question } = asked
  const query = { ...question, part: chosen }
  const sorted = sort === null ? query : { ...query, sort: `${sort.descending ? '-' : ''}${sort.column}` }
  return (
    <div className="flex flex-col gap-3 px-4 py-4">
      <div className="flex min-h-7 flex-wrap items-center justify-between gap-2">
        <p className="text-quiet">{formatPeriod(asked)}</p>
        {parts.length > 1 && <Segmented label="Which rows" value={chosen} choices={parts} onChange={onPart} />}
      </div>
      <RowsTable
        label={`Rows of ${metric}`}
        queryKey={[metric, sorted]}
        read={(page, signal) => api.listRows({ params: { id: metric }, query: { ...sorted, ...page } }, signal)}
        onAccount={onAccount}
        downloads={(format) => hrefOf('exportQuestion', {}, { ...query, metric, what: 'rows', format })}
        totals
        sort={sort}
        onSort={setSort}
        maxHeight={Math.max(320, window.innerHeight - 190)}
        empty="No row counts in this part."
      />
    </div>
  )
}
