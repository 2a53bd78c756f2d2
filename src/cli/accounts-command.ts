import type { BinnacleClient } from '../contract/contract.ts'
import type { Answer } from '../contract/op.ts'
import type { Contract } from '../contract/contract.ts'
import { printListing, printNote } from './output.ts'
import { fileFormat, putFile, refuseOnScreen } from './save-file.ts'
import { formatValue } from './values.ts'

export interface AccountsFlags {
  readonly columns?: string[]
  readonly sort?: string
  readonly where?: string[]
  readonly which: 'customers' | 'former' | 'prospects' | 'all'
  readonly from?: string
  readonly until?: string
  readonly asOf?: string
  readonly reportedOn?: string
  readonly limit?: number
  readonly listColumns?: boolean
  readonly out?: string
  readonly format: 'table' | 'json' | 'csv' | 'parquet'
}

type Page = Answer<Contract['listAccounts']>
type Head = Page['columns'][number]
type Total = Answer<Contract['totalAccounts']>['totals'][number]

/** Rows on a screen, where nobody says how many. */
const ON_SCREEN = 50
const MOST = 1000

const cellText = (value: string | number | null, { unit, currency }: Head): string =>
  value === null ? '–' : typeof value === 'string' ? value : unit === null ? String(value) : formatValue(value, unit, currency)

const totalText = (total: Total | undefined, head: Head): string =>
  total === undefined || total.value === null || head.unit === null ? '' : formatValue(total.value, head.unit, head.currency, total.exact)

async function listColumns(client: BinnacleClient, { asOf, reportedOn, format }: AccountsFlags): Promise<void> {
  const { columns, usual } = await client.listAccountColumns({ query: { as_of: asOf, reported_on: reportedOn } })
  printListing(format === 'parquet' ? 'csv' : format, {
    items: columns,
    none: 'There is no column.',
    columns: [
      { title: 'id', whole: true, cell: ({ id }) => id },
      { title: 'name', cell: ({ name }) => name },
      { title: 'of', cell: ({ of }) => of },
      { title: 'unit', cell: ({ kind, unit }) => unit ?? kind },
      { title: 'usual', cell: ({ id }) => (usual.includes(id) ? 'yes' : '') },
      { title: 'meaning', cell: ({ says }) => says },
    ],
  })
}

/** Pages of a list until there are so many rows. */
async function readRows(
  client: BinnacleClient,
  query: Omit<Parameters<BinnacleClient['listAccounts']>[0]['query'], 'after' | 'limit'>,
  limit: number,
): Promise<Page> {
  const first = await client.listAccounts({ query: { ...query, limit: Math.min(limit, MOST) } })
  const rows = [...first.rows]
  for (let next = first.next; next !== null && rows.length < limit;) {
    const page = await client.listAccounts({ query: { ...query, after: next, limit: Math.min(limit - rows.length, MOST) } })
    rows.push(...page.rows)
    next = page.next
  }
  return { ...first, rows }
}

function printTable({ columns, rows, total, day }: Page, totals: readonly Total[]): void {
  const lines = [...rows.map((row) => ({ name: row.name, cells: row.cells.map((cell, i) => cellText(cell, columns[i] as Head)) }))]
  if (rows.length > 0) lines.push({ name: `Total of ${total.toLocaleString('en')}`, cells: columns.map((head, i) => totalText(totals[i], head)) })
  printListing('table', {
    items: lines,
    none: 'No account fits.',
    columns: [
      { title: 'account', cell: ({ name }) => name },
      ...columns
        .map((head, i) => ({
          title: head.id,
          align: head.kind === 'number' ? ('right' as const) : ('left' as const),
          cell: ({ cells }: (typeof lines)[number]) => cells[i] ?? '',
        }))
        .filter((_, i) => columns[i]?.id !== 'name'),
    ],
  })
  printNote(`${rows.length < total ? `${rows.length} of ${total.toLocaleString('en')} accounts` : `${total.toLocaleString('en')} accounts`}, as of ${day}.`)
}

/** `accounts`: the list of all accounts, the same as the page of that name shows. */
export async function runAccounts(client: BinnacleClient, flags: AccountsFlags): Promise<void> {
  if (flags.listColumns === true) return listColumns(client, flags)
  const { columns = [], where = [], sort, which, from, until, asOf, reportedOn, limit, out, format } = flags
  refuseOnScreen(format, out)
  const asked = { column: columns.flatMap((text) => text.split(',')), where, accounts: which, from, until, as_of: asOf, reported_on: reportedOn }
  if (out !== undefined || format !== 'table')
    return putFile(await client.exportAccounts({ query: { ...asked, sort, limit, format: fileFormat(format, out) } }), out)
  const [page, { totals }] = await Promise.all([readRows(client, { ...asked, sort }, limit ?? ON_SCREEN), client.totalAccounts({ query: asked })])
  printTable(page, totals)
}
