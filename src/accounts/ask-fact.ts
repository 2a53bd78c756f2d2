import { compute } from '../books/ask.ts'
import type { Asking } from '../books/ask.ts'
import { factById } from '../facts/facts.ts'
import { notFound } from '../kernel/errors.ts'
import { nameOfId } from '../kernel/words/names.ts'
import type { Accounts } from './open-account.ts'
import { openAccount } from './open-account.ts'
import type { FactValue, Version } from './version.ts'
import { identityOf, knownAt } from './version.ts'

/** One version of a fact, down to the line of the file it came from. */
export interface FactVersion {
  readonly recorded_at: string
  readonly deleted: boolean
  /** Its import was taken back. */
  readonly undone: boolean
  readonly file: string | null
  readonly line: number | null
  readonly as_it_stood: string | null
  readonly fields: readonly { readonly name: string; readonly value: FactValue; readonly before: FactValue; readonly changed: boolean }[]
}

export interface FactStory {
  readonly fact: string
  readonly name: string
  readonly source: string
  readonly source_id: string
  /** The latest first. */
  readonly versions: readonly FactVersion[]
}

/** All versions of one fact of an account: what it said, what changed, and where each came from. Throws `not_found`. */
export async function askFact(accounts: Accounts, asking: Asking, id: string, which: Pick<Version, 'fact' | 'source' | 'source_id'>): Promise<FactStory> {
  const { record, known_until } = await openAccount(accounts, asking, id)
  const definition = factById(which.fact)
  const own = record.versions.filter((version) => identityOf(version) === identityOf(which))
  if (definition === undefined || own.length === 0)
    throw notFound('fact', which.source_id, 'It may be told of another account by now; look at the timeline again.')
  const { books } = accounts
  const rows = own.map(({ import_id, row_number }) => ({ import_id, row_number }))
  const traced = await compute(books.lanes, books.store, (store) => books.imports.traceRows(store, rows), asking)
  const counted = new Set(own.filter((version) => knownAt([{ ...version, deleted: false }], record.undos, known_until).length > 0))
  const versions = own.map((version, i): FactVersion => {
    const before = own[i - 1]?.values
    return {
      recorded_at: version.recorded_at,
      deleted: version.deleted,
      undone: !counted.has(version),
      file: traced[i]?.file ?? null,
      line: traced[i]?.line ?? null,
      as_it_stood: traced[i]?.as_it_stood ?? null,
      fields: Object.entries(version.values)
        .filter(([name, value]) => value !== null || (before?.[name] ?? null) !== null)
        .map(([name, value]) => ({ name: nameOfId(name), value, before: before?.[name] ?? null, changed: before !== undefined && before[name] !== value })),
    }
  })
  return { ...which, name: definition.name, versions: versions.toReversed() }
}
