import { boundStore } from '../facts/store.ts'
import type { LedgerState } from '../facts/store.ts'
import { BinnacleError } from '../kernel/errors.ts'
import { dayOf } from '../kernel/period.ts'
import { settingsHash } from '../kernel/settings.ts'
import { ledgersFingerprint } from '../ledgers/lineage.ts'
import { buildAsReported, buildCorrected, buildUnder } from '../ledgers/refresh.ts'
import { isForgotten } from '../ledgers/whole.ts'
import { openBook } from '../metrics/ask/book.ts'
import type { Book } from '../metrics/kit/book.ts'
import { neverRestated, restatedReader } from '../metrics/ask/restated.ts'
import type { Asking } from './ask.ts'
import type { Books, Opened } from './books.ts'
import { reportedUntil } from './reported-until.ts'
import { readCatalogue } from './workspace-catalogue.ts'

export interface OpenBook {
  readonly book: Book
  readonly state: LedgerState
  readonly freshness: { recorded_until: string | null; state: number }
  /** Equal keys mean equal answers to the same asker: state of the ledgers, settings, the day, and what was recorded until when. */
  readonly key: string
}

/** What may count of the facts: all, what was recorded up to an instant, or of what was known on an instant its present versions. */
type Known = { readonly all: true } | { readonly reportedOn: string } | { readonly knownBy: string }

/** The settings and the catalogue under which numbers are made. */
type Rules = Pick<Book, 'settings' | 'catalogue'>

interface Present {
  /** In force now. */
  readonly rules: Rules
  readonly state: LedgerState
  readonly now: Date
}

const readPresent = async (books: Books): Promise<Present> => {
  const [settings, catalogue, state] = await Promise.all([books.settings(), readCatalogue(books), books.register.readLedgerState()])
  return { rules: { settings, catalogue }, state, now: books.clock.now() }
}

const noLedgers = (): BinnacleError =>
  new BinnacleError('ledgers_missing', 'The ledgers that numbers are read from are gone, and are being derived again.', {
    cure: 'Ask again in a moment; the health of the server says if they cannot be derived.',
    retry: true,
    status: 503,
  })

/** The book under some rules, from the present ledgers where they are what it needs, else from a build of its own. */
async function openKept(
  books: Books,
  { rules: present, state, now }: Present,
  { settings, catalogue }: Rules,
  known: Known,
  asking: Asking,
): Promise<OpenBook> {
  const { store, register, imports } = books
  const { asker } = asking
  const instant = 'reportedOn' in known ? known.reportedOn : 'knownBy' in known ? known.knownBy : undefined
  const key = [
    state.state,
    // Ledgers that are forgotten keep their number, and lose what they rest on.
    state.settings_hash,
    settingsHash(settings),
    catalogue.key,
    dayOf(now, settings.time_zone),
    'knownBy' in known ? `known ${known.knownBy}` : (instant ?? ''),
  ].join('|')
  const build = async (signal: AbortSignal): Promise<LedgerState> => {
    await books.checkWhole()
    const bound = boundStore(store, { signal })
    if (instant === undefined) return buildUnder(bound, register, settings)
    const facts = await imports.factsChangedSince(instant)
    return ('knownBy' in known ? buildCorrected : buildAsReported)(bound, register, settings, instant, facts)
  }
  // `restated` is read later, for whoever asks then: it must not end when the present asker leaves.
  const restated = instant === undefined ? restatedReader(store, settings) : neverRestated
  const open = async (unwanted: AbortSignal): Promise<Opened> => {
    const isPresent = instant === undefined && ledgersFingerprint(settings) === ledgersFingerprint(present.settings)
    if (isPresent && isForgotten(state)) throw noLedgers()
    const own = isPresent ? null : await books.building((held) => build(AbortSignal.any([unwanted, held])), unwanted)
    const book = await openBook(boundStore(store, { signal: unwanted }), own ?? state, { asker, settings, catalogue, now })
    return { book: { ...book, store, restated }, build: own }
  }
  const { book } = await books.opened.read(asker, key, open, asking.signal)
  const recorded = 'reportedOn' in known ? known.reportedOn : state.state === 0 ? null : state.recorded_until
  return { book, state, key, freshness: { recorded_until: recorded, state: state.state } }
}

/**
 * The book that a question is answered from: settings, definitions and ledgers, read at one moment. As reported it has the
 * definitions of then: what the team steered by belongs to the report.
 */
export async function readBook(books: Books, asking: Asking, reportedOn?: string): Promise<OpenBook> {
  const present = await readPresent(books)
  if (reportedOn === undefined) return openKept(books, present, present.rules, { all: true }, asking)
  const { settings } = present.rules
  const instant = reportedUntil(reportedOn, settings.time_zone)
  return openKept(books, present, { settings, catalogue: await readCatalogue(books, instant) }, { reportedOn: instant }, asking)
}

/** The books between a report and the present, each one step from the one before it. */
export interface BooksSince {
  /** The instant of the report, ISO, UTC. */
  readonly instant: string
  /** Only facts that were recorded by the instant of the report, under the settings of that time: the report as it was. */
  readonly reported: OpenBook
  /** The facts of the report in their present versions; no facts that were first recorded since. */
  readonly corrected: OpenBook
  /** All facts that are known now, still under the settings of the time of the report. */
  readonly complete: OpenBook
  readonly present: OpenBook
}

/**
 * The books that lead from a report on an instant to the present. Under settings that ledgers rest on and that were
 * others then, each costs a whole derivation; else only what was recorded since is derived. Throws `bad_instant`.
 */
export async function readBooksSince(books: Books, asking: Asking, reportedOn: string): Promise<BooksSince> {
  const present = await readPresent(books)
  const instant = reportedUntil(reportedOn, present.rules.settings.time_zone)
  const [settings, catalogue] = await Promise.all([books.settingsAt(instant), readCatalogue(books, instant)])
  const then = { settings, catalogue }
  const open = (under: Rules, known: Known): Promise<OpenBook> => openKept(books, present, under, known, asking)
  return {
    instant,
    reported: await open(then, { reportedOn: instant }),
    corrected: await open(then, { knownBy: instant }),
    complete: await open(then, { all: true }),
    present: await open(present.rules, { all: true }),
  }
}
