import { BAND_IDS, type BandId } from '../../../kernel/words/health.ts'
import { UNITS } from '../../../kernel/words/units.ts'
import { DASH, formatCount, formatDay, formatDimensionValue, formatValue, humanise, moneyDigits } from '../../format.ts'
import { Band } from '../../ui/band.tsx'
import type { AccountColumn, AccountRow, AccountTotal } from './list-data.ts'

type CellValue = AccountRow['cells'][number]

/** Decimals that suit all numbers of a column, so that they stand under each other. */
export function digitsFor({ unit }: AccountColumn, values: readonly CellValue[]): number | undefined {
  const numbers = values.filter((value) => typeof value === 'number')
  if (unit === null) return undefined
  if (unit === 'money') return moneyDigits(numbers)
  const whole = numbers.every((value) => Number.isInteger(value))
  if (unit === 'count') return whole ? 0 : 1
  const { decimals } = UNITS[unit]
  if (unit === 'score') return 0
  if (decimals !== 'measured') return unit === 'minutes' ? undefined : decimals
  return whole || numbers.some((value) => Math.abs(value) >= 100) ? 0 : 1
}

export const cellText = (value: CellValue, { kind, unit, currency, of }: AccountColumn, digits: number | undefined): string => {
  if (value === null) return ''
  if (typeof value === 'number') return unit === null ? String(value) : formatValue(value, unit, currency, digits)
  if (kind === 'day') return formatDay(value)
  return of === 'attribute' ? formatDimensionValue(value) : value
}

/** A missing value: a dash that says why, to the pointer and to those who listen. */
function Absent({ why }: { readonly why: string | undefined }) {
  return (
    <span className="text-faint" title={why}>
      <span aria-hidden>{DASH}</span>
      <span className="sr-only">No value: {why}</span>
    </span>
  )
}

const isBand = (value: CellValue): value is BandId => (BAND_IDS as readonly CellValue[]).includes(value)

export function CellShown({
  row,
  at,
  column,
  digits,
}: {
  readonly row: AccountRow
  readonly at: number
  readonly column: AccountColumn
  readonly digits: number | undefined
}) {
  const value = row.cells[at] ?? null
  if (value === null) return <Absent why={row.why[column.id]} />
  if (column.id === 'band' && isBand(value)) return <Band band={value} />
  if (column.id === 'state') return humanise(String(value))
  return cellText(value, column, digits)
}

/** What a column comes to; where not all accounts have a value in it, of how many it is. */
export function totalShown(
  total: AccountTotal | undefined,
  { unit, currency }: AccountColumn,
  digits: number | undefined,
  count: number,
): { readonly text: string; readonly of: string | null; readonly says: string } | null {
  if (total === undefined || unit === null) return null
  if (total.value === null) return { text: '', of: null, says: total.why ?? '' }
  const known = `${formatCount(total.known)} of ${formatCount(count)}`
  return { text: formatValue(total.value, unit, currency, digits), of: total.known < count ? known : null, says: `${known} accounts have a value` }
}
