import type { Cell as FileCell, RowColumn, RowTable } from '../../metrics/open/row-table.ts'
import type { Asking } from '../ask.ts'
import { cellAt } from './column.ts'
import type { Column } from './column.ts'
import { readList } from './list.ts'
import type { ListAsked } from './list.ts'
import type { Listing } from './open-list.ts'
import { moneyText } from './totals.ts'

const typeOf = ({ head: { kind, unit } }: Column): RowColumn['type'] => (kind === 'number' ? (unit === 'money' ? 'money' : 'number') : kind)

/** All accounts of a list, or the first so many, as a table for a file, each column by the id it was asked for; the account comes first. */
export async function askListTable(listing: Listing, asking: Asking, asked: ListAsked, limit?: number): Promise<RowTable> {
  const { list, columns, order } = await readList(listing, asking, asked)
  const [id, name] = ['account', 'name'].map((one) => list.frame.columns.get(one) as Column)
  const lead = [id, name].filter((column) => column !== undefined)
  const all = [...lead, ...columns.filter(({ head }) => !lead.some((one) => one.head.id === head.id))]
  const cell = (column: Column, place: number): FileCell => {
    const value = cellAt(column, place)
    return typeof value === 'number' && column.head.unit === 'money' ? moneyText(value) : value
  }
  return {
    columns: all.map((column) => ({ id: column.head.id, name: column.head.id, type: typeOf(column) })),
    cells: Array.from(order.subarray(0, limit), (place) => all.map((column) => cell(column, place))),
  }
}
