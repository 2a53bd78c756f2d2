import type { Unit } from '../../kernel/words/units.ts'
import type { NullReason } from '../../kernel/words/reasons.ts'
import type { Reckoning } from './reckoning.ts'

/** A metric's value as another is made of it. */
export interface Operand {
  readonly name: string
  readonly unit: Unit
  readonly value: number | null
  readonly exact: string | null
  readonly null_reason: NullReason | null
}

/** A part of a composed value: where it stands, what it is, and what it adds to the node above it. */
export interface Piece {
  readonly label: string
  readonly metric: string | null
  /** 0 for parts of the value itself. */
  readonly depth: number
  readonly value: number | null
  readonly unit: Unit
  readonly null_reason: NullReason | null
  readonly sign: 1 | -1 | null
  readonly weight: number | null
  readonly floor: number | null
  readonly target: number | null
  readonly attainment: number | null
  readonly contribution: number | null
}

export interface Composed {
  readonly label: string
  readonly owner: string
  readonly unit: Unit
  readonly reckoning: Reckoning
  readonly pieces: readonly Piece[]
}

/** What of the workspace says how a metric is made, as it was written. */
export interface Written {
  readonly key: string
  readonly says: string
  readonly text: string
}

/** How a metric without rows of its own is made of others. */
export interface Composition {
  readonly written: Written
  /** Ids of the metrics it is made of. */
  readonly of: readonly string[]
  compose(read: (metric: string) => Operand): Composed
}
