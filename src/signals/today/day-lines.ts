import { groupBy } from '../../health/group.ts'
import type { Day } from '../../kernel/period.ts'
import type { SignClass } from '../sign.ts'
import { dailyOrder } from '../work.ts'
import type { AccountToday } from './account-today.ts'

/** A signal that is open, as a line shows it. */
export interface OpenSignal {
  readonly id: string
  readonly account_id: string
  readonly kind: string
  readonly name: string
  readonly class: SignClass
  readonly sentence: string
  readonly raised_on: Day
}

/** What was written when a signal was skipped. */
export interface SkipNote {
  readonly signal_id: string
  readonly reason: string
  readonly look_again_on: Day
  readonly skipped_at: string
}

/** An account that waits for somebody, with every signal that says so, the gravest first. */
export interface DayLine {
  readonly account: AccountToday
  readonly signals: readonly OpenSignal[]
  /** The chance that its ARR goes: 1 once it has decided. Null where none is known. */
  readonly chance: number | null
  /** ARR x chance. Where no chance of the account is known the mean of those that are stands in, and where none is, ARR alone. */
  readonly worth: number
  /** What was written when one of the signals was put off until now. */
  readonly came_back: SkipNote | null
}

export interface PutOff extends Omit<DayLine, 'came_back'> {
  readonly skip: SkipNote
}

export interface DayOrder {
  /** The first of each CSM, as many as fit in a day. */
  readonly worked: readonly DayLine[]
  /** What is beyond the budget, to be skipped in writing. */
  readonly below: readonly DayLine[]
  /** Skipped in writing, to be looked at again on a later day. */
  readonly skipped: readonly PutOff[]
  /** The mean of the chances that are known; null where none is, and the order is by ARR alone. */
  readonly usual_chance: number | null
}

const RANK: Readonly<Record<SignClass, number>> = { decided: 0, risk: 1, opportunity: 2, data: 3 }

const gravestFirst = (a: OpenSignal, b: OpenSignal): number =>
  RANK[a.class] - RANK[b.class] || (a.raised_on === b.raised_on ? (a.kind < b.kind ? -1 : 1) : a.raised_on < b.raised_on ? 1 : -1)

/** The last thing that was written of each signal. */
const lastSkips = (skips: readonly SkipNote[]): Map<string, SkipNote> =>
  new Map(skips.toSorted((a, b) => (a.skipped_at < b.skipped_at ? -1 : 1)).map((skip) => [skip.signal_id, skip]))

/** The chance that the ARR of an account goes: 1 once it has decided. */
export const chanceOf = ({ decided_on, churn_probability }: AccountToday): number | null => (decided_on === null ? churn_probability : 1)

/** Of accounts that have not decided; null where no chance is known. */
function meanChance(accounts: readonly AccountToday[]): number | null {
  const known = accounts.flatMap(({ decided_on, churn_probability }) => (decided_on === null && churn_probability !== null ? [churn_probability] : []))
  return known.length === 0 ? null : known.reduce((sum, chance) => sum + chance, 0) / known.length
}

interface Asked {
  readonly accounts: ReadonlyMap<string, AccountToday>
  readonly signals: readonly OpenSignal[]
  readonly skips: readonly SkipNote[]
  readonly budget: number
  readonly day: Day
}

/**
 * What needs somebody today, what an hour is worth first: ARR x the chance that it goes, ties by account. Signals of one
 * account are one line, which is waiting as long as one of them is; each CSM gets so many lines.
 */
export function dayOrder({ accounts, signals, skips, budget, day }: Asked): DayOrder {
  const last = lastSkips(skips)
  const ofAccount = groupBy(signals, ({ account_id }) => account_id)
  const usual = meanChance([...accounts.values()])
  const [waiting, skipped]: [DayLine[], PutOff[]] = [[], []]
  for (const [account_id, all] of ofAccount) {
    const account = accounts.get(account_id)
    if (account === undefined) continue
    const chance = chanceOf(account)
    const line = { account, chance, worth: account.arr * (chance ?? usual ?? 1) }
    const isPutOff = ({ id }: OpenSignal): boolean => (last.get(id)?.look_again_on ?? day) > day
    const open = all.filter((signal) => !isPutOff(signal)).sort(gravestFirst)
    if (open.length > 0) waiting.push({ ...line, signals: open, came_back: open.flatMap(({ id }) => last.get(id) ?? [])[0] ?? null })
    else {
      const soonest = all.flatMap(({ id }) => last.get(id) ?? []).sort((a, b) => (a.look_again_on < b.look_again_on ? -1 : 1))[0]
      if (soonest !== undefined) skipped.push({ ...line, signals: all.toSorted(gravestFirst), skip: soonest })
    }
  }
  const ordered = [...groupBy(waiting, ({ account }) => account.csm).values()].map((lines) => order(lines, budget))
  const sorted = (lines: readonly DayLine[]): DayLine[] => order(lines, lines.length).worked
  return {
    worked: sorted(ordered.flatMap(({ worked }) => worked)),
    below: sorted(ordered.flatMap((each) => each.below)),
    skipped: skipped.sort((a, b) => (a.skip.look_again_on === b.skip.look_again_on ? b.worth - a.worth : a.skip.look_again_on < b.skip.look_again_on ? -1 : 1)),
    usual_chance: usual,
  }
}

function order(lines: readonly DayLine[], budget: number): { worked: DayLine[]; below: DayLine[] } {
  const ordered = dailyOrder(
    lines.map((line) => ({ account: line.account.account_id, arr: line.worth, p: 1, line })),
    budget,
  )
  return { worked: ordered.worked.map(({ line }) => line), below: ordered.skipped.map(({ line }) => line) }
}

/** Days after which what nobody worked is told to the manager. */
export const UNWORKED_DAYS = 7

/** Lines that nobody worked and nobody skipped for so many days, in the order of a day: neither raised lately nor answered by a talk or a task since. */
export const unworked = (lines: readonly DayLine[], lastActs: ReadonlyMap<string, Day>, latest: Day): DayLine[] =>
  order(lines, lines.length).worked.filter(({ account, signals }) => {
    const act = lastActs.get(account.account_id)
    return signals.some(({ raised_on }) => raised_on <= latest) && (act === undefined || act <= latest)
  })
