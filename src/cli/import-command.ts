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

/** Waits until the import is neither being recorded nor derived from. */
async function settle(client: BinnacleClient, record: ImportRecord, progress: Progress): Promise<ImportRecord> {
  let present = record
  while (UNDER_WAY.includes(present.state)) {
    await pause(150)
    present = await client.readImport({ params: { id: record.id } })
    if (present.progress !== null) progress.show(present.progress.step, present.progress.done, present.progress.total)
  }
  progress.clear()
  if (present.state === 'failed') throw failure(present.error, `The import ${present.id} failed.`)
  return present
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
    const done = await settle(client, await client.commitImport({ params: { id } }), progress)
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
  const undone = await settle(client, await client.undoImport({ params: { id } }), new Progress())
  if (format === 'json') printOut(JSON.stringify([undone], null, 2))
  else printNote(`Import ${id} is undone: what it recorded no longer counts.`)
}

export async function runSample(client: BinnacleClient, format: Format): Promise<ExitCode> {
  const progress = new Progress()
  const done = await settle(client, await client.loadSample({}), progress)
  say(format, done)
  return sayRefused(done, 'the others were recorded')
}
