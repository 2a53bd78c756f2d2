import type { RowPage } from '../contract/question.ts'
import { printListing } from './output.ts'

type ReadPage = (page: { offset: number; limit: number }) => Promise<RowPage>

async function readAll(read: ReadPage): Promise<Pick<RowPage, 'columns' | 'rows'>> {
  const rows: RowPage['rows'] = []
  for (let offset = 0; ;) {
    const page = await read({ offset, limit: 1000 })
    rows.push(...page.rows)
    if (page.next === null) return { columns: page.columns, rows }
    offset = page.next
  }
}

/** Every page of rows as one table for people. */
export async function printTable(none: string, read: ReadPage): Promise<void> {
  const { columns, rows } = await readAll(read)
  printListing('table', {
    items: rows,
    none,
    columns: columns.map((column, i) => ({
      title: column.name,
      align: column.type === 'money' || column.type === 'number' ? ('right' as const) : ('left' as const),
      cell: (row: RowPage['rows'][number]) => String(row[i] ?? '–'),
    })),
  })
}
