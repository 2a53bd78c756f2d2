import type { BinnacleClient } from '../contract/contract.ts'
import type { LeftOut } from '../contract/chosen-files.ts'
import type { ImportRecord } from '../contract/imports.ts'
import { BinnacleError } from '../kernel/errors.ts'
import { EXIT, usage } from './exit.ts'
import type { ExitCode } from './exit.ts'
import { answerQuestions } from './import-answers.ts'
import { findFiles, readMappings, streamFile } from './import-files.ts'
import type { Chosen } from './import-files.ts'
import { openQuestions, printCounts, printQuestions, printReadings, printRefused, refusedRows } from './import-report.ts'
import { printListing, printNote, printOut } from './output.ts'
import type { Format } from './output.ts'
import { Progress } from './progress.ts'
import { watch } from './watch.ts'

export interface ImportFlags {
  readonly as?: string[]
  readonly without?: string[]
  readonly mapping?: string
  readonly answer?: string[]
  readonly dryRun?: boolean
  readonly format: Format
}

/** Files of an import that went wrong, each with what is wrong and what to do. */
type BadFile = LeftOut

interface Sent {
  readonly draft: ImportRecord
  readonly bad: readonly BadFile[]
}

/** The facts that files hold: FACT for all of them, or NAME=FACT for one. */
function factsTold(told: readonly string[], names: readonly string[]): (name: string) => string | undefined {
  const byName = new Map<string, string>()
  let all: string | undefined
  for (const one of told) {
    const at = one.lastIndexOf('=')
    const name = one.slice(0, Math.max(0, at))
    if (at === -1) all = one
    else if (!names.includes(name)) throw usage(`--as speaks of ${name}, which is not among the files.`, `The files are ${names.join(', ')}.`)
    else byName.set(name, one.slice(at + 1))
  }
  return (name) => byName.get(name) ?? all
}

/** Sends every file. One that cannot be read stands in the draft as failed, and the others go on. */
async function sendFiles(client: BinnacleClient, id: string, { taken, bad }: Chosen, flags: ImportFlags, progress: Progress): Promise<Sent> {
  const names = taken.map(({ name }) => name)
  const mappingOf = readMappings(flags.mapping, names)
  const factOf = factsTold(flags.as ?? [], names)
  for (const file of taken) {
    const query = { name: file.name, as: factOf(file.name), mapping: mappingOf(file.name) }
    const { error } = await client.addFile({
      params: { id },
      query,
      upload: streamFile(file, (sent) => progress.show(`reading ${file.name}`, sent, file.bytes)),
    })
    // What was told about a file is wrong, not the file.
    if (error?.code === 'bad_mapping' && (query.as ?? query.mapping) !== undefined) throw usage(`${file.name}: ${error.message}`, error.cure)
  }
  progress.clear()
  const draft = await answerQuestions(client, await client.readImport({ params: { id } }), flags.answer ?? [])
  const failed = draft.files.flatMap(({ name, error }) => (error === null ? [] : [{ name, why: `${error.message} ${error.cure}` }]))
  return { draft, bad: [...bad, ...failed] }
}

export function say(format: Format, record: ImportRecord, readings: boolean): void {
  if (format === 'json') return printOut(JSON.stringify([record], null, 2))
  printCounts(record)
  if (readings) printReadings(record)
}

/** Names what is not in it, whatever became of the rest. */
function sayLeftOut({ left_out }: Chosen, bad: readonly BadFile[]): void {
  for (const { name, why } of left_out) printNote(`Left out: ${name} (${why}).`)
  for (const { name, why } of bad) printNote(`Cannot be read: ${name}: ${why}`)
}

export function sayRefused(record: ImportRecord, recorded: string, bad: readonly BadFile[] = []): ExitCode {
  const refused = refusedRows(record)
  if (bad.length > 0) printNote(`${bad.length === 1 ? 'One file' : `${bad.length} files`} could not be read; ${recorded}.`)
  if (refused > 0) {
    printNote(`${refused} ${refused === 1 ? 'row was' : 'rows were'} refused; ${recorded}. Why:`)
    printRefused(record)
  }
  return refused + bad.length === 0 ? EXIT.ok : EXIT.incomplete
}

/**
 * Sends files as one import and commits it. Open questions stop all of it; refused rows and files that cannot be read only
 * stop themselves. An import that is not committed leaves nothing behind.
 */
export async function runImport(client: BinnacleClient, paths: readonly string[], flags: ImportFlags): Promise<ExitCode> {
  const chosen = findFiles(paths, flags.without)
  const progress = new Progress()
  const { id } = await client.createImport({})
  let committed = false
  try {
    const { draft, bad } = await sendFiles(client, id, chosen, flags, progress)
    sayLeftOut(chosen, bad)
    if (draft.files.every(({ state }) => state === 'failed'))
      throw new BinnacleError('import_empty', 'None of the files could be read.', { cure: 'Mend them as said above, and import them again.' })
    const open = openQuestions(draft)
    if (open.length > 0) {
      say(flags.format, draft, false)
      printNote('Nothing was recorded: there are questions that the files do not answer.')
      printQuestions(open)
      return EXIT.incomplete
    }
    if (flags.dryRun === true) {
      say(flags.format, draft, true)
      printNote('A dry run: nothing was recorded.')
      return sayRefused(draft, 'the others would be recorded', bad)
    }
    committed = true
    const done = await watch(client.commitImport({ params: { id } }), () => client.readImport({ params: { id } }), progress)
    progress.clear()
    say(flags.format, done, true)
    if (flags.format !== 'json') printNote(`Recorded as import ${id}. To take it back: binnacle undo ${id}`)
    return sayRefused(done, 'the others were recorded', bad)
  } finally {
    progress.clear()
    if (!committed) await client.discardImport({ params: { id } }).catch(() => undefined)
  }
}

export async function runImports(client: BinnacleClient, format: Format): Promise<void> {
  const sum = (record: ImportRecord, key: 'new' | 'changed' | 'same'): string =>
    String(record.files.reduce((total, file) => total + file.counts.reduce((n, fact) => n + fact[key], 0), 0))
  printListing(format, {
    items: await client.listImports({}),
    none: 'Nothing was imported yet. Try: binnacle import PATH, or: binnacle sample',
    columns: [
      { title: 'id', whole: true, cell: (item) => item.id },
      { title: 'state', cell: (item) => item.state },
      { title: 'at', cell: (item) => (item.committed_at ?? item.created_at).slice(0, 16).replace('T', ' ') },
      { title: 'files', cell: (item) => item.name || item.files.map((file) => file.name).join(' ') },
      { title: 'new', align: 'right', cell: (item) => sum(item, 'new') },
      { title: 'changed', align: 'right', cell: (item) => sum(item, 'changed') },
      { title: 'same', align: 'right', cell: (item) => sum(item, 'same') },
      { title: 'refused', align: 'right', cell: (item) => String(refusedRows(item)) },
    ],
  })
}
