/**
 * Rows as ClickHouse's TabSeparated text. The engine reads it about three times as fast as JSON lines, and joining it costs
 * a third of JSON.stringify: half the time of an import went there.
 */
export interface TabSeparated {
  readonly columns: readonly string[]
  readonly text: string
}

const SPECIAL = /[\\\t\n\r\0]/
const SPECIAL_IN_ARRAY = /[\\'\t\n\r\0]/
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', "'": "\\'", '\t': '\\t', '\n': '\\n', '\r': '\\r', '\0': '\\0' }

const escape = (text: string): string => (SPECIAL.test(text) ? text.replace(/[\\\t\n\r\0]/g, (char) => ESCAPES[char] ?? char) : text)

function quoted(text: string): string {
  return `'${SPECIAL_IN_ARRAY.test(text) ? text.replace(/[\\'\t\n\r\0]/g, (char) => ESCAPES[char] ?? char) : text}'`
}

/** A cell: nothing at all for undefined, where the column's default is meant, `\N` for null. */
function cell(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return escape(value)
    case 'undefined':
      return ''
    case 'number':
    case 'bigint':
      return String(value)
    case 'boolean':
      return value ? '1' : '0'
    default:
      if (value === null) return '\\N'
      if (Array.isArray(value)) return `[${value.map((item) => (typeof item === 'string' ? quoted(item) : cell(item))).join(',')}]`
      throw new TypeError(`a value of a row must be text, a number, true or false, or a list: ${JSON.stringify(value)}`)
  }
}

/** The columns are all that any row has. A column that a row does not have, or has as undefined, gets its default. */
export function tabSeparated(rows: readonly object[]): TabSeparated {
  const seen = new Set<string>()
  for (const row of rows) for (const name in row) seen.add(name)
  const columns = [...seen]
  let text = ''
  for (const row of rows as readonly Record<string, unknown>[]) {
    for (let i = 0; i < columns.length; i++) text += i === 0 ? cell(row[columns[i] as string]) : `\t${cell(row[columns[i] as string])}`
    text += '\n'
  }
  return { columns, text }
}
