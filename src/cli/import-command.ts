import { setTimeout as pause } from 'node:timers/promises'
import type { BinnacleClient } from '../contract/contract.ts'
import type { ImportRecord } from '../contract/imports.ts'
import { BinnacleError } from '../kernel/errors.ts'
import { EXIT } from './exit.ts'
import type { ExitCode } from './exit.ts'
import { chooseFiles, readMappings, streamFile } from './import-files.ts'
import { openQuestions, printCounts, printQuestions, printRefused, refusedRows } from './import-report.ts'
import { printListing, printNote, printOut } from './output.ts'
import type { Format } from './output.ts'
import { Progress } from './progress.ts'

export interface ImportFlags {
  readonly as?: string
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

async function sendFiles(client: BinnacleClient, id: string, paths: readonly string[], flags: ImportFlags, progress: Progress): Promise<ImportRecord> {
  const files = chooseFiles(paths)
  const mappingOf = readMappings(flags.mapping)
  for (const file of files) {
    const query = { name: file.name, as: flags.as, mapping: mappingOf(file.name) }
    await client.addFile({ params: { id }, query, upload: streamFile(file, (sent) => progress.show(file.name, sent, file.bytes)) })
  }
  progress.clear()
  return client.readImport({ params: { id } })
}

const say = (format: Format, record: ImportRecord): void => (format === 'json' ? printOut(JSON.stringify([record], null, 2)) : printCounts(record))

function sayRefused(record: ImportRecord, recorded: string): ExitCode {
  const refused = refusedRows(record)
  if (refused === 0) return EXIT.ok
  printNote(`${refused} rows were refused; ${recorded}. Why:`)
  printRefused(record)
  return EXIT.incomplete
}

/**
 * Sends files as one import and commits it. Open questions stop all of it; refused rows only stop themselves.
 * An import that is not committed leaves nothing behind.
 */
export async function runImport(client: BinnacleClient, paths: readonly string[], flags: ImportFlags): Promise<ExitCode> {
  const progress = new Progress()
  const { id } = await client.createImport({})
  let committed = false
  try {
    const draft = await sendFiles(client, id, paths, flags, progress)
    const broken = draft.files.find((file) => file.state === 'failed')
    if (broken !== undefined) throw failure(broken.error, `${broken.name} cannot be read.`)
    const open = openQuestions(draft)
    if (open.length > 0) {
      say(flags.format, draft)
      printNote('Nothing was recorded: there are questions that the files do not answer.')
      printQuestions(open)
      return EXIT.incomplete
    }
    if (flags.dryRun === true) {
      say(flags.format, draft)
      printNote('A dry run: nothing was recorded.')
      return sayRefused(draft, 'the others would be recorded')
    }
    committed = true
    const done = await watch(client, client.commitImport({ params: { id } }), id, progress)
    progress.clear()
    say(flags.format, done)
    if (flags.format !== 'json') printNote(`Recorded as import ${id}. To take it back: binnacle undo ${id}`)
    return sayRefused(done, 'the others were recorded')
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
      { title: 'id', cell: (item) => item.id },
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
  say(format, done)
  return sayRefused(done, 'the others were recorded')
}
