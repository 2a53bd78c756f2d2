import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import { makeClient } from '../../src/contract/client.ts'
import type { Routes } from '../../src/contract/client.ts'
import { contract } from '../../src/contract/contract.ts'
import type { BinnacleClient } from '../../src/contract/contract.ts'
import type { ImportFile, ImportRecord } from '../../src/contract/imports.ts'
import type { Op } from '../../src/contract/op.ts'
import { fixedClock } from '../../src/kernel/clock.ts'
import type { Clock } from '../../src/kernel/clock.ts'
import { defaultSettings } from '../../src/kernel/settings.ts'
import type { Settings } from '../../src/kernel/settings.ts'
import type { AppendFacts } from '../../src/facts/append.ts'
import { composeApp, openStoresOn } from '../../src/main.ts'
import type { Stores } from '../../src/main.ts'
import { freshStores } from '../engines/engines.ts'
import type { TestEngineKind } from '../engines/engines.ts'
import type { Rules } from '../oracle/book.ts'

export interface NamedFile {
  readonly name: string
  readonly text: string
}

/** The whole product over stores of its own, spoken to as the web app and the command line do. */
export interface Product {
  readonly client: BinnacleClient
  readonly stores: Stores
  /** The whole product as the server calls it. */
  fetch(request: Request): Promise<Response>
  /** Sends files as one import and commits it; decimals are answered with a point, rows of one id with the last of them. */
  importFiles(files: readonly NamedFile[]): Promise<ImportRecord>
  /** The door that other rooms add facts by. */
  readonly appendFacts: AppendFacts
  close(): Promise<void>
}

export const routes: Routes = Object.fromEntries(
  Object.entries(contract as Record<string, Op>).map(([name, { method, path, produces }]) => [
    name,
    produces === undefined ? [method, path] : [method, path, produces],
  ]),
)

export const readFolder = (folder: string): NamedFile[] =>
  readdirSync(folder)
    .sort()
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))

/** What our files mean where a person would be asked: NPS is from 0 to 10, of rows that say different things of one id the last holds. */
const OURS: Readonly<Record<string, string>> = { id: 'last', 'scale:nps': 'ten' }

/** Our files write numbers with a point; one that also reads as a thousand ("1.015") is asked, as it must be. */
async function answerQuestions(client: BinnacleClient, id: string, { id: file, name, state, mapping, ambiguities, error }: ImportFile): Promise<void> {
  if (state === 'staged') return
  const known = ambiguities.filter(({ key, choices }) => choices.some(({ value }) => value === OURS[key]))
  const other = ambiguities.filter((each) => each.kind !== 'decimal' && !known.includes(each))
  if (mapping === null || other.length > 0 || ambiguities.length === 0) throw new Error(`${name} is ${state}: ${JSON.stringify(error ?? other)}`)
  const asked = new Set(ambiguities.filter(({ kind }) => kind === 'decimal').map(({ header }) => header))
  const columns = mapping.columns.map((column) => (asked.has(column.header) ? { ...column, read_as: 'dot' as const } : column))
  const answers = { ...mapping.answers, ...Object.fromEntries(known.map(({ key }) => [key, OURS[key] ?? ''])) }
  const answered = await client.mapFile({ params: { id, file }, body: { ...mapping, columns, answers } })
  if (answered.state !== 'staged') throw new Error(`${name} is ${answered.state}: ${JSON.stringify(answered.ambiguities)}`)
}

export async function importInto(client: BinnacleClient, files: readonly NamedFile[]): Promise<ImportRecord> {
  const { id } = await client.createImport({})
  for (const { name, text } of files) await answerQuestions(client, id, await client.addFile({ params: { id }, query: { name }, upload: text }))
  const done = await client.commitImport({ params: { id } })
  const refused = done.files.flatMap((file) => file.refused_reasons.map((reason) => `${file.name}: ${JSON.stringify(reason)}`))
  if (done.state !== 'done' || refused.length > 0) throw new Error(`the import is ${done.state}: ${refused.join(', ')}`)
  return done
}

/** Counted over all files and facts of an import. */
export function countsOf(record: ImportRecord): { new: number; changed: number; same: number } {
  const sum = { new: 0, changed: 0, same: 0 }
  for (const counts of record.files.flatMap((file) => file.counts)) for (const key of ['new', 'changed', 'same'] as const) sum[key] += counts[key]
  return sum
}

const up = { state: 'up' as const, kind: 'private' as const, since: '2024-08-01T00:00:00Z', restarts: 0 }

export async function openProduct(kind: TestEngineKind, settings: Partial<Rules>, clock: Clock = fixedClock('2024-08-01T12:00:00Z')): Promise<Product> {
  const fresh = await freshStores(kind)
  const stores = await openStoresOn(
    { facts: fresh.facts, workspaceUrl: fresh.workspaceUrl, health: () => ({ facts: up, workspace: up }), rooms: () => [], close: async () => undefined },
    { log: pino({ level: 'error' }, pino.destination(2)), clock },
  )
  const app = composeApp(stores, { checkAnswers: true })
  await app.ready
  const client = makeClient(routes, 'http://localhost', (url, init) => app.fetch(new Request(url, init)))
  for (const [key, value] of Object.entries(settings))
    if (defaultSettings[key as keyof Settings] !== value) await client.changeSetting({ params: { key }, body: { value } })
  return {
    client,
    stores,
    fetch: async (request) => app.fetch(request),
    appendFacts: app.appendFacts,
    importFiles: (files) => importInto(client, files),
    close: async () => {
      await app.close()
      await stores.close()
      await fresh.close()
    },
  }
}
