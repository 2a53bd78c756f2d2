import { compute } from '../books/ask.ts'
import type { Asking } from '../books/ask.ts'
import { reportedUntil } from '../books/reported-until.ts'
import { accountHealth } from '../health/account-health.ts'
import { factsKnownOn } from '../health/history.ts'
import type { AccountFacts } from '../health/account-facts.ts'
import { seatsOn } from '../health/caps.ts'
import { nextDeadline } from '../health/opt-out-calendar.ts'
import type { Day } from '../kernel/period.ts'
import { dayOf, daysBetween } from '../kernel/period.ts'
import { readRates } from './ask-overview.ts'
import { readSaid } from './ask-timeline.ts'
import { changesBetween } from './changes.ts'
import type { Change, Changes } from './changes.ts'
import { knowAccount } from './known-account.ts'
import type { KnownAccount } from './known-account.ts'
import type { Accounts } from './open-account.ts'
import { mrrIn } from './overview/money.ts'
import type { RateOf } from './overview/money.ts'
import { happeningsOfHealth, happeningsOfSignals } from './timeline/rule-happenings.ts'
import type { SaidSignal } from './timeline/rule-happenings.ts'
import { happeningsAt, latestFirst } from './timeline/timeline.ts'

/** A number as it was known then, as it is known now of then, and as it is now: the first step was learnt, the second happened. */
export interface MovedNumber {
  readonly id: 'score' | 'mrr' | 'seats' | 'deadline_days' | 'open_tickets' | 'people'
  readonly then: number | null
  readonly then_known_now: number | null
  readonly now: number | null
}

export interface AccountChanges extends Changes {
  readonly account_id: string
  /** An instant, ISO, UTC. */
  readonly since: string
  readonly since_day: Day
  /** Nothing was known of it then: all of it is new to us, so nothing is said to have come late. */
  readonly is_new: boolean
  /** Only those that moved. */
  readonly numbers: readonly MovedNumber[]
  /** Use that came since: of days since then, and of days before. */
  readonly use: { readonly days: number; readonly users: number; readonly late_days: number }
}

const LONG = 90

interface Counted {
  readonly facts: AccountFacts
  readonly day: Day
}

const openTickets = ({ facts, day }: Counted): number =>
  facts.tickets.filter(({ opened_on, solved_on, is_merged }) => !is_merged && opened_on <= day && (solved_on === null || solved_on > day)).length

const peopleOn = ({ facts, day }: Counted): number =>
  new Set(facts.contacts.filter(({ from, left_on }) => from <= day && (left_on === null || left_on > day)).map(({ contact }) => contact)).size

function numbersOf(known: KnownAccount, since: Day, rateOf: RateOf): MovedNumber[] {
  const { model, on, day, facts, history } = known
  const then: Counted = { facts: factsKnownOn(history, since), day: since }
  const [knownNow, now]: Counted[] = [
    { facts, day: since },
    { facts, day },
  ]
  const score = ({ facts: own, day: of }: Counted): number | null => {
    const health = accountHealth(model, { ...on(of), facts: own })
    return health.mrr > 0 ? health.score : null
  }
  const measures: Readonly<Record<MovedNumber['id'], (of: Counted) => number | null>> = {
    score,
    mrr: (of) => mrrIn(of.facts, of.day, rateOf),
    seats: (of) => seatsOn(of.facts.contracts, of.day),
    deadline_days: (of) => nextDeadline(of.facts.contracts, of.day)?.days ?? null,
    open_tickets: openTickets,
    people: peopleOn,
  }
  const isMoved = ({ then: a, then_known_now: b, now: c }: MovedNumber): boolean => a !== b || b !== c
  return Object.entries(measures)
    .map(([id, of]): MovedNumber => ({ id: id as MovedNumber['id'], then: of(then), then_known_now: of(knownNow as Counted), now: of(now as Counted) }))
    .filter(isMoved)
}

/** Warnings that came and went since a day. One that was withdrawn since its fact was wrong is something learnt. */
function signalChanges(signals: readonly SaidSignal[], since: Day, zone: string): Changes {
  const made = happeningsOfSignals(signals, zone).filter(({ day }) => day > since)
  const corrected = new Set(signals.filter(({ close_reason }) => close_reason === 'corrected').map(({ id }) => `signals ${id} closed`))
  return {
    happened: made.filter(({ key }) => !corrected.has(key)).map((each): Change => ({ ...each, how: 'happened', before: null })),
    learnt: made.filter(({ key }) => corrected.has(key)).map((each): Change => ({ ...each, how: 'withdrawn', before: null })),
  }
}

/** What changed about an account since somebody last looked, told apart. `since` is an instant or a day. Throws `not_found`, `bad_instant`. */
export async function askChanges(accounts: Accounts, asking: Asking, id: string, sinceText: string): Promise<AccountChanges> {
  const { time_zone: zone } = await accounts.books.settings()
  const since = reportedUntil(sinceText, zone)
  const since_day = dayOf(new Date(since), zone)
  // Of the last weeks it is known anyhow, and kept for all accounts.
  const isLongAgo = daysBetween(since_day, dayOf(accounts.books.clock.now(), zone)) > LONG
  const known = await knowAccount(accounts, asking, id, isLongAgo ? { back_to: since_day } : {})
  const { record, known_until, known_by, history, account_id, today } = known
  const [[said, rateOf], signals] = await Promise.all([
    compute(accounts.books.lanes, accounts.books.store, (store) => Promise.all([readSaid(store, account_id, today), readRates(store, known)]), asking),
    accounts.signals(account_id),
  ])
  const then = happeningsAt(record, since, zone)
  const is_new = then.length === 0
  const all = changesBetween(then, happeningsAt(record, known_until, zone), { since, now: known_until })
  const facts = { happened: all.happened, learnt: is_new ? [] : all.learnt }
  const health = happeningsOfHealth(said, zone).filter(({ day }) => day > since_day)
  const warned = signalChanges(signals, since_day, zone)
  const use = history.use.filter(({ recorded_on, deleted }) => recorded_on > since_day && recorded_on <= known_by && !deleted).map(({ fact }) => fact)
  const recent = use.filter(({ day }) => day > since_day)
  const days = (of: readonly { readonly day: Day }[]): number => new Set(of.map(({ day }) => day)).size
  return {
    account_id,
    since,
    since_day,
    is_new,
    numbers: is_new ? [] : numbersOf(known, since_day, rateOf),
    use: { days: days(recent), users: new Set(recent.map(({ user }) => user)).size, late_days: is_new ? 0 : days(use.filter(({ day }) => day <= since_day)) },
    happened: [...facts.happened, ...health.map((each): Change => ({ ...each, how: 'happened', before: null })), ...warned.happened].sort(latestFirst),
    learnt: [...facts.learnt, ...warned.learnt].sort(latestFirst),
  }
}
