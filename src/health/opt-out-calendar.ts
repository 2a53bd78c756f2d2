import type { Day } from '../kernel/period.ts'
import { daysBetween } from '../kernel/period.ts'
import type { Contract, OptOut } from './contracts.ts'
import { inForce, optOutOn } from './contracts.ts'
import type { Circumstances } from './decisions.ts'
import { decisionOn, decisionsOf } from './decisions.ts'

/** A day by which an account must decide, and what hangs on it. */
export interface NextDeadline extends Pick<OptOut, 'type' | 'flags'> {
  readonly deadline: Day
  readonly days: number
  readonly renewal: Day | null
  readonly arr: number
  readonly contracts: readonly string[]
}

/** Deadlines of an account's undecided contracts from a day on, those of one day together, the next first. */
export function deadlinesOn(contracts: readonly Contract[], day: Day, circumstances?: Circumstances): NextDeadline[] {
  const byDay = new Map<Day, NextDeadline>()
  for (const contract of contracts) {
    const [terms, optOut] = [inForce(contract, day), optOutOn(contract, day)]
    if (terms === null || optOut === null || optOut.deadline === null || optOut.deadline < day) continue
    if (decisionOn(decisionsOf(contract, day, circumstances), day) !== null) continue
    const { deadline, renewal, type, flags } = optOut
    const also = byDay.get(deadline)
    byDay.set(deadline, {
      type: also?.type ?? type,
      deadline,
      days: daysBetween(day, deadline),
      renewal: also?.renewal ?? renewal,
      arr: (also?.arr ?? 0) + 12 * terms.mrr,
      contracts: [...(also?.contracts ?? []), terms.contract].sort(),
      flags: [...new Set([...(also?.flags ?? []), ...flags])],
    })
  }
  return [...byDay.values()].sort((a, b) => (a.deadline < b.deadline ? -1 : 1))
}

export const nextDeadline = (contracts: readonly Contract[], day: Day, circumstances?: Circumstances): NextDeadline | null =>
  deadlinesOn(contracts, day, circumstances)[0] ?? null

/** The calendar: each account with its next deadline, by day, then account. */
export function optOutCalendar(
  accounts: readonly { readonly account: string; readonly contracts: readonly Contract[] }[],
  day: Day,
): (NextDeadline & { readonly account: string })[] {
  return accounts
    .flatMap(({ account, contracts }) =>
      deadlinesOn(contracts, day)
        .slice(0, 1)
        .map((deadline) => ({ account, ...deadline })),
    )
    .sort((a, b) => (a.deadline === b.deadline ? (a.account < b.account ? -1 : 1) : a.deadline < b.deadline ? -1 : 1))
}
