import { stagedTable } from '../../facts/fact.ts'
import type { FactStore } from '../../facts/store.ts'
import { param, sql } from '../../kernel/sql.ts'
import { createBatchWriter } from '../record/batch-writer.ts'
import type { BatchWriter } from '../record/batch-writer.ts'
import { copied } from './cells/cell.ts'
import type { RowBatch } from './decode.ts'
import { LEFT_OUT } from './row-mapper.ts'
import type { RowMapper, RowRefusal } from './row-mapper.ts'
import type { Ambiguity, RefusedReason } from './types.ts'

/** A row in the table of raw rows. Rows of a file stand under its id; the refusals of one reading of it under that stage. */
interface RawRow {
  import_id: string
  file_id: string
  row_number: number
  raw: string[]
  outcome: 'kept' | 'refused'
  fact?: string
  column?: string
  reason?: string
}

/** What one reading of a file came to. */
export interface StageResult {
  rows: number
  refused: number
  refused_reasons: RefusedReason[]
  left_out: number
  notes: string[]
  /** What must be asked before rows can be staged. */
  questions: Ambiguity[]
  /** Rows that were staged, by fact. */
  kept: Readonly<Record<string, number>>
  /** The rows stand in the staged tables. False when a cell could not be read for certain at the time it was met. */
  staged: boolean
}

export interface StageOptions {
  readonly store: FactStore
  readonly importId: string
  readonly fileId: string
  readonly stage: string
  /** Null while it is not known what the file holds: rows are only kept. */
  readonly mapper: RowMapper | null
  /** False for a mapping with holes: columns are looked at, rows are not made. */
  readonly mayStage: boolean
  /** Raw rows are stored: the first time a file is read. */
  readonly keepRaw: boolean
  readonly onBatch?: (rows: number) => Promise<void>
}

const MOST_REASONS = 200
const RAW_TABLE = 'import_row'
const RAW_COLUMNS = ['import_id', 'file_id', 'row_number', 'raw', 'outcome', 'fact', 'column', 'reason'] as const satisfies readonly (keyof RawRow)[]

/** The stage of a file's n-th reading. Stages of one file sort after those of files before it. */
export const stageId = (fileId: string, reading: number): string => `${fileId}:${reading}`

function createReasons(): { add(refused: RowRefusal): void; list(): RefusedReason[] } {
  const known = new Map<string, RefusedReason>()
  return {
    add({ column, value, reason }) {
      const key = `${column}\u0000${reason}`
      const found = known.get(key)
      if (found !== undefined) found.count++
      else if (known.size < MOST_REASONS) known.set(key, { reason, column: column === '' ? null : column, count: 1, example: copied(value) })
    },
    list: () => [...known.values()].sort((a, b) => b.count - a.count),
  }
}

const sentence = ({ column, value, reason }: RowRefusal): string =>
  column === '' ? `The row ${reason}.` : `${column}${value === '' ? '' : ` "${value}"`} ${reason}.`

function createWriters({ store, importId, fileId, stage, mapper }: StageOptions) {
  const raws = createBatchWriter(store, RAW_TABLE, 'everywhere', RAW_COLUMNS)
  const keepRaw = (row: RawRow): void => raws.push(row)
  const byTable = new Map<string, BatchWriter>()
  mapper?.facts.forEach((fact, i) => {
    const table = stagedTable(fact)
    if (!byTable.has(table)) byTable.set(table, createBatchWriter(store, table, fact.placement, Object.keys(mapper.rows[i] ?? {})))
  })
  return {
    keep: (row_number: number, raw: string[], broken: string | undefined) =>
      keepRaw(
        broken === undefined
          ? { import_id: importId, file_id: fileId, row_number, raw, outcome: 'kept' }
          : { import_id: importId, file_id: fileId, row_number, raw, outcome: 'refused', reason: `The row ${broken}.` },
      ),
    refuse: (row_number: number, raw: string[], refused: RowRefusal) =>
      keepRaw({
        import_id: importId,
        file_id: stage,
        row_number,
        raw,
        outcome: 'refused',
        fact: mapper?.facts[0]?.id ?? '',
        column: refused.column,
        reason: sentence(refused),
      }),
    staged: (mapper?.facts ?? []).map((fact) => byTable.get(stagedTable(fact)) as BatchWriter),
    drain: async () => {
      await raws.drain()
      for (const writer of byTable.values()) await writer.drain()
    },
    end: async () => void (await Promise.all([raws.end(), ...[...byTable.values()].map((writer) => writer.end())])),
  }
}

/**
 * Reads the rows of a file once: keeps them as they stand, and stages what they become while every cell can be read for
 * certain. From the first that cannot, columns are only looked at, for a later cell may decide it.
 */
export async function stageRows(batches: AsyncIterable<RowBatch>, options: StageOptions): Promise<StageResult> {
  const { mapper, keepRaw } = options
  const writers = createWriters(options)
  const reasons = createReasons()
  let [rows, refused, made] = [0, 0, 0]
  let staging = mapper !== null && options.mayStage
  for await (const batch of batches) {
    for (let i = 0; i < batch.rows.length; i++) {
      const [cells, row] = [batch.rows[i] as string[], batch.numbers[i] as number]
      const broken = batch.broken.size === 0 ? undefined : batch.broken.get(i)
      if (keepRaw) writers.keep(row, cells, broken)
      if (mapper === null) continue
      if (!staging) {
        if (broken === undefined) mapper.learn(cells)
        continue
      }
      const problem = broken === undefined ? mapper.map(cells, row) : { column: '', value: '', reason: broken }
      if (problem === LEFT_OUT) continue
      if (problem === null) {
        made++
        for (let f = 0; f < writers.staged.length; f++) writers.staged[f]?.push(mapper.rows[f] as object)
      } else {
        refused++
        reasons.add(problem)
        writers.refuse(row, cells, problem)
      }
    }
    rows += batch.rows.length
    if (mapper?.isOpen() === true) staging = false
    await writers.drain()
    await options.onBatch?.(rows)
  }
  if (mapper?.isOpen(true) === true) staging = false
  await writers.end()
  const kept: Record<string, number> = {}
  for (const { id } of staging ? (mapper?.facts ?? []) : []) kept[id] = (kept[id] ?? 0) + made
  return staging
    ? { rows, refused, refused_reasons: reasons.list(), left_out: mapper?.leftOut() ?? 0, notes: mapper?.notes() ?? [], questions: [], kept, staged: true }
    : { rows, refused: 0, refused_reasons: [], left_out: 0, notes: [], questions: mapper?.questions() ?? [], kept, staged: false }
}

const KEPT_PAGE = 100_000
const LONGEST_QUERY_SECONDS = 600

/** The rows of a file as they were kept, in their order, page by page: a query must not last as long as the work on its rows. */
export async function* readKeptRows(store: FactStore, importId: string, fileId: string): AsyncIterable<RowBatch> {
  let after = 0
  for (let found = KEPT_PAGE; found === KEPT_PAGE;) {
    found = 0
    const page = sql`
      SELECT row_number, raw, if(outcome = 'refused', reason, '') AS broken FROM import_row
      WHERE import_id = ${param('String', importId)} AND file_id = ${param('String', fileId)} AND row_number > ${param('UInt64', after)}
      ORDER BY row_number LIMIT 1 BY row_number LIMIT ${param('UInt64', KEPT_PAGE)}`
    for await (const chunk of store.readChunks<{ row_number: string; raw: string[]; broken: string }>(page, { maxSeconds: LONGEST_QUERY_SECONDS })) {
      const broken = new Map<number, string>()
      chunk.forEach((row, i) => row.broken !== '' && broken.set(i, row.broken.replace(/^The row (.*)\.$/s, '$1')))
      const numbers = chunk.map((row) => Number(row.row_number))
      found += chunk.length
      after = numbers.at(-1) ?? after
      yield { rows: chunk.map((row) => row.raw), numbers, broken }
    }
  }
}
