import type { ParamValue, Sql } from './sql.ts'

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

const literal = (value: ParamValue): string => {
  if (value === null) return 'NULL'
  if (typeof value === 'object') return `[${value.map(literal).join(', ')}]`
  return typeof value === 'string' ? quoted(value) : String(value)
}

/** The query as text that runs by itself: what travels as parameters stands in it as literals of the same types. */
export const inlineSql = ({ parts }: Sql): string =>
  parts
    .map((part) => {
      if (typeof part === 'string') return part
      if ('table' in part) return part.table
      return part.type === 'String' && typeof part.value === 'string' ? quoted(part.value) : `CAST(${literal(part.value)} AS ${part.type})`
    })
    .join('')
