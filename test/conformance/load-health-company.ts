import { FACTS } from '../../src/facts/facts.ts'
import { loadFacts } from '../load-facts.ts'
import type { OpenFacts } from '../open-ingest.ts'
import { readFolder } from './product.ts'

type Row = Readonly<Record<string, string>>

const FOLDER = new URL('../golden/health-company/company/', import.meta.url).pathname

/** Writes the versions of the health company as its columns say that they were recorded. */
export async function loadHealthCompany({ facts }: Pick<OpenFacts, 'facts'>): Promise<void> {
  for (const { name, text } of readFolder(FOLDER)) {
    const fact = FACTS.find(({ id }) => name === `${id}s.csv`)
    if (fact === undefined) throw new Error(`${name} is of no kind of fact`)
    const [header = '', ...lines] = text.trimEnd().split('\n')
    const rows = lines.map((line) => Object.fromEntries(header.split(',').map((column, i) => [column, line.split(',')[i] ?? ''])))
    const at = (row: Row): string => (row._recorded_at || row[fact.effective] || '').padEnd(20, 'T10:00:00Z').slice(0, 19).replace('T', ' ')
    await loadFacts(facts, fact, rows, (given, i) => {
      const row = given as Row
      const version = {
        import_id: 'company',
        recorded_at: at(row),
        row_number: i + 1,
        source: row._source || 'app',
        deleted: row._deleted === '1' ? 1 : 0,
      } as const
      return fact.marksRevisions ? { ...version, revises: 0 } : version
    })
  }
}
