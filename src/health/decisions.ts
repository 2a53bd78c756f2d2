import type { Day } from '../kernel/period.ts'
import { addDays, daysBetween } from '../kernel/period.ts'
import type { Contract, OptOut, Terms } from './contracts.ts'
import { inForce, isPaying, optOutOf, termsOn } from './contracts.ts'

export type DecisionSource = 'notice' | 'auto_renew_off' | 'non_renewal' | 'end_without_notice'

/** The day on which a customer decided to leave a contract, and by what we know. */
export interface Decision {
  readonly contract: string
  readonly day: Day
  readonly source: DecisionSource
  readonly type: OptOut['type']
  /** By when it had to be taken, under the terms before it. */
  readonly deadline: Day | null
  readonly renewal: Day | null
  /** The first day on which more than the switched off renewal said so. */
  readonly told_on: Day | null
  /** The day on which it was taken back: a save, and no outcome. */
  readonly revoked: Day | null
}

export interface Circumstances {
  /** Days after the renewal in which a contract that must be signed may still be. */
  readonly grace: number
}

const NOTHING: Circumstances = { grace: 30 }

/** What terms say about leaving, without what was said before them. */
function saidBy(terms: Terms, before: Terms | null): { day: Day; source: DecisionSource } | null {
  if (terms.canceled_on !== null) return { day: terms.canceled_on, source: 'notice' }
  if (terms.status === 'ended') return { day: terms.from, source: 'end_without_notice' }
  if (terms.ends_on !== null && isPaying(terms)) return { day: terms.from, source: 'non_renewal' }
  if (terms.auto_renew === 'no' && before?.auto_renew === 'yes') return { day: terms.from, source: 'auto_renew_off' }
  return null
}

const takesBack = (terms: Terms): boolean =>
  terms.is_implied !== true && terms.status === 'active' && terms.canceled_on === null && terms.ends_on === null && terms.auto_renew !== 'no'

interface Said {
  readonly day: Day
  readonly source: DecisionSource
  /** The terms before it. */
  readonly under: Terms
}

/** All that was said, in the order of the days on which it was. */
function allSaid(contract: Contract, { grace }: Circumstances, until: Day): Said[] {
  const said: Said[] = []
  contract.forEach((terms, i) => {
    const before = contract[i - 1] ?? null
    const found = saidBy(terms, before)
    if (found !== null) said.push({ ...found, under: before ?? terms })
  })
  for (const day of new Set(contract.flatMap(({ lost_on = [] }) => lost_on))) {
    const under = termsOn(contract, day)
    if (under !== null && day <= until) said.push({ day, source: 'non_renewal', under })
  }
  const last = termsOn(contract, until)
  if (last !== null && isPaying(last) && last.auto_renew === 'no') {
    const { renewal } = optOutOf(contract[0]?.from ?? last.from, last, until)
    if (renewal !== null && addDays(renewal, grace) < until) said.push({ day: addDays(renewal, grace + 1), source: 'end_without_notice', under: last })
  }
  return said.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
}

/** Decisions of a contract by what its terms up to a day say, each with the day on which it was taken back. Only what was paid for can be left. */
export function decisionsOf(contract: Contract, until: Day = contract.at(-1)?.from ?? '', circumstances: Circumstances = NOTHING): Decision[] {
  const known = contract.filter(({ from }) => from <= until)
  if (!known.some(isPaying)) return []
  const start = known[0]?.from ?? until
  const decisions: Decision[] = []
  for (const { day, source, under } of allSaid(known, circumstances, until)) {
    const open = decisions.at(-1)
    if (open !== undefined && (open.revoked === null || open.revoked > day)) {
      if (open.told_on === null && source !== 'auto_renew_off') decisions[decisions.length - 1] = { ...open, told_on: day }
      continue
    }
    const { type, deadline, renewal } = optOutOf(start, under, day)
    const revoked = known.find((terms) => terms.from > day && takesBack(terms))?.from ?? null
    decisions.push({ contract: under.contract, day, source, type, deadline, renewal, told_on: source === 'auto_renew_off' ? null : day, revoked })
  }
  return decisions
}

const isInForce = (decision: Decision, day: Day): boolean => decision.day <= day && (decision.revoked === null || decision.revoked > day)

/** The decision about a contract that is in force on a day. */
export const decisionOn = (decisions: readonly Decision[], day: Day): Decision | null => decisions.findLast((decision) => isInForce(decision, day)) ?? null

const lastOf = (decisions: readonly Decision[]): Decision | null =>
  decisions.reduce<Decision | null>((last, each) => (last === null || each.day > last.day ? each : last), null)

/** An account has decided when every contract that it ever paid for has a decision in force; its day is that of the last one. */
export function accountDecisionOn(contracts: readonly Contract[], day: Day, circumstances?: Circumstances): Decision | null {
  const paid = contracts.filter((contract) => contract.some((terms) => terms.from <= day && isPaying(terms)))
  const decisions = paid.map((contract) => decisionOn(decisionsOf(contract, day, circumstances), day))
  return decisions.some((decision) => decision === null) ? null : lastOf(decisions.filter((decision) => decision !== null))
}

/** The last decision where every contract in force has one; null while one is open. */
export function decidedInForce(contracts: readonly Contract[], day: Day, circumstances?: Circumstances): Decision | null {
  const decisions = contracts
    .filter((contract) => inForce(contract, day) !== null)
    .map((contract) => decisionOn(decisionsOf(contract, day, circumstances), day))
  return decisions.some((decision) => decision === null) ? null : lastOf(decisions.filter((decision) => decision !== null))
}

/** Days that a warning came before the deadline, or before the decision where there is no deadline. */
export function leadTime(raised: Day, decision: Pick<Decision, 'day' | 'deadline'> | null): number | null {
  return decision === null ? null : daysBetween(raised, decision.deadline ?? decision.day)
}
