import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ImportRecord } from '../../../contract/imports.ts'
import { api, hrefOf } from '../../api.ts'
import { counted, formatCount } from '../../format.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import type { Column } from '../../ui/table-columns.ts'
import { Failure } from '../../ui/failure.tsx'
import { Section } from '../../ui/page.tsx'
import { totalsOf } from './import-words.ts'

const PAGE = 200
type Refused = Awaited<ReturnType<typeof api.listRefused>>['rows'][number]

const COLUMNS: readonly Column<Refused>[] = [
  { id: 'file', name: 'File', value: (row) => row.file, width: 180 },
  {
    id: 'line',
    name: 'Row',
    value: (row) => row.row_number,
    show: (row) => formatCount(row.row_number),
    numeric: true,
    width: 90,
    says: 'Row of the file, the header not counted',
  },
  { id: 'reason', name: 'Why', value: (row) => row.reason },
  { id: 'raw', name: 'As it stands', value: (row) => row.raw.join(', ') },
]

/** Rows that were refused: how many, why, and the file to mend and import again. */
export function RefusedRows({ record, names }: { readonly record: ImportRecord; readonly names: ReadonlyMap<string, string> }) {
  const { refused } = totalsOf(record.files)
  const [open, setOpen] = useState(false)
  if (refused === 0) return null
  return (
    <Section
      title={counted(refused, 'refused row')}
      says="They are kept as they stood. Mend the downloaded file and import it: only what is mended is new."
      actions={
        <>
          <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'Hide them' : 'Show them'}
          </Button>
          <a href={hrefOf('exportRefused', { id: record.id })} download className={buttonClass('plain', 'small')}>
            Download as CSV
          </a>
        </>
      }
    >
      {open && <Rows record={record} names={names} refused={refused} />}
    </Section>
  )
}

function Rows({ record, names, refused }: { readonly record: ImportRecord; readonly names: ReadonlyMap<string, string>; readonly refused: number }) {
  const query = useInfiniteQuery({
    queryKey: ['imports', record.id, 'refused', refused],
    queryFn: ({ pageParam, signal }) => api.listRefused({ params: { id: record.id }, query: { offset: pageParam, limit: PAGE } }, signal),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const got = pages.reduce((sum, page) => sum + page.rows.length, 0)
      return got < last.total && last.rows.length > 0 ? got : undefined
    },
  })
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />
  const rows = query.data?.pages.flatMap((page) => page.rows.map((row) => ({ ...row, file: names.get(row.file) ?? row.file }))) ?? []
  return (
    <DataTable
      label="Refused rows"
      rows={rows}
      columns={COLUMNS}
      rowKey={(row) => `${row.file} ${row.row_number}`}
      total={query.data?.pages[0]?.total ?? refused}
      onMore={() => void query.fetchNextPage()}
      loading={query.isFetching}
      maxHeight={400}
    />
  )
}
