import type { FactStore } from '../../facts/store.ts'
import type { Settings } from '../../kernel/settings.ts'
import type { Workspace } from '../../stores/workspace.ts'
import { ROWS_PER_STAGE } from '../record/batch.ts'
import { decodeFile } from './decode.ts'
import type { DecodedFile, RowBatch } from './decode.ts'
import { checkMapping } from './mapping.ts'
import { createProposing } from './propose.ts'
import type { Told } from './propose.ts'
import { stageId } from './records.ts'
import type { FilePatch, Reading, StoredFile } from './records.ts'
import { unescapeRefused } from './refused-csv.ts'
import { compileMapper } from './row-mapper.ts'
import type { RowMapper } from './row-mapper.ts'
import { readKeptRows, stageRows } from './stage.ts'
import type { StageResult } from './stage.ts'
import { storableCell } from './storable.ts'
import type { Ambiguity, Mapping } from './types.ts'

/** How many rows are looked at before the first is staged, and how many of them are shown to a person. */
const SAMPLE_ROWS = 1000
const SHOWN_ROWS = 20
const LONGEST_SHOWN = 200

export interface ReceiveOptions extends Told {
  readonly onProgress: (bytes: number) => Promise<void>
}

/** A reading of the rows of a file: how they are read, and which number it has. */
interface ReadingOf {
  readonly file: StoredFile
  readonly mapper: RowMapper
  readonly reading: number
}

function openMapper(
  file: StoredFile,
  headers: string[],
  mapping: Mapping,
  { reading, format, zone }: { reading: number; format: Reading['format']; zone: string },
): RowMapper {
  return compileMapper(mapping, {
    headers,
    zone,
    importId: file.import_id,
    stage: stageId(file.id, reading),
    rowOffset: (file.position - 1) * ROWS_PER_STAGE,
    ragged: format === 'ndjson',
  })
}

const stageKept = (store: FactStore, { file, mapper, reading }: ReadingOf, mayStage: boolean): Promise<StageResult> =>
  stageRows(readKeptRows(store, file.import_id, file.id), {
    store,
    importId: file.import_id,
    fileId: file.id,
    stage: stageId(file.id, reading),
    mapper,
    mayStage,
    keepRaw: false,
  })

/** A reading that had to wait for a later cell to decide a column is done once more, from the kept rows. */
async function onceMore(store: FactStore, { file, mapper, reading }: ReadingOf, result: StageResult): Promise<StageResult & { reading: number }> {
  if (result.staged || result.questions.length > 0) return { ...result, reading }
  const next = reading + 1
  mapper.restart(stageId(file.id, next))
  return { ...(await stageKept(store, { file, mapper, reading: next }, true)), reading: next }
}

function outcome(result: StageResult, questions: Ambiguity[], reading: Omit<Reading, 'staged' | 'left_out' | 'notes'>): FilePatch {
  const asked = [...questions, ...result.questions]
  return {
    rows: result.rows,
    refused: result.refused,
    refused_reasons: result.refused_reasons,
    ambiguities: asked,
    state: asked.length === 0 && result.staged ? 'staged' : 'needs_answer',
    mapping: { ...reading, staged: result.kept, left_out: result.left_out, notes: result.notes } satisfies Reading,
    error: null,
    counts: [],
  }
}

/** Reading files into staged rows, under some settings. */
export function createReceiving({ facts: store, workspace }: { facts: FactStore; workspace: Pick<Workspace, 'db'> }, settings: () => Promise<Settings>) {
  const propose = createProposing(workspace, settings)

  /** Reads a file as its bytes arrive: its rows are kept, and staged where it can be read without a question. */
  async function receive(file: StoredFile, bytes: AsyncIterable<Uint8Array>, options: ReceiveOptions): Promise<FilePatch> {
    const decoded = await decodeFile(bytes)
    const { format, delimiter } = decoded
    const { sample, batches } = await peek(decoded)
    const headers = decoded.headers()
    const shown = sample.slice(0, SHOWN_ROWS).map((row) => row.map((cell) => storableCell(cell, LONGEST_SHOWN)))
    const { mapping, mapped_by, confidence, questions } = await propose(file.name, headers, sample, options)
    const mapper = mapping === null ? null : openMapper(file, headers, mapping, { reading: 1, format, zone: (await settings()).time_zone })
    if (mapper !== null) sample.forEach((row) => mapper.learn(row))
    mapper?.settle()
    const first = await stageRows(batches, {
      store,
      importId: file.import_id,
      fileId: file.id,
      stage: stageId(file.id, 1),
      mapper,
      mayStage: questions.length === 0,
      keepRaw: true,
      onBatch: () => options.onProgress(decoded.bytesRead()),
    })
    const whole = mapper === null || questions.length > 0 ? { ...first, reading: 1 } : await onceMore(store, { file, mapper, reading: 1 }, first)
    const read = { mapped_by, settled: mapper?.settled() ?? [], reading: whole.reading, format, encoding: decoded.encoding() }
    return {
      ...outcome({ ...whole, rows: first.rows }, questions, { ...read, mapping: mapping === null ? null : checkMapping(mapping, decoded.headers()) }),
      bytes: decoded.bytesRead(),
      delimiter,
      headers: decoded.headers(),
      sample: shown,
      confidence,
    }
  }

  /**
   * Reads the kept rows of a file with another mapping; the rows of the reading before do not count any more. `from` is the
   * number of the new reading: one that no reading before had, not even one that a kill cut short.
   */
  async function mapAgain(file: StoredFile, mapping: Mapping, from: number): Promise<FilePatch> {
    const { mapping: checked, mapped_by, questions, confidence } = await propose(file.name, file.headers, file.sample, { mapping })
    if (checked === null) throw new Error('a given mapping cannot be missing')
    const { format, encoding } = file
    const mapper = openMapper(file, file.headers, checked, { reading: from, format, zone: (await settings()).time_zone })
    file.sample.forEach((row) => mapper.learn(row))
    mapper.settle()
    const first = await stageKept(store, { file, mapper, reading: from }, questions.length === 0)
    const { reading, ...result } = questions.length > 0 ? { ...first, reading: from } : await onceMore(store, { file, mapper, reading: from }, first)
    const read = { mapping: checked, mapped_by, settled: mapper.settled(), reading, format, encoding }
    return { ...outcome({ ...result, rows: file.rows }, questions, read), confidence }
  }

  return { receive, mapAgain }
}

/** The first rows, and all batches from the first on. */
async function peek(decoded: DecodedFile): Promise<{ sample: string[][]; batches: AsyncIterable<RowBatch> }> {
  const source = decoded.batches[Symbol.asyncIterator]()
  const held: RowBatch[] = []
  const sample: string[][] = []
  while (sample.length < SAMPLE_ROWS) {
    const { value, done } = await source.next()
    if (done === true) break
    const batch = unescapeRefused(value, decoded.headers())
    held.push(batch)
    batch.rows.forEach((row, i) => sample.length < SAMPLE_ROWS && !batch.broken.has(i) && sample.push(row))
  }
  const batches = async function* (): AsyncIterable<RowBatch> {
    try {
      while (held.length > 0) yield held.shift() as RowBatch
      for (let next = await source.next(); next.done !== true; next = await source.next()) yield unescapeRefused(next.value, decoded.headers())
    } finally {
      await source.return?.()
    }
  }
  return { sample, batches: batches() }
}
