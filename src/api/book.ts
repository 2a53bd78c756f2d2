import { boundStore } from '../facts/store.ts'
import type { FactStore, LedgerState } from '../facts/store.ts'
import type { Imports } from '../ingest/files/imports.ts'
import type { Clock } from '../kernel/clock.ts'
import { refuse } from '../kernel/errors.ts'
import { addDays, dayOf, isDay, startOfDay } from '../kernel/period.ts'
import { settingsHash } from '../kernel/settings.ts'
import type { Settings } from '../kernel/settings.ts'
import { ledgersFingerprint } from '../ledgers/lineage.ts'
import { buildAsReported, buildCorrected, buildUnder, dropBuild } from '../ledgers/refresh.ts'
import type { Book } from '../metrics/kit/book.ts'
import { openBook } from '../metrics/ask/book.ts'
import { neverRestated, restatedReader } from '../metrics/ask/restated.ts'
import type { Workspace } from '../stores/workspace.ts'
import { readSettings, readSettingsAt } from '../workspace/settings.ts'
import { AnswerCache } from './answer-cache.ts'

/** What a book is opened from. */
export interface BookParts {
  readonly store: FactStore
  readonly workspace: Workspace
  readonly clock: Clock
  readonly imports: Pick<Imports, 'factsChangedSince'>
  /** Throws when nothing is to be derived, since the fact store has lost some of what was recorded. */
  readonly audit: { checkWhole(): Promise<void> }
  /** Books that were opened, by their key. */
  readonly books: AnswerCache
}

interface Opened {
  readonly book: Book
  /** The build made for it alone. */
  readonly build: LedgerState | null
}

const KEPT_BOOKS = 20
/** Builds no book is opened from any more stay for so many others: a question that began with one may be under way. */
const KEPT_BUILDS = 4

/** Books by their key. Builds as reported are removed when their book has not been asked for in a while, so that they do not pile up. */
export function keepBooks(store: FactStore, log: { error(details: object, message: string): void }): AnswerCache {
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

export interface PresentBook {
  readonly book: Book
  readonly state: LedgerState
  readonly freshness: { recorded_until: string | null; state: number }
  /** Equal keys mean equal answers: state of the ledgers, settings, the day, and what was recorded until when. */
  readonly key: string
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:?\d{2})$/

/**
 * The last instant that counts, in UTC with microseconds: the close of a local day, or the instant itself.
 * Throws `bad_instant`.
 */
export function reportedUntil(text: string, zone: string): string {
  if (isDay(text)) return `${new Date(startOfDay(addDays(text, 1), zone).getTime() - 1).toISOString().slice(0, -1)}999Z`
  const read = INSTANT.test(text) ? new Date(text) : null
  if (read === null || Number.isNaN(read.getTime()))
    throw refuse('bad_instant', `"${text}" is neither a day nor an instant.`, 'Write a day such as 2024-06-30 or an instant such as 2024-06-30T12:00:00Z.')
  // Date keeps milliseconds; the digits below are carried over as they stand.
  const below = /\.\d{3}(\d{1,3})/.exec(text)?.[1] ?? ''
  return `${read.toISOString().slice(0, -1)}${below.padEnd(3, '0')}Z`
}

/** What may count of the facts: all, what was recorded up to an instant, or of what was known on an instant its present versions. */
type Known = { readonly all: true } | { readonly reportedOn: string } | { readonly knownBy: string }

interface Present {
  /** In force now. */
  readonly settings: Settings
  readonly state: LedgerState
  readonly now: Date
}

const readPresent = async ({ workspace, clock }: BookParts): Promise<Present> => {
  const [settings, state] = await Promise.all([readSettings(workspace.db), workspace.readLedgerState()])
  return { settings, state, now: clock.now() }
}

/** The book under some settings, from the present ledgers where they are what it needs, else from a build of its own. */
async function openKept(
  { store, workspace, imports, books, audit }: BookParts,
  { settings: present, state, now }: Present,
  settings: Settings,
  known: Known,
  asker?: AbortSignal,
): Promise<PresentBook> {
  const instant = 'reportedOn' in known ? known.reportedOn : 'knownBy' in known ? known.knownBy : undefined
  const key = [state.state, settingsHash(settings), dayOf(now, settings.time_zone), 'knownBy' in known ? `known ${known.knownBy}` : (instant ?? '')].join('|')
  const build = async (signal: AbortSignal): Promise<LedgerState> => {
    await audit.checkWhole()
    const bound = boundStore(store, { signal })
    if (instant === undefined) return buildUnder(bound, workspace, settings)
    const facts = await imports.factsChangedSince(instant)
    return ('knownBy' in known ? buildCorrected : buildAsReported)(bound, workspace, settings, instant, facts)
  }
  // What is read later, for whoever asks then, is not bound to who asks now.
  const restated = instant === undefined ? restatedReader(store, settings) : neverRestated
  const open = async (unwanted: AbortSignal): Promise<Opened> => {
    const isPresent = instant === undefined && ledgersFingerprint(settings) === ledgersFingerprint(present)
    // After what imports and settings change: a report can wait.
    const own = isPresent
      ? null
      : await workspace.locks.exclusively('ledgers', (held) => build(AbortSignal.any([unwanted, held])), { signal: unwanted, rank: 1 })
    return { book: { ...(await openBook(boundStore(store, { signal: unwanted }), own ?? state, settings, now)), store, restated }, build: own }
  }
  const { book } = await books.read(key, open, asker)
  const recorded = 'reportedOn' in known ? known.reportedOn : state.state === 0 ? null : state.recorded_until
  return { book, state, key, freshness: { recorded_until: recorded, state: state.state } }
}

/** The book that a question is answered from: settings and ledgers, read at one moment. */
export async function readBook(parts: BookParts, reportedOn?: string, asker?: AbortSignal): Promise<PresentBook> {
  const present = await readPresent(parts)
  const known = reportedOn === undefined ? { all: true as const } : { reportedOn: reportedUntil(reportedOn, present.settings.time_zone) }
  return openKept(parts, present, present.settings, known, asker)
}

/** The books between a report and the present, each one step from the one before it. */
export interface BooksSince {
  /** The instant of the report, ISO, UTC. */
  readonly instant: string
  /** Settings that were in force then. */
  readonly settings: Settings
  /** What was recorded then, under the settings of then: the report as it was. */
  readonly reported: PresentBook
  /** Corrections of it made since; nothing that was first heard of since. */
  readonly corrected: PresentBook
  /** All that is known now, still under the settings of then. */
  readonly complete: PresentBook
  readonly present: PresentBook
}

/**
 * The books that lead from a report on an instant to the present. Under settings that ledgers rest on and that were
 * others then, each costs a whole derivation; else only what was recorded since is derived. Throws `bad_instant`.
 */
export async function readBooksSince(parts: BookParts, reportedOn: string, asker?: AbortSignal): Promise<BooksSince> {
  const present = await readPresent(parts)
  const instant = reportedUntil(reportedOn, present.settings.time_zone)
  const settings = await readSettingsAt(parts.workspace.db, instant)
  const open = (under: Settings, known: Known): Promise<PresentBook> => openKept(parts, present, under, known, asker)
  return {
    instant,
    settings,
    reported: await open(settings, { reportedOn: instant }),
    corrected: await open(settings, { knownBy: instant }),
    complete: await open(settings, { all: true }),
    present: await open(present.settings, { all: true }),
  }
}

/** Whether the ledgers were built under other settings than those in force, or by an earlier version. */
export const isStale = (state: LedgerState, settings: Settings): boolean => state.state !== 0 && state.settings_hash !== ledgersFingerprint(settings)
