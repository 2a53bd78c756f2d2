import type { Value } from '../files/cells/cell.ts'

/** A row of a staged table. */
export type StagedRow = Record<string, Value | undefined>
