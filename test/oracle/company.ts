import { FACT_IDS, factOf } from './fact-tables.ts'
import type { FactId } from './fact-tables.ts'
import type { Day } from '../../src/kernel/period.ts'

/**
 * A company as its exports would tell it: rows per fact kind, every cell as text under the fact's own column name, ''
 * for an empty cell. `batch` is the number of the import that brought the row; an undo has a number of the same count,
 * so "reported on 3" means after the first three imports and undos.
 */
export interface Row {
  readonly batch: number
  readonly [column: string]: string | number
}

export type Facts = { readonly [K in FactId]: readonly Row[] }

/** What was said of a customer at the close of a day, as far as metrics go by it. */
export interface SaidRow {
  readonly account_id: string
  readonly day: Day
  readonly mode: string
  readonly score: number | null
  readonly band: string
  readonly arr: number
  readonly phase: string | null
  readonly next_deadline: Day | null
  readonly deadline_arr: number
}

interface DecidedRow {
  readonly account_id: string
  readonly mode: string
  readonly decided_on: Day
  readonly known_on: Day
  readonly taken_back_on: Day | null
}

export interface Told {
  readonly said: readonly SaidRow[]
  readonly decided: readonly DecidedRow[]
}

export interface Company extends Facts {
  /** What was said of customers at the close of days, and what they decided. */
  readonly told?: Told
  readonly undos: readonly { readonly batch: number; readonly at: number }[]
}

export const noFacts = (): { [K in FactId]: Row[] } => Object.fromEntries(FACT_IDS.map((id) => [id, [] as Row[]])) as { [K in FactId]: Row[] }

export const emptyCompany = (): Company => ({ ...noFacts(), undos: [] })

/** A cell as text; a column the export does not have is empty. */
export const cell = (row: Row, column: string): string => String(row[column] ?? '')

export const lastStep = (company: Company): number =>
  Math.max(1, ...FACT_IDS.flatMap((id) => company[id].map((row) => row.batch)), ...company.undos.map((undo) => undo.at))

export const importsOf = (company: Company): number[] => [...new Set(FACT_IDS.flatMap((id) => company[id].map((row) => row.batch)))].sort((a, b) => a - b)

/** The identity of a row: the first declared list of columns that are all filled. */
export function identityOf(fact: FactId, row: Row): string {
  for (const columns of factOf(fact).identity) {
    const filled = columns.every((column) => cell(row, column) !== '' || column === factOf(fact).effective)
    if (filled) return columns.map((column) => encodeURIComponent(cell(row, column))).join('|')
  }
  throw new Error(`${fact}: a row without an identity`)
}

const contentOf = (fact: FactId, row: Row): string => JSON.stringify(Object.keys(factOf(fact).columns).map((column) => cell(row, column)))

/** An undated row of a history holds since always; only one that comes first, or beside dated ones of its thing in one import, may be undated here. */
const dated = (fact: FactId, row: Row): Row => {
  const { effective, historyOf } = factOf(fact)
  return historyOf !== undefined && cell(row, effective) === '' ? { ...row, [effective]: '1970-01-01T00:00:00.000Z' } : row
}

interface Version {
  readonly batch: number
  readonly row: Row
  readonly content: string
}

/** Facts as they were known after a step: the latest version of every identity whose import was not undone by then. */
export function asReported(company: Company, step = Infinity): Facts {
  const undoneBy = (batch: number, by: number) => company.undos.some((undo) => undo.batch === batch && undo.at <= by)
  const known = noFacts()
  for (const fact of FACT_IDS) {
    const versions = new Map<string, Version[]>()
    for (const row of fileOrder(fact, company[fact])) {
      const kept = dated(fact, row)
      const identity = identityOf(fact, kept)
      const before = versions.get(identity) ?? []
      const current = before.findLast((version) => !undoneBy(version.batch, row.batch))
      const content = contentOf(fact, kept)
      if (current?.content === content) continue
      versions.set(identity, [...before, { batch: row.batch, row: kept, content }])
    }
    for (const list of versions.values()) {
      const current = list.findLast((version) => version.batch <= step && !undoneBy(version.batch, step))
      if (current !== undefined) known[fact].push(current.row)
    }
  }
  return known
}

/** Rows by import; of rows that repeat an identity inside one import only the last counts. */
function fileOrder(fact: FactId, rows: readonly Row[]): Row[] {
  const last = new Map<string, Row>()
  for (const row of rows) last.set(`${row.batch} ${identityOf(fact, dated(fact, row))}`, row)
  return [...last.values()].sort((a, b) => a.batch - b.batch)
}
