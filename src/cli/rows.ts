import type { BinnacleClient } from '../contract/contract.ts'
import type { RowPage } from '../contract/question.ts'
import { printListing } from './output.ts'
import type { Format } from './output.ts'

type RowQuestion = Omit<Parameters<BinnacleClient['listRows']>[0]['query'], 'offset' | 'limit' | 'sort'>

/** Every page of the rows behind a number. */
async function readAllRows(client: BinnacleClient, id: string, query: RowQuestion): Promise<Pick<RowPage, 'columns' | 'rows'>> {
  const rows: RowPage['rows'] = []
  for (let offset = 0; ;) {
    const page = await client.listRows({ params: { id }, query: { ...query, offset, limit: 1000 } })
    rows.push(...page.rows)
    if (page.next === null) return { columns: page.columns, rows }
    offset = page.next
  }
}

/** The rows behind a number: a table, or an array of objects by column. */
export async function printRows(client: BinnacleClient, id: string, query: RowQuestion, format: Format): Promise<void> {
  const { columns, rows } = await readAllRows(client, id, query)
  const items = rows.map((row) => Object.fromEntries(columns.map((column, i) => [column.id, row[i] ?? null])))
  printListing(format, {
    items,
    none: 'No rows stand behind it.',
    columns: columns.map((column) => ({
      title: format === 'csv' ? column.id : column.name,
      align: column.type === 'money' || column.type === 'number' ? ('right' as const) : ('left' as const),
      cell: (item: Record<string, RowPage['rows'][number][number]>) => String(item[column.id] ?? (format === 'table' ? '–' : '')),
    })),
  })
}
