import type { ImportFile, ImportRecord } from '../contract/imports.ts'
import { printNote, printOut } from './output.ts'
import { table } from './table.ts'

const count = (value: number): string => (value === 0 ? '' : value.toLocaleString('en-US'))

/** What each file changes, fact by fact. */
export function printCounts(record: ImportRecord): void {
  const rows = record.files.flatMap((file) => {
    const facts = file.counts.length > 0 ? file.counts : [{ fact: file.mapping?.fact ?? '?', new: 0, changed: 0, same: 0, repeated: 0 }]
    return facts.map((fact, i) => [
      i === 0 ? file.name : '',
      i === 0 ? file.rows.toLocaleString('en-US') : '',
      fact.fact,
      count(fact.new),
      count(fact.changed),
      count(fact.same),
      count(fact.repeated),
      i === 0 ? count(file.refused) : '',
    ])
  })
  const right = (title: string) => ({ title, align: 'right' as const })
  printOut(
    table([{ title: 'file' }, right('rows'), { title: 'fact' }, right('new'), right('changed'), right('same'), right('repeated'), right('refused')], rows),
  )
}

export const refusedRows = (record: ImportRecord): number => record.files.reduce((sum, file) => sum + file.refused, 0)

export function printRefused(record: ImportRecord): void {
  for (const file of record.files)
    for (const { reason, column, count: times, example } of file.refused_reasons)
      printNote(
        `  ${file.name}: ${times} × ${reason}${column === null || column === '' ? '' : ` (${column})`}${example === '' ? '' : `, for example "${example}"`}`,
      )
}

export const openQuestions = (record: ImportRecord): ImportFile[] => record.files.filter((file) => file.state === 'needs_answer')

/** How to answer: the mapping that was proposed, to be mended by hand and given back. */
function printMapping(files: readonly ImportFile[]): void {
  const proposed = Object.fromEntries(files.flatMap((file) => (file.mapping === null ? [] : [[file.name, file.mapping]])))
  if (Object.keys(proposed).length === 0) return
  printNote('\nThis is the mapping as far as it is known. Save it, answer in it, and give it back with --mapping FILE:')
  printNote('  a date or decimal: add "read_as" to the column, one of "ymd", "dmy", "mdy", "dot", "comma"')
  printNote('  a column that is missing: set "to" of the column that holds it, or add {"header": "", "to": NAME, "constant": VALUE}')
  printNote(JSON.stringify(proposed, null, 2))
}

export function printQuestions(files: readonly ImportFile[]): void {
  for (const file of files) {
    printNote(`\n${file.name}:`)
    for (const question of file.ambiguities) {
      printNote(`  ${question.says}`)
      if (question.examples.length > 0) printNote(`    seen: ${question.examples.join(', ')}`)
      for (const choice of question.choices) printNote(`    ${choice.value}: ${choice.says}`)
      if (question.kind === 'fact') printNote('    Answer with --as FACT.')
    }
  }
  printMapping(files)
}
