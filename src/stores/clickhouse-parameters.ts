import { Sql, identifier, joinSql, renderSql, sql } from '../kernel/sql.ts'
import type { ParamValue } from '../kernel/sql.ts'

/** An instant with its zone, as JSON writes it: 2024-02-29T10:00:00.123Z, 2024-02-29T10:00:00+12:45. */
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.(\d+))?)?(?:Z|[+-]\d\d:?\d\d)$/

const isList = (value: ParamValue): value is readonly ParamValue[] => Array.isArray(value)

/** ClickHouse reads no zone in a parameter, but takes seconds since 1970 whatever its own zone is. */
function encodeInstant(value: ParamValue): ParamValue {
  if (isList(value)) return value.map(encodeInstant)
  const fraction = typeof value === 'string' ? instant.exec(value) : null
  if (typeof value !== 'string' || fraction === null) return value
  const digits = fraction[1] ?? ''
  const wholeSeconds = BigInt(Math.floor(Date.parse(value) / 1000))
  const scaled = wholeSeconds * 10n ** BigInt(digits.length) + BigInt(digits === '' ? 0 : digits)
  if (digits === '') return String(scaled)
  const magnitude = String(scaled < 0n ? -scaled : scaled).padStart(digits.length + 1, '0')
  return `${scaled < 0n ? '-' : ''}${magnitude.slice(0, -digits.length)}.${magnitude.slice(-digits.length)}`
}

const numeral = /^[+-]?\d+(\.\d*)?([eE][+-]?\d+)?$/

/** The driver quotes the strings in a list, and ClickHouse reads no number in quotes there; exact numbers are strings here. */
function encodeNumbers(value: ParamValue): string {
  if (isList(value)) return `[${value.map(encodeNumbers).join(',')}]`
  if (value === null) return 'NULL'
  const text = String(value)
  if (!numeral.test(text)) throw new Error('a list of numbers holds something else')
  return text
}

function encodeValue(type: string, value: ParamValue): ParamValue {
  if (type.includes('DateTime')) return encodeInstant(value)
  return isList(value) && /^(Array\()+(Nullable\()?(U?Int|Decimal)/.test(type) ? encodeNumbers(value) : value
}

/** The text of a query and its parameters as the driver wants them. */
export function encodeQuery(query: Sql): { text: string; params: Record<string, ParamValue> } {
  const parts = query.parts.map((part) => (typeof part === 'string' || 'table' in part ? part : { type: part.type, value: encodeValue(part.type, part.value) }))
  return renderSql(new Sql(parts))
}

/** What goes before rows as text. */
export const insertInto = (table: string, columns: readonly string[]): Sql =>
  sql`INSERT INTO ${joinSql(
    table.split('.').map((part) => identifier(part)),
    '.',
  )} (${joinSql(
    columns.map((name) => identifier(name)),
    ', ',
  )}) FORMAT TabSeparated`
