/** A value of a fact as it is stored: money, numbers, instants and days as text, null where there is none. */
export type FactValue = string | number | boolean | null

/** One version of a fact of an account as it was told. */
export interface Version {
  /** Id of the kind. */
  readonly fact: string
  readonly source: string
  readonly source_id: string
  /** ISO, UTC, microseconds. */
  readonly recorded_at: string
  readonly import_id: string
  readonly row_number: string
  /** It takes the fact back. */
  readonly deleted: boolean
  readonly values: Readonly<Record<string, FactValue>>
}

/** An import that was taken back, or put back again, at an instant. */
export interface Undo {
  readonly import_id: string
  /** ISO, UTC, microseconds. */
  readonly at: string
  readonly undone: boolean
}

/** What tells a fact from all others of an account. */
export const identityOf = ({ fact, source, source_id }: Pick<Version, 'fact' | 'source' | 'source_id'>): string => `${fact} ${source} ${source_id}`

/** Imports that do not count at an instant. */
function undoneAt(undos: readonly Undo[], instant: string): ReadonlySet<string> {
  const undone = new Set<string>()
  for (const undo of undos) {
    if (undo.at > instant) continue
    if (undo.undone) undone.add(undo.import_id)
    else undone.delete(undo.import_id)
  }
  return undone
}

/**
 * What was known at an instant: of each identity the version recorded last, unless it takes the fact back; imports that had been
 * taken back by then do not count. Versions and undos stand in the order in which they were told.
 */
export function knownAt(versions: readonly Version[], undos: readonly Undo[], instant: string): Version[] {
  const undone = undoneAt(undos, instant)
  const last = new Map<string, Version>()
  for (const version of versions) if (version.recorded_at <= instant && !undone.has(version.import_id)) last.set(identityOf(version), version)
  return [...last.values()].filter(({ deleted }) => !deleted)
}
