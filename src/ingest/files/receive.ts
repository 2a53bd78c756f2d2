import type { FactStore } from '../../facts/store.ts'
import { ownError } from '../../kernel/errors.ts'
import type { Settings } from '../../kernel/settings.ts'
import { decodeFile } from './decode.ts'
import type { DecodedFile, RowBatch } from './decode.ts'
import { checkMapping } from './mapping.ts'
import { createPlanning } from './planning.ts'
import type { Told } from './planning.ts'
import type { FilePatch, Reading, Records, StoredFile } from '../record/records.ts'
import { unescapeRefused } from './refused-csv.ts'
import { compileMapper } from './row-mapper.ts'
import type { RowMapper } from './row-mapper.ts'
import { readKeptRows, stageId, stageRows } from './stage.ts'
import type { StageResult } from './stage.ts'
import { storableCell } from '../record/storable.ts'
import { ROWS_PER_FILE } from './types.ts'
import type { Ambiguity, Mapping, Problem } from './types.ts'

/** Rows that are looked at before the first is staged, and those that are shown. */
const SAMPLE_ROWS = 1000
const SHOWN_ROWS = 20
const LONGEST_SHOWN = 200

export interface ReceiveOptions extends Told {
  readonly onProgress: (bytes: number) => Promise<void>
}

export function problemOf(error: unknown): Problem {
  const own = ownError(error)
  if (own !== null) return { code: own.code, message: own.message, cure: own.cure }
  return {
    code: 'import_failed',
    message: error instanceof Error ? error.message : String(error),
    cure: 'Try again; if it fails again, report it with the log.',
  }
}

export function createReceiving(store: FactStore, records: Records, settings: () => Promise<Settings>) {
  const plan = createPlanning(records, settings)

  const mapperFor = async (file: StoredFile, headers: string[], mapping: Mapping, reading: number, format: Reading['format']): Promise<RowMapper> =>
    compileMapper(mapping, {
      headers,
      zone: (await settings()).time_zone,
      importId: file.import_id,
      stage: stageId(file.id, reading),
      rowOffset: (file.position - 1) * ROWS_PER_FILE,
      ragged: format === 'ndjson',
    })

  /** A reading that had to wait for a later cell to decide a column is done once more, from the kept rows. */
  async function onceMore(file: StoredFile, mapper: RowMapper, result: StageResult, reading: number): Promise<StageResult & { reading: number }> {
    if (result.staged || result.questions.length > 0) return { ...result, reading }
    mapper.restart(stageId(file.id, reading + 1))
    return { ...(await stageKept(file, mapper, reading + 1, true)), reading: reading + 1 }
  }

  const stageKept = (file: StoredFile, mapper: RowMapper, reading: number, mayStage: boolean): Promise<StageResult> =>
    stageRows(readKeptRows(store, file.import_id, file.id), {
      store,
      importId: file.import_id,
      fileId: file.id,
      stage: stageId(file.id, reading),
      mapper,
      mayStage,
      keepRaw: false,
    })

  const outcome = (result: StageResult, questions: Ambiguity[], reading: Omit<Reading, 'staged' | 'left_out' | 'notes'>): FilePatch => {
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

  async function receive(file: StoredFile, bytes: AsyncIterable<Uint8Array>, options: ReceiveOptions): Promise<FilePatch> {
    const decoded = await decodeFile(bytes)
    const { sample, batches } = await peek(decoded)
    const headers = decoded.headers()
    const shown = sample.slice(0, SHOWN_ROWS).map((row) => row.map((cell) => storableCell(cell, LONGEST_SHOWN)))
    const { mapping, mapped_by, confidence, questions } = await plan(file.name, headers, sample, options)
    const mapper = mapping === null ? null : await mapperFor(file, headers, mapping, 1, decoded.format)
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
    const { reading, ...result } = mapper === null || questions.length > 0 ? { ...first, reading: 1 } : await onceMore(file, mapper, first, 1)
    return {
      ...outcome({ ...result, rows: first.rows }, questions, {
        mapping: mapping === null ? null : checkMapping(mapping, decoded.headers()),
        mapped_by,
        settled: mapper?.settled() ?? [],
        reading,
        format: decoded.format,
        encoding: decoded.encoding(),
      }),
      bytes: decoded.bytesRead(),
      delimiter: decoded.delimiter,
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
    const { mapping: checked, mapped_by, questions, confidence } = await plan(file.name, file.headers, file.sample, { mapping })
    if (checked === null) throw new Error('a given mapping cannot be missing')
    const mapper = await mapperFor(file, file.headers, checked, from, file.format)
    file.sample.forEach((row) => mapper.learn(row))
    mapper.settle()
    const first = await stageKept(file, mapper, from, questions.length === 0)
    const { reading, ...result } = questions.length > 0 ? { ...first, reading: from } : await onceMore(file, mapper, first, from)
    return {
      ...outcome({ ...result, rows: file.rows }, questions, {
        mapping: checked,
        mapped_by,
        settled: mapper.settled(),
        reading,
        format: file.format,
        encoding: file.encoding,
      }),
      confidence,
    }
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
