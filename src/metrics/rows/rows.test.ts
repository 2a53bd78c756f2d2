import { expect, test } from 'vitest'
import { ledgersOf } from '../catalogue/ledgers-read.ts'
import type { RowSet } from '../kit/row-set.ts'

const modules = import.meta.glob<Record<string, unknown>>(['./*.ts', '!./*.test.ts'], { eager: true })
const isRowSet = (value: unknown): value is RowSet => typeof value === 'object' && value !== null && 'rows' in value && 'placement' in value
const ROW_SETS = Object.values(modules).flatMap((module) => Object.values(module).filter(isRowSet))

test('row sets have names of their own', () => {
  const ids = [...new Set(ROW_SETS)].map(({ id }) => id)
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([])
})

/** It is built over a book that only listens: an option that it reads without declaring it would be an error. */
test.each(ROW_SETS)('$id reads what it says that it looks into, and more than that', (rows) => {
  const read = ledgersOf(rows)
  expect(rows.consults.filter((ledger) => !read.has(ledger)).map(({ id }) => id)).toEqual([])
  // What was said of customers is no ledger: rows of it name the facts that it is said by.
  expect(rows.needs.length > 0 || [...read].some((ledger) => !rows.consults.includes(ledger))).toBe(true)
})

test.each(ROW_SETS)('$id has what is usual among the choices of each option', ({ options }) => {
  for (const { choices, fallback } of Object.values(options)) expect(choices ?? [fallback]).toContain(fallback)
})
