import { cell, importsOf } from './company.ts'
import type { Company } from './company.ts'
import { FACT_IDS, factOf } from './fact-tables.ts'
import type { FactId } from './fact-tables.ts'

export interface CompanyFile {
  readonly name: string
  readonly fact: FactId
  readonly text: string
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** Hours of a week are kept day by day, and written with their days. */
const written = (fact: FactId, column: string, text: string): string =>
  factOf(fact).columns[column]?.type === 'week' && text !== ''
    ? text
        .split('|')
        .map((hours, day) => `${DAYS[day] ?? ''} ${hours || 'closed'}`)
        .join('; ')
    : text

/** The rows of one import as the files a person would drop: one per fact kind that has rows, columns under their own names. */
export function toFiles(company: Company, batch: number): CompanyFile[] {
  return FACT_IDS.flatMap((fact) => {
    const columns = Object.keys(factOf(fact).columns)
    const rows = company[fact].filter((row) => row.batch === batch)
    if (rows.length === 0) return []
    const lines = [columns, ...rows.map((row) => columns.map((column) => written(fact, column, cell(row, column))))]
    return [{ name: `${fact}s.csv`, fact, text: lines.map((line) => `${line.map(quoted).join(',')}\n`).join('') }]
  })
}

/** What happens to a company, one after another: an import of files, or the undo of an earlier one. */
export type Step = { readonly step: number; readonly files: CompanyFile[] } | { readonly step: number; readonly undo: number }

export function stepsOf(company: Company): Step[] {
  const imports = importsOf(company).map((batch): Step => ({ step: batch, files: toFiles(company, batch) }))
  return [...imports, ...company.undos.map(({ batch, at }): Step => ({ step: at, undo: batch }))].sort((a, b) => a.step - b.step)
}
