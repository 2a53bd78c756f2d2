import { expect, test } from 'vitest'
import { inlineSql } from './inline-sql.ts'
import { param, sql, table } from './sql.ts'

test('parameters stand as literals of their types, whatever they hold', () => {
  const [text, list, number] = [param('String', `it's a \\`), param('Array(Date32)', ['2024-01-01']), param('UInt8', 3)]
  const query = sql`SELECT a FROM ${table('t')} WHERE b = ${text} AND c IN ${list} AND d > ${number}`
  expect(inlineSql(query)).toBe(`SELECT a FROM t WHERE b = 'it\\'s a \\\\' AND c IN CAST(['2024-01-01'] AS Array(Date32)) AND d > CAST(3 AS UInt8)`)
  expect(inlineSql(param('Nullable(String)', null))).toBe('CAST(NULL AS Nullable(String))')
})
