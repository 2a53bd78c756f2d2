import type { FactCounts, RefusedReason } from '../../facts/append.ts'
import type { Problem, Progress, TakenBack } from '../record/batch.ts'
import type { BatchState } from '../record/states.ts'

/**
 * Shapes that imports speak in. They equal the records of the API's contract, which this folder must not know; the api
 * folder hands them out unchanged, so the compiler checks that they agree.
 */
export interface ColumnMapping {
  header: string
  /** A column of the fact, `attribute:NAME`, `csm`, or null to leave the column out. */
  to: string | null
  /** A value for a target that no column has; then the header is empty. */
  constant?: string | undefined
  /** How cells are read that could be read in two ways. */
  read_as?: ReadAs | undefined
}
export type ReadAs = 'ymd' | 'dmy' | 'mdy' | 'dot' | 'comma'

export interface Mapping {
  fact: string
  source: string
  columns: ColumnMapping[]
  /**
   * What was answered to questions, by their keys. `columns: as_told` stands in a mapping that somebody wrote whole: its
   * columns are then as they want them, and nothing is asked about headers.
   */
  answers?: Readonly<Record<string, string>> | undefined
}

/** A question the file cannot answer. For `missing_column` and `missing_currency` the header names the target. */
export interface Ambiguity {
  /** Names the question in the answers of a mapping. */
  key: string
  header: string
  kind: 'fact' | 'date' | 'decimal' | 'missing_column' | 'missing_currency' | 'choice'
  says: string
  choices: { value: string; says: string }[]
  examples: string[]
}

/** A column that could be read in several ways, with the one that fits all its cells and the cell that ruled out another. */
export interface SettledColumn {
  header: string
  read_as: ReadAs
  because: string
}

/** What said how a file is read: a person, a file with the same columns that was recorded before, or its headers and name. */
export type MappedBy = 'told' | 'remembered' | 'headers'

export interface ImportFile {
  id: string
  name: string
  bytes: number
  rows: number
  state: 'receiving' | 'needs_answer' | 'staged' | 'failed'
  error: Problem | null
  delimiter: string | null
  headers: string[]
  sample: string[][]
  mapping: Mapping | null
  mapped_by: MappedBy
  settled: SettledColumn[]
  confidence: number
  ambiguities: Ambiguity[]
  /** Rows that do not count by what a column of theirs says. */
  left_out: number
  /** What was read otherwise than it stands in the file, and why. */
  notes: string[]
  refused: number
  refused_reasons: RefusedReason[]
  counts: FactCounts[]
  /** How the bytes were read; `windows-1252` and `mixed` when they are not valid UTF-8. */
  encoding: string
}

export interface ImportRecord {
  id: string
  state: BatchState
  created_at: string
  committed_at: string | null
  undone_at: string | null
  /** What the undo took back; null while it is not undone. */
  taken_back: TakenBack[] | null
  /** The name of the import where its files do not give one; '' for most. */
  name: string
  /** The invented company. */
  sample: boolean
  /** The undone import whose kept rows it recorded once more. */
  redo_of: string | null
  files: ImportFile[]
  progress: Progress | null
  error: Problem | null
}

export interface ImportTarget {
  fact: string
  name: string
  says: string
  targets: { to: string; says: string; type: string; required: boolean }[]
}

export interface RefusedRow {
  file: string
  row_number: number
  reason: string
  column: string
  raw: string[]
}
