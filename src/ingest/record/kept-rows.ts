import type { FactStore } from '../../facts/store.ts'
import type { RefusedReason } from '../../facts/append.ts'
import { param, sql, table } from '../../kernel/sql.ts'
import { createBatchWriter } from './batch-writer.ts'
import { copied } from './refusal.ts'

/** Rows as they came, whether they became facts or were refused. No number depends on them, but what is lost is recorded again from them. */
export const KEPT_ROWS = 'import_row'

/** Kept rows of a stage bear the id that the stage names; rows that were refused stand once more, with the reason, under the id of the stage itself. */
interface KeptRow {
  import_id: string
  file_id: string
  row_number: number
  raw: string[]
  outcome: 'kept' | 'refused'
  fact?: string
  column?: string
  reason?: string
}

/** Why a row is refused. */
export interface RowRefusal {
  /** The column as its source names it, '' for the row as a whole. */
  readonly column: string
  readonly value: string
  readonly reason: string
}

const COLUMNS = ['import_id', 'file_id', 'row_number', 'raw', 'outcome', 'fact', 'column', 'reason'] as const satisfies readonly (keyof KeptRow)[]
const MOST_REASONS = 200
const FORGET_SECONDS = 30

const sentence = ({ column, value, reason }: RowRefusal): string =>
  column === '' ? `The row ${reason}.` : `${column}${value === '' ? '' : ` "${value}"`} ${reason}.`

/** Writes the rows of one stage as they come. */
export function keepRows(store: FactStore, importId: string, keptAs: string, stage: string) {
  const writer = createBatchWriter(store, KEPT_ROWS, 'everywhere', COLUMNS)
  const push = (row: Omit<KeptRow, 'import_id'>): void => writer.push({ import_id: importId, ...row } satisfies KeptRow)
  return {
    /** `broken`: what is wrong with the row whatever its columns mean. */
    keep: (row_number: number, raw: string[], { fact, broken }: { fact?: string; broken?: string | undefined } = {}): void =>
      push({
        file_id: keptAs,
        row_number,
        raw,
        ...(fact === undefined ? {} : { fact }),
        ...(broken === undefined ? { outcome: 'kept' } : { outcome: 'refused', reason: `The row ${broken}.` }),
      }),
    refuse: (row_number: number, raw: string[], fact: string, refused: RowRefusal): void =>
      push({ file_id: stage, row_number, raw, outcome: 'refused', fact, column: refused.column, reason: sentence(refused) }),
    drain: () => writer.drain(),
    end: () => writer.end(),
  }
}

/** Counts refusals by what is wrong. */
export function countReasons(): { add(refused: RowRefusal): void; list(): RefusedReason[] } {
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

/** A deletion waits for a full disk, and is done when there is room. Of what stands under an import that begins so, or does not. */
export const forgetRows = (store: FactStore, importId: string, keptAs = '', { others = false } = {}): Promise<void> => {
  const own = sql`startsWith(file_id, ${param('String', keptAs)})`
  return store.writeEverywhere(sql`DELETE FROM ${table(KEPT_ROWS)} WHERE import_id = ${param('String', importId)} AND ${others ? sql`NOT ${own}` : own}`, {
    evenIfFull: true,
    maxSeconds: FORGET_SECONDS,
  })
}

/** A kept row for people to look at; of one that was appended, each value after the name of its column. */
export const sayKept = (raw: readonly string[], isTyped: boolean): string =>
  isTyped ? raw.flatMap((name, i) => (i % 2 === 0 ? [name === '' ? (raw[i + 1] ?? '') : `${name}: ${raw[i + 1] ?? ''}`] : [])).join(', ') : raw.join(',')
