import type { ImportFile, ImportRecord } from '../contract/imports.ts'
import { printNote, printOut } from './output.ts'
import { table } from './table.ts'

const count = (value: number): string => (value === 0 ? '' : value.toLocaleString('en-US'))

/** What each file changes, fact by fact. */
export function printCounts(record: ImportRecord): void {
  const rows = record.files
    .filter(({ state }) => state !== 'failed')
    .flatMap((file) => {
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

const READINGS = { ymd: 'year first', dmy: 'day first', mdy: 'month first', dot: 'a dot before the decimals', comma: 'a comma before the decimals' } as const
const KNOWN_BY = { told: 'as told', remembered: 'as files with these columns were recorded before', headers: 'by its name and headers' } as const

/** How one column that goes somewhere is read; '' where its header says all. */
function columnLine(file: ImportFile, { header, to, constant, read_as }: NonNullable<ImportFile['mapping']>['columns'][number]): string {
  if (constant !== undefined)
    return `${to} is ${constant === '' ? 'empty' : constant} in every row, ${file.mapped_by === 'headers' ? 'as a header says' : KNOWN_BY[file.mapped_by]}`
  const decided = file.settled.find((one) => one.header === header)
  const how =
    read_as !== undefined
      ? `${READINGS[read_as]}, ${KNOWN_BY[file.mapped_by]}`
      : decided === undefined
        ? ''
        : `${READINGS[decided.read_as]}: "${decided.because}" fits no other way`
  return header === to && how === '' ? '' : `${header} → ${to}${how === '' ? '' : ` (${how})`}`
}

/** How a file was read, in lines: what it holds, where each column went, what its cells decided, and what was left alone. */
export function readingLines(file: ImportFile): string[] {
  const { mapping } = file
  if (mapping === null) return []
  const used = mapping.columns.filter(({ to }) => to !== null)
  const lines = used.map((column) => columnLine(file, column)).filter((line) => line !== '')
  const plain = used.filter((column) => columnLine(file, column) === '').map(({ header }) => header)
  const alone = mapping.columns.filter(({ to }) => to === null).map(({ header }) => header)
  return [
    `${file.name} holds ${mapping.fact}, ${KNOWN_BY[file.mapped_by]}${file.mapped_by === 'headers' ? ` (${Math.round(file.confidence * 100)} % sure)` : ''}`,
    ...(plain.length === 0 ? [] : [`  as named: ${plain.join(', ')}`]),
    ...lines.map((line) => `  ${line}`),
    ...file.notes.map((note) => `  ${note}`),
    ...(alone.length === 0 ? [] : [`  kept, but not read: ${alone.map((header) => header || '(no header)').join(', ')}`]),
  ]
}

/** Which header was read as which column, file by file. */
export function printReadings(record: ImportRecord): void {
  const lines = record.files.flatMap(readingLines)
  if (lines.length > 0) printOut(`\nHow the columns were read:\n${lines.join('\n')}`)
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
  printNote('\nOr answer in the mapping. This is it as far as it is known; save it, change it, and give it back with --mapping FILE:')
  printNote('  a question: add "KEY": "VALUE" to its "answers"')
  printNote('  a column: set "to" of the column that holds it, or add {"header": "", "to": NAME, "constant": VALUE}')
  printNote('  a file that is no part of it: leave it out with --without NAME')
  printNote(JSON.stringify(proposed, null, 2))
}

const ONE_FOR_ALL: readonly string[] = ['missing_column', 'missing_currency']

export function printQuestions(files: readonly ImportFile[]): void {
  for (const file of files) {
    printNote(`\n${file.name}:`)
    for (const question of file.ambiguities) {
      printNote(`  ${question.says}`)
      if (question.examples.length > 0) printNote(`    seen: ${question.examples.join(', ')}`)
      for (const choice of question.choices) printNote(`    ${choice.value}: ${choice.says}`)
      if (question.kind === 'fact') printNote('    Answer with --as FACT, or leave the file out with --without NAME.')
      else
        printNote(
          `    Answer with --answer '${files.length === 1 ? '' : `${file.name}:`}${question.key}=VALUE'${ONE_FOR_ALL.includes(question.kind) ? ', or with any one value for all rows' : ''}.`,
        )
    }
  }
  printMapping(files)
}
