import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import type { CompanyFiles } from './company-files.ts'
import { askEngine } from './house.ts'
import type { House } from './house.ts'
import { atLeast, median, perSecond, timed } from './measure.ts'
import type { Line } from './measure.ts'

const bytesOf = (path: string): ReadableStream<Uint8Array> => Readable.toWeb(createReadStream(path, { highWaterMark: 1 << 18 })) as ReadableStream<Uint8Array>

interface ImportState {
  readonly id: string
  readonly state: string
  readonly error: { readonly message: string } | null
  readonly files: readonly {
    readonly name: string
    readonly state: string
    readonly refused: number
    readonly ambiguities: readonly { readonly says: string }[]
  }[]
}

export async function askApp<T>({ app }: House, method: string, path: string, body?: ReadableStream<Uint8Array> | string): Promise<T> {
  const stream = body !== undefined && typeof body !== 'string'
  const response = await fetch(`${app.address}${path}`, {
    method,
    ...(body === undefined ? {} : { body, headers: { 'content-type': stream ? 'application/octet-stream' : 'application/json' } }),
    ...(stream ? { duplex: 'half' } : {}),
  } as RequestInit)
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${(await response.text()).slice(0, 1000)}`)
  return (await response.json()) as T
}

const pause = (ms: number): Promise<void> => new Promise((done) => void setTimeout(done, ms))

/** How long one import took to be durable (acknowledged), and from there until the numbers had it. */
export interface ImportTimes {
  readonly id: string
  /** Of the durable time: until all files had arrived, were read and compared with what is known. */
  readonly staged: number
  readonly durable: number
  readonly refreshed: number
}

/** Uploads and commits files as one import. Refused rows or open questions are an error: then it would not be the same data. */
export async function importFiles(house: House, files: readonly { name: string; path: string }[], as?: string): Promise<ImportTimes> {
  const begin = performance.now()
  const { id } = await askApp<ImportState>(house, 'POST', '/api/v1/imports')
  for (const { name, path } of files) {
    const search = new URLSearchParams({ name, ...(as === undefined ? {} : { as }) })
    const file = await askApp<ImportState['files'][number]>(house, 'POST', `/api/v1/imports/${id}/files?${search}`, bytesOf(path))
    if (file.state !== 'staged' || file.refused > 0) throw new Error(`${name} was not taken whole: ${JSON.stringify(file).slice(0, 1500)}`)
  }
  const staged = performance.now() - begin
  const committed = askApp<ImportState>(house, 'POST', `/api/v1/imports/${id}/commit`)
  let durable = 0
  let failure: unknown
  committed.catch((error: unknown) => (failure = error))
  while (durable === 0 && failure === undefined) {
    const { state } = await askApp<ImportState>(house, 'GET', `/api/v1/imports/${id}`)
    if (state === 'refreshing' || state === 'done') durable = performance.now() - begin
    else await pause(5)
  }
  const { state, error } = await committed
  if (state !== 'done') throw new Error(`the import is ${state}: ${error?.message ?? ''}`)
  return { id, staged, durable, refreshed: performance.now() - begin - durable }
}

/** The engine's own insert of the same rows, as one request of JSON lines into the fact's table or one like it. */
async function insertBare(house: House, path: string, table: string): Promise<number> {
  const { ms } = await timed(async () => void (await (await askEngine(house, `INSERT INTO ${table} FORMAT JSONEachRow`, bytesOf(path))).text()))
  return ms
}

/** Brings the company in without measuring anything: what is small by an import, the versions as the engine takes them. */
export async function bringIn(house: House, files: CompanyFiles): Promise<void> {
  await importFiles(house, files.small)
  for (const { json } of files.versions) await insertBare(house, json, 'fact_subscription_version')
}

/** Imports the company: first what is small, then the subscription versions part by part, each beside the bare insert. */
export async function benchImports(house: House, files: CompanyFiles): Promise<Line[]> {
  await importFiles(house, files.small)
  await askEngine(house, 'CREATE TABLE bare_subscription_version AS fact_subscription_version')
  const runs: { ours: number; staged: number; bare: number; rows: number }[] = []
  for (const [i, part] of files.versions.entries()) {
    const bare = await insertBare(house, part.json, 'bare_subscription_version')
    const { durable, staged } = await importFiles(house, [{ name: `subscription_versions_${i + 1}.csv`, path: part.csv }], 'subscription_version')
    runs.push({ ours: durable, staged, bare, rows: part.rows })
  }
  await askEngine(house, 'DROP TABLE bare_subscription_version SYNC')
  const rate = (pick: (run: (typeof runs)[number]) => number): string => {
    const perMs = median(runs.map((run) => run.rows / pick(run)))
    return perSecond(perMs, 1)
  }
  const ratio = median(runs.map((run) => run.bare / run.ours))
  const share = Math.round(median(runs.map((run) => run.staged / run.ours)) * 100)
  return [
    atLeast(
      `CSV over HTTP to durable (${share} % of it until staged)`,
      rate((run) => run.ours),
      rate((run) => run.bare),
      ratio,
      0.5,
    ),
  ]
}
