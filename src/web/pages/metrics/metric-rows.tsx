import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { MetricEntry, RowPage } from '../../../contract/question.ts'
import { api, hrefOf, useLedgerState, useOverview } from '../../api.ts'
import { formatDay, formatInstant, formatMoney, formatPeriod } from '../../format.ts'
import { useOpenAccount, useParam, useScreen } from '../../screen.ts'
import { askOf } from '../../search.ts'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Section } from '../../ui/page.tsx'
import { Segmented } from '../../ui/segmented.tsx'

type Cells = RowPage['rows'][number]
const PAGE = 200
const NUMERIC = ['money', 'number']

/** A cell as it is read; money comes as exact text and is shown with two decimals. */
function showCell(cell: Cells[number], type: RowPage['columns'][number]['type'], currency: string | null): string {
  if (cell === null || cell === '') return ''
  switch (type) {
    case 'money':
      return formatMoney(Number(cell), currency, 2)
    case 'day':
      return formatDay(String(cell))
    case 'instant':
      return formatInstant(String(cell))
    case 'boolean':
      return cell === true || cell === 1 || cell === '1' ? 'Yes' : 'No'
    case 'number':
    case 'text':
      return String(cell)
  }
}

const columnsOf = (page: RowPage, currency: string | null): Column<Cells>[] =>
  page.columns.map((column, i) => ({
    id: column.id,
    name: column.name,
    numeric: NUMERIC.includes(column.type),
    ...(NUMERIC.includes(column.type) ? { width: 130 } : {}),
    value: (row) => (NUMERIC.includes(column.type) && row[i] !== null && row[i] !== '' ? Number(row[i]) : (row[i] ?? null)),
    show: (row) => showCell(row[i] ?? null, column.type, currency),
  }))

const PARTS = [
  { value: 'all', label: 'All rows' },
  { value: 'numerator', label: 'Numerator' },
  { value: 'denominator', label: 'Denominator' },
] as const
type Part = (typeof PARTS)[number]['value']
const partOf = (text: string): Part => PARTS.find((part) => part.value === text)?.value ?? 'all'

/** The rows that the value is made of, as they are; each opens its account. */
export function MetricRows({ metric, options }: { readonly metric: MetricEntry; readonly options: readonly string[] }) {
  const screen = useScreen()
  const state = useLedgerState()
  const currency = useOverview().data?.reporting_currency ?? null
  const openAccount = useOpenAccount()
  const [chosen, setChosen] = useParam('part', 'all')
  const part = partOf(chosen)
  const { compare: _, ...asked } = { compare: undefined, ...askOf(screen) }
  const question = { ...asked, by: [], option: [...options], part }
  const query = useInfiniteQuery({
    queryKey: ['rows', state, metric.id, question],
    queryFn: ({ pageParam, signal }) => api.listRows({ params: { id: metric.id }, query: { ...question, offset: pageParam, limit: PAGE } }, signal),
    initialPageParam: 0,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  })
  const first = query.data?.pages[0]
  const columns = useMemo(() => (first === undefined ? [] : columnsOf(first, currency)), [first, currency])
  const account = first?.columns.findIndex((column) => column.id === 'account_id') ?? -1
  return (
    <Section
      title="Rows"
      says={`What the value of ${formatPeriod(screen.period)} was made of`}
      actions={metric.unit === 'share' && <Segmented label="Part of the ratio" value={part} choices={PARTS} onChange={setChosen} />}
    >
      {query.isError && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {first !== undefined && (
        <DataTable
          label={`Rows of ${metric.name}`}
          rows={query.data?.pages.flatMap((page) => page.rows) ?? []}
          columns={columns}
          rowKey={(_row, index) => String(index)}
          total={first.total}
          onMore={() => void query.fetchNextPage()}
          loading={query.isFetchingNextPage}
          onOpen={account === -1 ? undefined : (row) => openAccount(String(row[account]))}
          csv={metric.id}
          csvHref={hrefOf('exportRows', { id: metric.id }, question)}
        />
      )}
    </Section>
  )
}
