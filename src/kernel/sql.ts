/**
 * SQL for the fact store as a value. Text comes only from source code: whatever is interpolated is another `Sql`
 * or a `param`, which travels to ClickHouse as a typed query parameter and never as text.
 */
export type ParamValue = string | number | boolean | null | readonly ParamValue[]

interface Param {
  readonly type: string
  readonly value: ParamValue
}

interface Table {
  readonly table: string
}

type Part = string | Param | Table

export class Sql {
  readonly parts: readonly Part[]
  constructor(parts: readonly Part[]) {
    this.parts = parts
  }
}

/** A value that travels as a ClickHouse parameter of the given type: `param('Date', '2024-01-01')`. */
export const param = (type: string, value: ParamValue): Sql => new Sql([{ type, value }])

/** A name or literal that is ours, never a person's: throws on anything but a plain identifier. */
export const identifier = (name: string): Sql => {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new Error(`not an identifier: ${name}`)
  return new Sql([name])
}

/** A table of the store's own database. Another shard does not know which that is, so its name stays apart from the text. */
export const table = (name: string): Sql => {
  identifier(name)
  return new Sql([{ table: name }])
}

/** The same query with every table named in full, as another shard must see it. */
export const inDatabase = (query: Sql, database: string): Sql => {
  identifier(database)
  return new Sql(query.parts.map((part) => (typeof part === 'object' && 'table' in part ? `${database}.${part.table}` : part)))
}

/** Text that a definition in this repository wrote; the name says that it is not escaped. */
export const trusted = (text: string): Sql => new Sql([text])

/** From one value up to, but not with, another; null where it is not bounded. */
export interface TextRange {
  readonly from: string | null
  readonly until: string | null
}

/** Ranges that lie side by side, each beginning with one of the values in their order but the first, which has no beginning. */
export const rangesFrom = (begins: readonly string[]): TextRange[] => [...begins, null].map((until, i) => ({ from: begins[i - 1] ?? null, until }))

export const inRange = (column: Sql, { from, until }: TextRange): Sql =>
  joinSql(
    [
      trusted('1'),
      ...(from === null ? [] : [sql`${column} >= ${param('String', from)}`]),
      ...(until === null ? [] : [sql`${column} < ${param('String', until)}`]),
    ],
    ' AND ',
  )

export function sql(strings: TemplateStringsArray, ...values: readonly Sql[]): Sql {
  const parts: Part[] = []
  strings.forEach((text, i) => {
    if (text !== '') parts.push(text)
    const value = values[i]
    if (value !== undefined) parts.push(...value.parts)
  })
  return new Sql(parts)
}

export const joinSql = (items: readonly Sql[], separator: string): Sql =>
  new Sql(items.flatMap((item, i) => (i === 0 ? item.parts : [separator, ...item.parts])))

export const emptySql = new Sql([])

/** The text with `{p0:Type}` placeholders and the values for them; equal parameters share one. */
export function renderSql(query: Sql): { text: string; params: Record<string, ParamValue> } {
  const params: Record<string, ParamValue> = {}
  const names = new Map<string, string>()
  let text = ''
  for (const part of query.parts) {
    if (typeof part === 'string') {
      text += part
      continue
    }
    if ('table' in part) {
      text += part.table
      continue
    }
    const key = `${part.type}\u0000${JSON.stringify(part.value)}`
    let name = names.get(key)
    if (name === undefined) {
      name = `p${names.size}`
      names.set(key, name)
      params[name] = part.value
    }
    text += `{${name}:${part.type}}`
  }
  return { text, params }
}
