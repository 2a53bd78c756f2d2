import type { Asking } from '../../books/ask.ts'
import { compute } from '../../books/ask.ts'
import type { OpenBook } from '../../books/read-book.ts'
import { boundStore } from '../../facts/store.ts'
import type { Day } from '../../kernel/period.ts'
import { addDays, daysBetween } from '../../kernel/period.ts'
import type { Settings } from '../../kernel/settings.ts'
import type { Book } from '../../metrics/kit/book.ts'
import { kindOf, readOwnSignal } from '../own/own-signal.ts'
import type { OwnVersion } from '../own/own-signal.ts'
import { signById } from '../signs.ts'
import type { AccountToday } from './account-today.ts'
import type { DayOrder, OpenSignal } from './day-lines.ts'
import { dayOrder } from './day-lines.ts'
import { readAccountsToday } from './read-accounts.ts'
import type { AccountsToday } from './read-accounts.ts'
import { readMissing, readMoneyMoved, readPulses } from './read-beside.ts'
import type { MissingSum } from './read-beside.ts'
import { readScoreChanges, readScores } from './read-changes.ts'
import { readLearnt } from './read-learnt.ts'
import type { ScoreChange } from './score-changes.ts'
import type { HeldDay, KeptSignal, KindWords, LivedDay, ReplayState, TodaySources } from './sources.ts'
import { FALLING_DAYS, standingLists } from './standing-lists.ts'
import type { StandingLists } from './standing-lists.ts'

/** How much of the past is known by itself, and how much is only as if it had been watched. */
export interface TodayState {
  readonly today: Day
  /** Who pays today. */
  readonly customers: number
  /** The last close at which something was said; null before the first. */
  readonly said: { readonly day: Day; readonly is_lived: boolean; readonly known_until: string | null } | null
  /** The first day that was lived; before it the past is as if connected. */
  readonly lived_since: Day | null
  readonly replay: ReplayState | null
  readonly currency: string
}

/** All that stands on the table before it is asked for whom. */
export interface Desk {
  readonly open: OpenBook
  readonly book: Book
  /** As they are now: those that only decide what is shown are in no book. */
  readonly settings: Settings
  readonly state: TodayState
  readonly lived: { readonly last: LivedDay } | null
  readonly read: AccountsToday
  readonly kinds: (kind: string) => KindWords
  readonly signals: readonly KeptSignal[]
  readonly order: DayOrder
}

/** What kinds are called: those of the product, and those that the team made. */
export function kindsOf(own: readonly OwnVersion[]): (kind: string) => KindWords {
  const made = new Map(own.map((version) => [kindOf(version.id), readOwnSignal(version)]))
  return (kind) => signById(kind) ?? made.get(kind) ?? { name: kind, class: 'risk' }
}

const toOpen =
  (kinds: Desk['kinds']) =>
  ({ id, account_id, kind, sentence, raised_on }: KeptSignal): OpenSignal => {
    const { name, class: of } = kinds(kind)
    return { id, account_id, kind, name, class: of, sentence, raised_on }
  }

/** Reads what every view of today rests on: accounts, open signals, skips, and how the days were lived. */
export async function openDesk(sources: TodaySources, asking: Asking): Promise<Desk> {
  const [settings, lived, { signals }, replays, own] = await Promise.all([
    sources.books.settings(),
    sources.livedDays(),
    sources.readSignals({ is_open: true }),
    sources.replays(),
    sources.own.readAllInForce(),
  ])
  const closed = `${lived?.last.closed_at ?? ''} ${replays.map(({ made_at, state }) => `${made_at} ${state}`).join(' ')}`
  const { open, today: read } = await readAccountsToday(sources, asking, closed)
  const { book } = open
  const today = addDays(book.knownUntil, -1)
  const kinds = kindsOf(own)
  const told = signals.filter(({ is_held }) => !is_held)
  const skips = await sources.skipsOf(told.map(({ id }) => id))
  const { said } = read
  const isLived = said?.mode === 'lived'
  const state: TodayState = {
    today,
    customers: read.accounts.size,
    said: said === null ? null : { day: said.day, is_lived: isLived, known_until: isLived ? (lived?.last.known_until ?? null) : null },
    lived_since: lived?.first.day ?? null,
    replay: replays.find(({ mode }) => mode === 'as_if_connected') ?? replays[0] ?? null,
    currency: book.settings.reporting_currency,
  }
  const order = dayOrder({ accounts: read.accounts, signals: told.map(toOpen(kinds)), skips, budget: Number(settings.daily_budget), day: today })
  return { open, book: { ...book, store: boundStore(book.store, { signal: asking.signal }) }, settings, state, lived, read, kinds, signals, order }
}

/** Days ahead in which deadlines are told. */
export const AHEAD = 60

export interface Deadline {
  readonly account: AccountToday
  readonly deadline: Day
  readonly days: number
  readonly arr: number
}

/** Deadlines of accounts that have not decided, by day, then account. */
export const deadlinesAhead = (accounts: readonly AccountToday[], today: Day): Deadline[] =>
  accounts
    .flatMap((account) => {
      const { next_deadline: deadline, decided_on, deadline_arr: arr } = account
      if (deadline === null || decided_on !== null || deadline < today || daysBetween(today, deadline) > AHEAD) return []
      return [{ account, deadline, days: daysBetween(today, deadline), arr }]
    })
    .sort((a, b) => (a.deadline === b.deadline ? (a.account.account_id < b.account.account_id ? -1 : 1) : a.deadline < b.deadline ? -1 : 1))

/** What was learnt of days before yesterday's close. */
export interface LearntSince extends Awaited<ReturnType<typeof readLearnt>> {
  readonly since: string
}

export interface CsmView {
  readonly accounts: readonly AccountToday[]
  readonly order: DayOrder
  readonly changes: { readonly changes: readonly ScoreChange[]; readonly total: number }
  readonly deadlines: readonly Deadline[]
  readonly learnt: LearntSince | null
  readonly lists: StandingLists
  readonly missing: readonly MissingSum[]
  readonly holds: readonly HeldDay[]
}

/** Only what is of some accounts. */
const within = (order: DayOrder, isOne: (account: AccountToday) => boolean): DayOrder => ({
  ...order,
  worked: order.worked.filter(({ account }) => isOne(account)),
  below: order.below.filter(({ account }) => isOne(account)),
  skipped: order.skipped.filter(({ account }) => isOne(account)),
})

async function readLists({ book, read, state }: Desk): Promise<StandingLists> {
  const { said, accounts } = read
  if (said === null) return standingLists([], { day: state.today, scoresBefore: new Map(), money: new Map(), pulses: new Map() })
  const [now, scoresBefore, money, pulses] = await Promise.all([
    readScores(book, said, said.day),
    readScores(book, said, addDays(said.day, -FALLING_DAYS)),
    readMoneyMoved(book, said.day),
    readPulses(book, said.day),
  ])
  // Lists go by what was said at the close, and not by what an hour brought.
  const asSaid = [...accounts.values()].flatMap((account) => {
    const { score, band } = now.get(account.account_id) ?? { score: null, band: null }
    return band === null ? [] : [{ ...account, score, band }]
  })
  return standingLists(asSaid, { day: said.day, scoresBefore, money, pulses })
}

const keptLists = new WeakMap<AccountsToday, Promise<StandingLists>>()

/** The lists of all accounts, read once as long as the accounts stand as they do. */
export function listsOf(sources: TodaySources, desk: Desk): Promise<StandingLists> {
  const known = keptLists.get(desk.read)
  if (known !== undefined) return known
  const made = compute(sources.books.lanes, sources.books.store, (store) => readLists({ ...desk, book: { ...desk.book, store } }), { seconds: 60 })
  keptLists.set(desk.read, made)
  made.catch(() => keptLists.delete(desk.read))
  return made
}

async function learntSince({ book, lived }: Desk, sources: TodaySources, accounts: readonly string[] | null): Promise<LearntSince | null> {
  // Where no day was lived everything is news.
  if (lived === null) return null
  const since = lived.last.known_until
  const kinds = await sources.books.imports.factsChangedSince(since)
  return { since, ...(await readLearnt(book, since, kinds, accounts)) }
}

/** What needs a CSM today, or everybody where none is named; null for accounts of all. */
export async function askCsmView(sources: TodaySources, asking: Asking, csm: string | null): Promise<{ desk: Desk; view: CsmView }> {
  const desk = await openDesk(sources, asking)
  const isOne = (account: AccountToday): boolean => csm === null || account.csm === csm
  const accounts = [...desk.read.accounts.values()].filter(isOne)
  const ids = csm === null ? null : accounts.map(({ account_id }) => account_id)
  const { said } = desk.read
  const [changes, learnt, lists, missing, holds] = await Promise.all([
    said === null ? { changes: [], total: 0 } : readScoreChanges(desk.book, said, ids),
    learntSince(desk, sources, ids),
    listsOf(sources, desk),
    said === null ? [] : readMissing(desk.book, said, ids),
    sources.heldDays(),
  ])
  const of = <T extends { readonly account: AccountToday }>(rows: readonly T[]): T[] => rows.filter(({ account }) => isOne(account))
  return {
    desk,
    view: {
      accounts,
      order: within(desk.order, isOne),
      changes,
      deadlines: deadlinesAhead(accounts, desk.state.today),
      learnt,
      lists: {
        fleet_fall: lists.fleet_fall,
        green_but_falling: of(lists.green_but_falling),
        score_against_money: of(lists.score_against_money),
        pulse_disagrees: of(lists.pulse_disagrees),
      },
      missing,
      holds,
    },
  }
}
