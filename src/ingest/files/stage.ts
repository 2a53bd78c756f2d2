import type { RefusedReason } from '../../facts/append.ts'
import { stagedTable } from '../../facts/fact.ts'
import type { FactStore } from '../../facts/store.ts'
import { param, sql, table } from '../../kernel/sql.ts'
import { createBatchWriter } from '../record/batch-writer.ts'
import type { BatchWriter } from '../record/batch-writer.ts'
import { KEPT_ROWS, countReasons, keepRows } from '../record/kept-rows.ts'
import type { RowRefusal } from '../record/kept-rows.ts'
import type { RowBatch } from './decode.ts'
import { LEFT_OUT } from './row-mapper.ts'
import type { RowMapper } from './row-mapper.ts'
import type { Ambiguity } from './types.ts'

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

function createWriters({ store, importId, fileId, stage, mapper }: StageOptions) {
  const kept = keepRows(store, importId, fileId, stage)
  const byTable = new Map<string, BatchWriter>()
  mapper?.facts.forEach((fact, i) => {
    const staged = stagedTable(fact)
    if (!byTable.has(staged)) byTable.set(staged, createBatchWriter(store, staged, fact.placement, Object.keys(mapper.rows[i] ?? {})))
  })
  return {
    keep: (row: number, raw: string[], broken: string | undefined): void => kept.keep(row, raw, { broken }),
    refuse: (row: number, raw: string[], refused: RowRefusal): void => kept.refuse(row, raw, mapper?.facts[0]?.id ?? '', refused),
    staged: (mapper?.facts ?? []).map((fact) => byTable.get(stagedTable(fact)) as BatchWriter),
    drain: async () => {
      await kept.drain()
      for (const writer of byTable.values()) await writer.drain()
    },
    end: async () => void (await Promise.all([kept.end(), ...[...byTable.values()].map((writer) => writer.end())])),
  }
}

/**
 * Reads the rows of a file once: keeps them as they stand, and stages what they become while every cell can be read for
 * certain. From the first that cannot, columns are only looked at, for a later cell may decide it.
 */
export async function stageRows(batches: AsyncIterable<RowBatch>, options: StageOptions): Promise<StageResult> {
  const { mapper, keepRaw } = options
  const writers = createWriters(options)
  const reasons = countReasons()
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
      SELECT row_number, raw, if(outcome = 'refused', reason, '') AS broken FROM ${table(KEPT_ROWS)}
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
