/** A value of a typed row, as its column is declared. Nothing, '' and null all say that there is none. */
export type FactValue = string | number | boolean | Date | null | undefined

/** One row of one kind of fact: its columns by their names. */
export interface FactRow {
  /** Id of the kind: `charge`, `usage_event`, `ticket` ... */
  readonly fact: string
  readonly row: Readonly<Record<string, FactValue>>
  /** Set where its source says that it is gone: from then on it does not count. Its row stands as it last stood. */
  readonly deleted?: true
}

export interface FactBatch {
  /** Who says it: `stripe`, `signals`, `form:onboarding` ... Part of the identity of every fact in it. */
  readonly source: string
  /** Names the batch among those of its source, for good: who is not sure whether a batch arrived sends it again under the same key. */
  readonly key: string
  /** When it was learnt (ISO, UTC): rows of a history that name no date of their own hold from then on where they change something. */
  readonly learntAt: string
  /** Of one kind or of many, in any order; from one to millions, as they come. */
  readonly rows: Iterable<FactRow> | AsyncIterable<FactRow>
}

/** What rows of one kind changed. */
export interface FactCounts {
  fact: string
  /** Identities that did not count before. */
  new: number
  /** Identities that say something else than before, or count no more. */
  changed: number
  /** Identities that say what they said. */
  same: number
  /** Rows that gave way to another of the same identity. */
  repeated: number
}

/** Wrong rows that are wrong in the same way. */
export interface RefusedReason {
  reason: string
  column: string | null
  count: number
  example: string
}

/** What a batch came to. */
export interface Appended {
  /** The `import_id` of its facts; what it is undone by. */
  readonly id: string
  readonly source: string
  readonly key: string
  readonly learnt_at: string
  /** When it was recorded, which comes after everything that was recorded before it; ISO, UTC, microseconds. */
  readonly recorded_at: string
  /** Set where it was taken back since. */
  readonly undone_at: string | null
  readonly rows: number
  readonly counts: readonly FactCounts[]
  readonly refused: number
  readonly refused_reasons: readonly RefusedReason[]
}

/**
 * The one door through which facts come in. A row is one fact as its kind declares it (src/facts): the columns by their names;
 * amounts are decimals in units of their currency ("12.5" or 12.5), negative where money is given back; instants are Dates or
 * ISO texts with their distance from UTC; dates are "2024-06-30"; choices are the declared values, not their spellings.
 *
 * Answers as soon as the facts are durable; the ledgers follow. The same batch again, by its source and key, is answered with
 * what the first one did and records nothing, also where that one was cut short anywhere between the two stores. Rows that are
 * wrong are kept with their reason and counted in `refused`; the others are recorded. Undone and audited by its id, as imports.
 *
 * Throws `bad_batch` for a source, key or instant that is none, `batch_key_used` (409) where the key has brought other rows, and
 * what the stores throw: then nobody was told that it arrived, and sending it again is safe.
 */
export type AppendFacts = (batch: FactBatch) => Promise<Appended>
