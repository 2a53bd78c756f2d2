/** A value as it is stored: text, a small number for flags, null for nothing. */
export type Value = string | number | null

/** A row of a staged table. */
export type StagedRow = Record<string, Value | undefined>
