import type { RowPage } from '../../contract/question.ts'
import { isUnit } from '../../kernel/words/units.ts'
import { formatDay, formatInstant, formatMoney, formatPlain, formatValue, humanise, moneyDigits } from '../format.ts'
import type { Column } from './table-columns.ts'

export type Row = RowPage['rows'][number]
type Given = RowPage['columns'][number]

/** Rows as the contract carries them, and how the workspace writes what is in them. */
export interface RowsGiven {
  readonly columns: readonly Given[]
  readonly rows: readonly Row[]
  /** Money columns are added up below the last row. */
  readonly totals: boolean
  readonly reporting: string | null
  readonly zone: string | undefined
}

/** Columns whose cells are words of the product, not of the customer. */
const WORDS = ['kind', 'reason', 'status', 'part', 'fact', 'attribute']
const ACCOUNT_NAMES = ['account_name', 'name', 'account']
/** Numbers in the unit that the row itself names. */
const IN_UNIT = ['value', 'floor', 'target']

const placeOf = (columns: readonly Given[], id: string): number => columns.findIndex((column) => column.id === id)
const textOf = (row: Row, index: number): string => (typeof row[index] === 'string' ? row[index] : '')
const isMissing = (cell: Row[number] | undefined): cell is null | undefined => cell === null || cell === undefined

/** Pixels of a letter: capitals and figures are wider than the others. */
const [NARROW, WIDE] = [7.3, 8.8]
const roomOf = (text: string): number => text.length * NARROW + text.replaceAll(/[^A-Z0-9]/g, '').length * (WIDE - NARROW)

/** Wide enough for what the column holds, within reason. */
function widthOf(name: string, rows: readonly Row[], at: number): number {
  const longest = Math.max(name.length * NARROW, ...rows.slice(0, 200).map((row) => roomOf(String(row[at] ?? ''))))
  return Math.round(Math.min(240, Math.max(56, longest + 22)))
}

/** What a column of any type has: its name, its room, and whether it is shown unasked. */
function plainColumn(column: Given, at: number, { columns, rows }: RowsGiven): Column<Row> & { readonly width: number } {
  const named = columns.some(({ id }) => ACCOUNT_NAMES.includes(id))
  const unitAt = placeOf(columns, 'unit')
  const says = unitAt === -1 || !(at === unitAt || column.id === 'metric' || rows.every((row) => row[at] === null))
  const width = widthOf(column.name, rows, at)
  return {
    id: column.id,
    name: column.name === '' ? humanise(column.id) : column.name,
    value: (row) => row[at] ?? null,
    width: ACCOUNT_NAMES.includes(column.id) ? Math.max(104, width) : width,
    hidden: (column.id === 'account_id' && named) || !says,
  }
}

/** Amounts in the reporting currency, or in the one that the row names. */
function moneyColumn(column: Given, at: number, given: RowsGiven): Partial<Column<Row>> {
  const currencyAt = placeOf(given.columns, 'currency')
  const native = column.id.includes('native')
  const currency = native || (currencyAt !== -1 && !column.id.includes('reporting')) ? null : given.reporting
  const currencyOf = (row: Row): string | null => {
    const text = textOf(row, currencyAt)
    return currency ?? (text.length === 3 ? text : null)
  }
  const numbers = given.rows.flatMap((row) => (isMissing(row[at]) ? [] : [Number(row[at])]))
  const digits = moneyDigits(numbers)
  const sum = (): string =>
    formatMoney(
      numbers.reduce((total, value) => total + value, 0),
      currency,
      digits,
    )
  return {
    numeric: true,
    width: Math.max(104, widthOf(column.name, [], at)),
    value: (row) => (isMissing(row[at]) ? null : Number(row[at])),
    show: (row) => (isMissing(row[at]) ? null : formatMoney(Number(row[at]), currencyOf(row), digits)),
    ...(given.totals && !native && currencyAt === -1 && numbers.length > 1 ? { total: sum() } : {}),
  }
}

/** Numbers in the unit that the row names, where it names one. */
function numberColumn(column: Given, at: number, width: number, { columns, rows, reporting }: RowsGiven): Partial<Column<Row>> {
  const unitAt = placeOf(columns, 'unit')
  const addsMoney = column.id === 'adds' && rows.every((row) => textOf(row, unitAt) === 'money')
  const own = column.id === 'attainment' ? 'share' : addsMoney ? 'money' : ''
  const unitOf = (row: Row): string => (IN_UNIT.includes(column.id) ? textOf(row, unitAt) : own)
  return {
    numeric: true,
    width: Math.max(IN_UNIT.includes(column.id) && unitAt !== -1 ? 104 : 72, Math.min(width, 132)),
    show: (row) => (isMissing(row[at]) ? null : numberText(Number(row[at]), unitOf(row), reporting)),
  }
}

const numberText = (value: number, unit: string, reporting: string | null): string =>
  isUnit(unit) ? formatValue(value, unit, unit === 'money' ? reporting : null) : `${formatPlain(value)}${unit === '' ? '' : ` ${unit}`}`

/** Cells that are written otherwise than they stand, where there is something in them. */
const written = (at: number, write: (text: string) => string): Partial<Column<Row>> => ({
  show: (row) => (textOf(row, at) === '' ? null : write(textOf(row, at))),
})

/** A history without a date begins with its first value. */
const dated = (value: string, text: string): string => (value < '1970-01-02' ? 'Undated' : text)

function typedColumn(column: Given, at: number, width: number, given: RowsGiven): Partial<Column<Row>> {
  switch (column.type) {
    case 'money':
      return moneyColumn(column, at, given)
    case 'number':
      return numberColumn(column, at, width, given)
    case 'day':
      return { width: 104, ...written(at, (day) => dated(day, formatDay(day))) }
    case 'instant':
      return { width: 148, ...written(at, (instant) => dated(instant, formatInstant(instant, given.zone))) }
    case 'boolean':
      return {}
    case 'text':
      return WORDS.includes(column.id) ? written(at, humanise) : {}
  }
}

/** Columns of a table from what the contract says of them. */
export const columnsFor = (given: RowsGiven): Column<Row>[] =>
  given.columns.map((column, at) => {
    const plain = plainColumn(column, at, given)
    return { ...plain, ...typedColumn(column, at, plain.width, given) }
  })
