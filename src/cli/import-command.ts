import { setTimeout as pause } from 'node:timers/promises'
import type { BinnacleClient } from '../contract/contract.ts'
import type { LeftOut } from '../contract/chosen-files.ts'
import type { ImportRecord } from '../contract/imports.ts'
import { BinnacleError } from '../kernel/errors.ts'
import { EXIT, usage } from './exit.ts'
import type { ExitCode } from './exit.ts'
import { findFiles, readMappings, streamFile } from './import-files.ts'
import type { Chosen } from './import-files.ts'
import { openQuestions, printCounts, printQuestions, printReadings, printRefused, refusedRows } from './import-report.ts'
import { printListing, printNote, printOut } from './output.ts'
import type { Format } from './output.ts'
import { Progress } from './progress.ts'

export interface ImportFlags {
  readonly as?: string[]
  readonly without?: string[]
  readonly mapping?: string
  readonly dryRun?: boolean
  readonly format: Format
}

const UNDER_WAY: readonly ImportRecord['state'][] = ['committing', 'refreshing']
const POLL_MS = 250

/**
 * Waits for a step of an import and shows how far it is. The step's own answer may be given up by the connection after
 * minutes; the server goes on, and the record of the import says how it ended.
 */
async function watch(client: BinnacleClient, step: Promise<ImportRecord>, id: string | null, progress: Progress): Promise<ImportRecord> {
  const ended = step.then(
    (record) => ({ record, error: null }),
    (error: unknown) => ({ record: null, error }),
  )
  let present: ImportRecord | null = null
  for (;;) {
    const end = await Promise.race([ended, pause(POLL_MS)])
    const lost = end?.error instanceof BinnacleError && end.error.code === 'server_unreachable' && present !== null
    if (end?.error !== undefined && end.error !== null && !lost) throw end.error
    if (end?.record !== undefined && end.record !== null) return settled(end.record)
    if (id !== null) present = await client.readImport({ params: { id } })
    if (present?.progress) progress.show(present.progress.step, present.progress.done, present.progress.total)
    if (lost && present !== null && !UNDER_WAY.includes(present.state)) return settled(present)
    if (lost) await pause(POLL_MS)
  }
}

function settled(record: ImportRecord): ImportRecord {
  if (record.error !== null) throw failure(record.error, `The import ${record.id} failed.`)
  return record
}

const failure = (error: ImportRecord['error'], otherwise: string): BinnacleError =>
  new BinnacleError(error?.code ?? 'import_failed', error?.message ?? otherwise, { cure: error?.cure ?? 'Look at the server log.' })

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
    const { error } = await client.addFile({ params: { id }, query, upload: streamFile(file, (sent) => progress.show(`reading ${file.name}`, sent, file.bytes)) })
    // What was told about a file is wrong, not the file.
    if (error?.code === 'bad_mapping' && (query.as ?? query.mapping) !== undefined) throw usage(`${file.name}: ${error.message}`, error.cure)
  }
  progress.clear()
  const draft = await client.readImport({ params: { id } })
  const failed = draft.files.flatMap(({ name, error }) => (error === null ? [] : [{ name, why: `${error.message} ${error.cure}` }]))
  return { draft, bad: [...bad, ...failed] }
}

function say(format: Format, record: ImportRecord, readings: boolean): void {
  if (format === 'json') return printOut(JSON.stringify([record], null, 2))
  printCounts(record)
  if (readings) printReadings(record)
}

/** Names what is not in it, whatever became of the rest. */
function sayLeftOut({ left_out }: Chosen, bad: readonly BadFile[]): void {
  for (const { name, why } of left_out) printNote(`Left out: ${name} (${why}).`)
  for (const { name, why } of bad) printNote(`Cannot be read: ${name}: ${why}`)
}

function sayRefused(record: ImportRecord, recorded: string, bad: readonly BadFile[] = []): ExitCode {
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
    if (draft.files.every(({ state }) => state === 'failed')) throw new BinnacleError('import_empty', 'None of the files could be read.', { cure: 'Mend them as said above, and import them again.' })
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
    const done = await watch(client, client.commitImport({ params: { id } }), id, progress)
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
      { title: 'files', cell: (item) => item.files.map((file) => file.name).join(' ') },
      { title: 'new', align: 'right', cell: (item) => sum(item, 'new') },
      { title: 'changed', align: 'right', cell: (item) => sum(item, 'changed') },
      { title: 'same', align: 'right', cell: (item) => sum(item, 'same') },
      { title: 'refused', align: 'right', cell: (item) => String(refusedRows(item)) },
    ],
  })
}

export async function runUndo(client: BinnacleClient, id: string, format: Format): Promise<void> {
  const progress = new Progress()
  await watch(client, client.undoImport({ params: { id } }), id, progress).finally(() => progress.clear())
  const undone = await client.readImport({ params: { id } })
  if (format === 'json') printOut(JSON.stringify([undone], null, 2))
  else printNote(`Import ${id} is undone: what it recorded no longer counts.`)
}

export async function runSample(client: BinnacleClient, format: Format): Promise<ExitCode> {
  const progress = new Progress()
  const done = await watch(client, client.loadSample({}), null, progress).finally(() => progress.clear())
  say(format, done, false)
  return sayRefused(done, 'the others were recorded')
}
