import type { FactCounts, RefusedReason } from '../../facts/append.ts'
import type { BatchState } from './states.ts'

export interface Problem {
  code: string
  message: string
  cure: string
}

export interface Progress {
  step: string
  done: number
  total: number | null
}

/** What an undo takes back of one kind of facts. */
export interface TakenBack {
  fact: string
  /** Facts that no longer count. */
  gone: number
  /** Facts that are again as they were before. */
  back: number
  /** Facts that a later batch recorded again: they stay. */
  later: number
}

/** Numbers of rows of the n-th stage of a batch start after (n - 1) of these, so that a number names one row of a batch. */
export const ROWS_PER_STAGE = 1_000_000_000_000

/** Rows that were staged in one go and become facts together: those of a file in one reading, or of what was appended. */
export interface Stage {
  /** The id that rows of the stage bear in the staged tables (`file_id`). Stages of a batch sort in the order in which their rows count. */
  id: string
  /** Its place in the batch, from 1. */
  position: number
  /** What people call the stage: the name of the file, or the source. */
  name: string
  /** Its rows as they came: what they bear in the table of kept rows, and how many there are. */
  kept: { as: string; rows: number }
  /** Kinds of facts that its rows became. */
  facts: string[]
  /** How many rows were staged of each kind of fact; null where an earlier release did not count them. */
  staged: Readonly<Record<string, number>> | null
  /** Among rows of the stage with one identity, the latest in time holds and not the last one in the file. */
  latest: boolean
  /** What the stage would change, or has changed, by kind of fact. */
  counts: FactCounts[]
}

/** How a batch was named by who appended it, and what its rows came to when they were read. */
export interface AppendedAs {
  source: string
  key: string
  learnt_at: string
  /** Fingerprint of its rows, once they have all arrived. */
  content: string | null
  rows: number
  refused: number
  refused_reasons: RefusedReason[]
}

/** Facts that are recorded together, counted together, and taken back together: an import, or what was appended. */
export interface Batch {
  id: string
  state: BatchState
  created_at: string
  /** The instant that all facts of the batch carry; null until the first of them is about to be written. */
  recorded_at: string | null
  committed_at: string | null
  undone_at: string | null
  taken_back: TakenBack[] | null
  /** Of the invented company. */
  sample: boolean
  /** The undone import that it records once more. */
  redo_of: string | null
  progress: Progress | null
  error: Problem | null
  /** Null for an import. */
  appended: AppendedAs | null
  /** None while the batch is not recorded. */
  stages: Stage[]
}

/** The kinds of facts that a batch holds, or held. */
export const kindsOf = (stages: readonly Stage[]): string[] => [...new Set(stages.flatMap(({ facts }) => facts))]
