import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import { sampleCompany, yardstick } from '../src/connectors/sample-company/sample-company.ts'
import type { SampleFile } from '../src/connectors/sample-company/sample-company.ts'
import { jsonLines } from './fact-lines.ts'

export const END_MONTH = '2025-06'
/** Charges are left out: none of the questions here reads them. */
export const SMALL = ['accounts', 'account_attributes', 'csms', 'csm_assignments', 'discounts', 'exchange_rates', 'costs']
const VERSION = { import_id: 'bare', recorded_at: '2025-07-01 00:00:00.000000' }
const PARTS = 3

export interface Part {
  readonly rows: number
  readonly csv: string
  /** The same rows as the engine takes them: JSON lines of the fact. */
  readonly json: string
}

export interface CompanyFiles {
  readonly small: readonly { readonly name: string; readonly path: string }[]
  /** The subscription versions, cut into parts by account, so that an import can be measured more than once. */
  readonly versions: readonly Part[]
  readonly accounts: number
  readonly changes: number
  readonly generator: { readonly rows: number; readonly ms: number }
  /** Corrections of one row in a hundred: all rows of one account in a hundred, or rows here and there. */
  readonly corrections: { readonly together: readonly string[]; readonly scattered: string }
}

const countLines = (text: string): number => {
  let lines = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++
  return lines
}

export async function write(path: string, pieces: AsyncIterable<string>): Promise<number> {
  const out = createWriteStream(path)
  let rows = 0
  for await (const piece of pieces) {
    rows += countLines(piece)
    if (!out.write(piece)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'close')
  return rows
}

/** How fast the rows come when nobody writes them down. */
async function timeGenerator(file: SampleFile): Promise<{ rows: number; ms: number }> {
  const begin = performance.now()
  let rows = 0
  for await (const piece of file.rows()) rows += countLines(piece)
  return { rows, ms: performance.now() - begin }
}

/** The same terms with one seat more: a correction of a fact that is known. */
function corrected(line: string): string {
  const cells = line.split(',')
  cells[6] = String(Number(cells[6]) + 1)
  return cells.join(',')
}

const accountNumber = (line: string): number => Number(/,A(\d+)/.exec(line)?.[1] ?? 0)

class Corrections {
  readonly together: string[][] = [[], [], []]
  readonly scattered: string[] = []
  #row = 0

  add(line: string): void {
    const set = this.together[accountNumber(line) % 100]
    if (set !== undefined) set.push(corrected(line))
    if (++this.#row % 100 === 50) this.scattered.push(corrected(line))
  }
}

export async function* only(text: string): AsyncIterable<string> {
  yield text
}

/** Cuts the versions into parts, writes each as CSV and as JSON lines, and picks the rows that are corrected later. */
async function writeVersions(file: SampleFile, folder: string, accounts: number): Promise<{ versions: Part[]; corrections: Corrections; header: string }> {
  const corrections = new Corrections()
  const outs = Array.from({ length: PARTS }, (_, i) => {
    const [csv, json] = [join(folder, `versions-${i}.csv`), join(folder, `versions-${i}.ndjson`)]
    return { csv, json, csvOut: createWriteStream(csv), jsonOut: createWriteStream(json), rows: 0 }
  })
  let header = ''
  let toJson: (lines: string) => string = () => ''
  for await (const piece of file.rows()) {
    let text = piece
    if (header === '') {
      header = piece.slice(0, piece.indexOf('\n') + 1)
      text = piece.slice(header.length)
      toJson = jsonLines('subscription_version', header, VERSION)
      for (const { csvOut } of outs) csvOut.write(header)
    }
    const lines = text.split('\n').filter((line) => line !== '')
    for (const line of lines) corrections.add(line)
    const part = outs[Math.min(PARTS - 1, Math.floor((accountNumber(lines[0] ?? '') / (accounts + 1)) * PARTS))]
    if (part === undefined) continue
    part.rows += lines.length
    const ready = [part.csvOut.write(text), part.jsonOut.write(toJson(text))]
    if (ready.includes(false)) await Promise.all([part.csvOut, part.jsonOut].filter((out) => out.writableNeedDrain).map((out) => once(out, 'drain')))
  }
  for (const { csvOut, jsonOut } of outs) await Promise.all([csvOut, jsonOut].map((out) => once(out.end(), 'close')))
  return { versions: outs.map(({ csv, json, rows }) => ({ csv, json, rows })), corrections, header }
}

export function fileNamed(files: readonly SampleFile[], name: string): SampleFile {
  const found = files.find((file) => file.name === name)
  if (found === undefined) throw new Error(`the sample company has no file ${name}`)
  return found
}

/** Writes files as they are. */
export async function save(folder: string, files: readonly SampleFile[]): Promise<{ name: string; path: string }[]> {
  const saved: { name: string; path: string }[] = []
  for (const { name, rows } of files) {
    const path = join(folder, name)
    await write(path, rows())
    saved.push({ name, path })
  }
  return saved
}

/** Writes the generated company into a folder, as the product takes it and as the bare engine does. */
export async function writeCompany(folder: string, scale: number): Promise<CompanyFiles> {
  const options = yardstick(END_MONTH, scale)
  const accounts = options.accounts ?? 0
  const { files } = sampleCompany(options)
  const named = (name: string): SampleFile => fileNamed(files, `${name}.csv`)
  const small = await save(folder, SMALL.map(named))
  const { versions, corrections, header } = await writeVersions(named('subscription_versions'), folder, accounts)
  const saved = async (name: string, lines: readonly string[]): Promise<string> => {
    const path = join(folder, name)
    await write(path, only(`${header}${lines.join('\n')}\n`))
    return path
  }
  const together: string[] = []
  for (const [i, lines] of corrections.together.entries()) together.push(await saved(`corrections-${i}.csv`, lines))
  return {
    small,
    versions,
    accounts,
    changes: versions.reduce((sum, part) => sum + part.rows, 0),
    generator: await timeGenerator(named('subscription_versions')),
    corrections: { together, scattered: await saved('corrections-scattered.csv', corrections.scattered) },
  }
}
