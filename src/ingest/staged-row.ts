import type { Value } from './cells/cell.ts'

/** A row of a staged table. */
export type StagedRow = Record<string, Value | undefined>
