import type { Asking } from '../../books/ask.ts'
import type { Day } from '../../kernel/period.ts'
import { daysBetween } from '../../kernel/period.ts'
import type { SignClass } from '../sign.ts'
import { SIGNS } from '../signs.ts'
import type { AccountToday } from '../today/account-today.ts'
import { chanceOf } from '../today/day-lines.ts'
import type { KeptSignal, KeptSkip, TodaySources } from '../today/sources.ts'
import { openDesk } from '../today/today.ts'
import type { Desk } from '../today/today.ts'
import { kindOf, readOwnSignal } from '../own/own-signal.ts'

export interface ListAsked {
  readonly state: 'open' | 'closed' | 'all'
  readonly kinds: readonly string[]
  readonly classes: readonly string[]
  readonly accounts: readonly string[]
  readonly csm?: string | undefined
  readonly from?: Day | undefined
  readonly until?: Day | undefined
  /** The latest first, or what an hour is worth first. */
  readonly order: 'raised' | 'worth'
  readonly limit: number
  readonly offset: number
}

/** A signal with the account that it is of. */
export interface ListedSignal {
  readonly signal: KeptSignal
  /** Null where it is no customer any more. */
  readonly account: AccountToday | null
  readonly kind_name: string
  readonly class: SignClass
  readonly age: number
  readonly chance: number | null
  readonly skip: KeptSkip | null
}

async function kindsOfClasses(sources: TodaySources, classes: readonly string[]): Promise<string[]> {
  const own = (await sources.own.readAllInForce()).map((version) => ({ id: kindOf(version.id), class: readOwnSignal(version).class }))
  return [...SIGNS, ...own].filter((kind) => classes.includes(kind.class)).map(({ id }) => id)
}

/** Kinds that are asked for by id or by class; undefined for all. */
async function kindsAsked(sources: TodaySources, { kinds, classes }: ListAsked): Promise<readonly string[] | undefined> {
  if (classes.length === 0) return kinds.length === 0 ? undefined : kinds
  const ofClasses = await kindsOfClasses(sources, classes)
  return kinds.length === 0 ? ofClasses : kinds.filter((kind) => ofClasses.includes(kind))
}

function accountsAsked({ accounts, csm }: ListAsked, desk: Desk): readonly string[] | undefined {
  if (csm === undefined) return accounts.length === 0 ? undefined : accounts
  const owned = [...desk.read.accounts.values()].flatMap((account) => ((account.csm ?? '') === csm ? [account.account_id] : []))
  return accounts.length === 0 ? owned : owned.filter((id) => accounts.includes(id))
}

/** What a list and a page say of a signal beside what is kept of it. */
export async function describe(sources: TodaySources, desk: Desk, signals: readonly KeptSignal[]): Promise<ListedSignal[]> {
  const skips = new Map((await sources.skipsOf(signals.map(({ id }) => id))).map((skip) => [skip.signal_id, skip]))
  return signals.map((signal) => {
    const account = desk.read.accounts.get(signal.account_id) ?? null
    const { name, class: of } = desk.kinds(signal.kind)
    return {
      signal,
      account,
      kind_name: name,
      class: of,
      age: daysBetween(signal.raised_on, signal.closed_on ?? desk.state.today),
      chance: account === null ? null : chanceOf(account),
      skip: skips.get(signal.id) ?? null,
    }
  })
}

const worthOf = (desk: Desk, { account_id }: KeptSignal): number => {
  const account = desk.read.accounts.get(account_id)
  return account === undefined ? 0 : account.arr * (chanceOf(account) ?? desk.order.usual_chance ?? 1)
}

/** Signals as they are asked for, a page of them, and how many there are. */
export async function listSignals(sources: TodaySources, asking: Asking, asked: ListAsked): Promise<{ desk: Desk; signals: ListedSignal[]; total: number }> {
  const desk = await openDesk(sources, asking)
  const { state, from, until, limit, offset, order } = asked
  const wanted = {
    is_open: state === 'all' ? undefined : state === 'open',
    kinds: await kindsAsked(sources, asked),
    accounts: accountsAsked(asked, desk),
    from,
    until,
  }
  if (order === 'raised') {
    const { signals, total } = await sources.readSignals({ ...wanted, limit, offset })
    return { desk, signals: await describe(sources, desk, signals), total }
  }
  const { signals, total } = await sources.readSignals({ ...wanted, is_open: true })
  const sorted = signals.toSorted((a, b) => worthOf(desk, b) - worthOf(desk, a) || (a.account_id < b.account_id ? -1 : a.account_id > b.account_id ? 1 : 0))
  return { desk, signals: await describe(sources, desk, sorted.slice(offset, offset + limit)), total }
}
