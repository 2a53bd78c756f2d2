import type { FactStore, LedgerState } from '../facts/store.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Settings } from '../kernel/settings.ts'
import { dropBuild } from '../ledgers/refresh.ts'
import type { LedgerRegister } from '../ledgers/refresh.ts'
import type { Catalogue } from '../metrics/kit/catalogue.ts'
import type { Book } from '../metrics/kit/book.ts'
import { AnswerCache } from './answer-cache.ts'
import type { Asking } from './ask.ts'
import type { Lanes } from './lanes.ts'

/** What of an import a question about a change needs to know. */
export interface ImportSince {
  readonly id: string
  readonly committed_at: string | null
  readonly undone_at: string | null
  readonly files: readonly { readonly name: string; readonly counts: readonly { readonly fact: string; readonly new: number; readonly changed: number }[] }[]
}

/** A row of a fact with the file it came from: its name, the line, and the line as it stood. */
export interface Traced {
  readonly line: number
  readonly file?: string | undefined
  readonly as_it_stood?: string | undefined
}

/** A tree of metrics the team steers by, as it was written. */
export interface NorthStar {
  /** 0 for the usual one, which nobody made. */
  readonly version: number
  readonly definition: string
  readonly made_at: string | null
  readonly made_by: string | null
}

export type MadeNorthStar = NorthStar & { readonly made_at: string }

/** Every North Star the team ever had, the newest of which is in force. */
interface NorthStars {
  readInForce(): Promise<MadeNorthStar | null>
  readAt(instant: string): Promise<MadeNorthStar | null>
  readAll(): Promise<MadeNorthStar[]>
  append(next: Omit<MadeNorthStar, 'version'>): Promise<MadeNorthStar>
}

/** A version of something the team gave a name, as it was written. */
export interface KeptVersion {
  readonly id: string
  readonly version: number
  readonly definition: string
  readonly made_at: string
  readonly made_by: string | null
}

/** Lists of accounts with a name, every version of each, and who is in one on a day. */
interface Segments {
  readInForce(id: string): Promise<KeptVersion | null>
  readAllInForce(): Promise<KeptVersion[]>
  readAll(id: string): Promise<KeptVersion[]>
  append(next: Omit<KeptVersion, 'version'>): Promise<KeptVersion>
  membersOf(
    asking: Asking,
    id: string,
    moment: { readonly as_of?: string | undefined; readonly reported_on?: string | undefined },
  ): Promise<{ readonly accounts: readonly string[]; readonly key: string }>
}

/** What books are opened from: the stores, and what other rooms know of settings and imports. */
export interface BookSources {
  readonly store: FactStore
  readonly clock: Clock
  readonly register: LedgerRegister
  readonly settings: () => Promise<Settings>
  /** The metrics that everybody has. */
  readonly catalogue: Catalogue
  /** The trees the team steered by. */
  readonly northStars: NorthStars
  readonly segments: Segments
  /** The settings that were in force on an instant. */
  readonly settingsAt: (instant: string) => Promise<Settings>
  /** Runs what builds ledgers alone, after what imports and settings change: a report can wait. */
  readonly building: <T>(work: (held: AbortSignal) => Promise<T>, unwanted: AbortSignal) => Promise<T>
  /** Throws when nothing is to be derived, since the fact store has lost some of what was recorded. */
  readonly checkWhole: () => Promise<void>
  readonly imports: {
    factsChangedSince(instant: string): Promise<readonly string[]>
    listChangedSince(instant: string): Promise<readonly ImportSince[]>
    /** Whether the invented company counts. */
    isInvented(): Promise<boolean>
    traceRows<Row extends Readonly<Record<string, unknown>>>(store: FactStore, rows: readonly Row[]): Promise<(Row & Traced)[]>
  }
  readonly log: { error(details: object, message: string): void }
}

/** Everything a question is answered from, whoever asks it: a page, a job, a mail. */
export interface Books extends BookSources {
  readonly lanes: Lanes
  /** Books that are open, by what they hold. */
  readonly opened: AnswerCache
  /** What was answered, by what was asked. */
  readonly kept: Readonly<Record<'accounts' | 'answers' | 'changes' | 'dimensions' | 'overviews' | 'reconciliations', AnswerCache>>
}

/** A book with the build made for it alone, if any. */
export interface Opened {
  readonly book: Book
  readonly build: LedgerState | null
}

const KEPT_BOOKS = 20
/** How many builds stay from which no book is opened any more: a question that began with one may still be under way. */
const KEPT_BUILDS = 4

/** Builds as reported are removed when their book has not been asked for in a while, so that they do not pile up. */
export function keepOpened({ store, log }: Pick<BookSources, 'store' | 'log'>): AnswerCache {
  const unused: number[] = []
  const retire = async (answer: Promise<unknown>): Promise<void> => {
    const { build } = (await answer) as Opened
    if (build === null || unused.push(build.state) <= KEPT_BUILDS) return
    await dropBuild(store, unused.shift() ?? 0)
  }
  return new AnswerCache(
    KEPT_BOOKS,
    (answer) => void retire(answer).catch((error: unknown) => log.error({ err: error }, 'a build as reported could not be removed')),
  )
}

export const openBooks = (sources: BookSources, lanes: Lanes): Books => ({
  ...sources,
  lanes,
  opened: keepOpened(sources),
  kept: {
    // Columns of all accounts, about a megabyte each for 100,000 of them.
    accounts: new AnswerCache(150),
    answers: new AnswerCache(500),
    changes: new AnswerCache(200),
    dimensions: new AnswerCache(4),
    overviews: new AnswerCache(4),
    reconciliations: new AnswerCache(4),
  },
})
