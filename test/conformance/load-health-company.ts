import type { FactDefinition } from '../../src/facts/fact.ts'
import { FACTS } from '../../src/facts/facts.ts'
import { loadFacts } from '../load-facts.ts'
import type { OpenFacts } from '../open-ingest.ts'
import { readFolder } from './product.ts'

type Row = Readonly<Record<string, string>>

const FOLDER = new URL('../golden/health-company/company/', import.meta.url).pathname

const recordedAt = (fact: FactDefinition, row: Row): string =>
  (row._recorded_at || row[fact.effective] || '').padEnd(20, 'T10:00:00Z').slice(0, 19).replace('T', ' ')

interface Part {
  readonly import_id: string
  /** By when it was recorded: "2024-01-01 10:00:00". */
  readonly holds: (row: Row, recordedAt: string) => boolean
  /** When all of it is recorded, where not as it says itself. */
  readonly at?: string
}

const ALL: Part = { import_id: 'company', holds: () => true }

/** Writes the versions of the health company, or some of them, as its columns say that they were recorded. */
export async function loadHealthCompany({ facts }: Pick<OpenFacts, 'facts'>, { import_id, holds, at }: Part = ALL): Promise<void> {
  for (const { name, text } of readFolder(FOLDER)) {
    const fact = FACTS.find(({ id }) => name === `${id}s.csv`)
    if (fact === undefined) throw new Error(`${name} is of no kind of fact`)
    const [header = '', ...lines] = text.trimEnd().split('\n')
    const all = lines.map((line): Row => Object.fromEntries(header.split(',').map((column, i) => [column, line.split(',')[i] ?? ''])))
    const rows = all.filter((row) => holds(row, recordedAt(fact, row)))
    await loadFacts(facts, fact, rows, (given, i) => {
      const row = given as Row
      const version = {
        import_id,
        recorded_at: at ?? recordedAt(fact, row),
        row_number: i + 1,
        source: row._source || 'app',
        deleted: row._deleted === '1' ? 1 : 0,
      } as const
      return fact.marksRevisions ? { ...version, revises: 0 } : version
    })
  }
}
