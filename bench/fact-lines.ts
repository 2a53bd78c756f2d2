import type { FactDefinition } from '../src/facts/fact.ts'
import { factById } from '../src/facts/facts.ts'

/** The fact rows of generated CSV lines as JSON lines: what an import would store, for the engine's own insert. */

const cells = (line: string): string[] =>
  line.includes('"') ? (line.match(/("[^"]*"|[^,]*)(,|$)/g) ?? []).map((cell) => cell.replace(/,$/, '').replaceAll('"', '')) : line.split(',')

const requireFact = (id: string): FactDefinition => {
  const fact = factById(id)
  if (fact === undefined) throw new Error(`no fact ${id}`)
  return fact
}

/** One file's lines as JSON lines of one fact. The columns are the header's; empty cells are left to the engine's default. */
export function jsonLines(factId: string, header: string, version: { import_id: string; recorded_at: string }): (lines: string) => string {
  const fact = requireFact(factId)
  const names = header.trim().split(',')
  const identity = fact.identity[0] ?? []
  let row = 0
  return (lines) => {
    let text = ''
    for (const line of lines.split('\n')) {
      if (line === '') continue
      const values = cells(line)
      const record: Record<string, unknown> = {}
      names.forEach((name, i) => {
        if (values[i] !== '' && fact.columns[name] !== undefined)
          record[name] = fact.columns[name]?.type === 'boolean' ? (values[i] === 'true' ? 1 : 0) : values[i]
      })
      record.source = 'files'
      record.source_id = identity.map((name) => String(record[name] ?? '')).join('|')
      record.row_number = ++row
      text += `${JSON.stringify({ ...record, ...version, deleted: 0 })}\n`
    }
    return text
  }
}
