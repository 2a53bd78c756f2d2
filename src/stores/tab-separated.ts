import { bare } from '../kernel/bare.ts'

/**
 * Rows as ClickHouse's TabSeparated text, which the engine reads about three times as fast as JSON lines: half the time of
 * an import went there.
 */
const SPECIAL = /[\\\t\n\r\0]/
const SPECIALS = /[\\\t\n\r\0]/g
const SPECIAL_IN_LIST = /[\\'\t\n\r\0]/
const SPECIALS_IN_LIST = /[\\'\t\n\r\0]/g
const ESCAPES: Readonly<Record<string, string>> = bare({ '\\': '\\\\', "'": "\\'", '\t': '\\t', '\n': '\\n', '\r': '\\r', '\0': '\\0' })
const escape = (char: string): string => ESCAPES[char] ?? char

/** A list of text in quotes. Hardly any needs an escape, so all of it is looked at once. */
function list(items: readonly string[]): string {
  if (items.length === 0) return '[]'
  const clean = SPECIAL_IN_LIST.test(items.join(' ')) ? items.map((item) => item.replace(SPECIALS_IN_LIST, escape)) : items
  return `['${clean.join("','")}']`
}

/** A cell: nothing at all for undefined, where the column's default is meant, `\N` for null. */
function cell(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return SPECIAL.test(value) ? value.replace(SPECIALS, escape) : value
    case 'undefined':
      return ''
    case 'number':
    case 'bigint':
      return String(value)
    case 'boolean':
      return value ? '1' : '0'
    default:
      if (value === null) return '\\N'
      if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return list(value)
      throw new TypeError(`a value of a row must be text, a number, true or false, or a list of texts: ${JSON.stringify(value)}`)
  }
}

/** One row with its line feed. Joined rather than added up: a text of many pieces burdens the garbage collector. */
export function encodeRow(row: object, columns: readonly string[]): string {
  const values = row as Readonly<Record<string, unknown>>
  const cells = columns.map((name) => cell(values[name]))
  return `${cells.join('\t')}\n`
}

/** The columns that any of the rows has. A column that a row does not have, or has as undefined, gets its default. */
export function columnsOf(rows: readonly object[]): string[] {
  const seen = new Set<string>()
  for (const row of rows) for (const name in row) seen.add(name)
  return [...seen]
}
