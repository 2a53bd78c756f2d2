import { subscriptionVersion } from '../../facts/subscription-version.ts'
import type { AccountFacts } from '../../health/account-facts.ts'
import { customerSince } from '../../health/account-day.ts'
import type { Contract, DeadlineFlag, OptOut } from '../../health/contracts.ts'
import { inForce, optOutOn, termsOn } from '../../health/contracts.ts'
import type { Decision } from '../../health/decisions.ts'
import { accountDecisionOn, decisionOn, decisionsOf } from '../../health/decisions.ts'
import type { NextDeadline } from '../../health/opt-out-calendar.ts'
import { deadlinesOn } from '../../health/opt-out-calendar.ts'
import { seatsOn } from '../../health/caps.ts'
import type { Day } from '../../kernel/period.ts'
import { addDays, daysBetween } from '../../kernel/period.ts'
import type { Known } from '../timeline/happening.ts'
import type { Version } from '../version.ts'

/** The fact behind a line, by which its story is opened. */
export interface FactName {
  readonly fact: string
  readonly source: string
  readonly source_id: string
}

export const factName = ({ fact, source, source_id }: Version): FactName => ({ fact, source, source_id })

/** What a currency is worth in that of the workspace; null where no rate is known. */
export type RateOf = (currency: string) => number | null

/** One contract as it stands. Money in its own currency. */
export interface ContractLine {
  readonly contract: string
  readonly product: string | null
  readonly plan: string | null
  readonly status: string
  readonly in_force: boolean
  readonly since: Day
  readonly mrr: number
  readonly currency: string
  readonly seats: number
  readonly interval_months: number
  readonly term_months: number | null
  readonly type: OptOut['type'] | null
  readonly deadline: Day | null
  readonly days: number | null
  readonly renewal: Day | null
  readonly notice_days: number | null
  readonly flags: readonly DeadlineFlag[]
  readonly decision: Pick<Decision, 'day' | 'source' | 'deadline'> | null
  readonly fact: FactName | null
}

/** What an account pays, and by when it must decide. Sums in the currency of the workspace; null where a rate is missing. */
export interface MoneyView {
  readonly currency: string
  readonly is_customer: boolean
  readonly customer_since: Day | null
  /** Day on which it no longer paid; null while it does, or never did. */
  readonly left_on: Day | null
  readonly mrr: number | null
  readonly arr: number | null
  /** Ninety days before. */
  readonly mrr_before: number | null
  readonly seats: number
  readonly contracts: readonly ContractLine[]
  /** The next first. */
  readonly deadlines: readonly NextDeadline[]
  readonly decision: Pick<Decision, 'day' | 'source' | 'deadline'> | null
}

const BACK = 90

/** MRR in the currency of the workspace; null where a rate is missing. */
export function mrrIn(facts: Pick<AccountFacts, 'contracts'>, day: Day, rateOf: RateOf): number | null {
  let sum = 0
  for (const contract of facts.contracts) {
    const terms = inForce(contract, day)
    if (terms === null) continue
    const rate = rateOf(terms.currency)
    if (rate === null) return null
    sum += terms.mrr * rate
  }
  return sum
}

/** The day on which an account that paid no longer did. */
export function leftOn({ contracts }: Pick<AccountFacts, 'contracts'>, day: Day): Day | null {
  const ends = contracts
    .flatMap((contract) => contract.flatMap(({ from, ends_on }) => [from, ...(ends_on === null ? [] : [ends_on])]))
    .filter((each) => each <= day)
  const days = [...new Set(ends)].sort()
  const pays = (on: Day): boolean => contracts.some((contract) => inForce(contract, on) !== null)
  const last = days.findLastIndex((each) => pays(each))
  return pays(day) || last === -1 ? null : (days[last + 1] ?? null)
}

/** The terms of a contract that hold on a day, as they were told. */
function toldOf(known: Known, contract: string, day: Day): Version | undefined {
  const told = known
    .of(subscriptionVersion)
    .filter(({ values }) => String(values.subscription_id) === contract && (known.dayOf(values.effective_at ?? null) ?? '') <= day)
  return told.toSorted((a, b) => (String(a.values.effective_at) < String(b.values.effective_at) ? -1 : 1)).at(-1)
}

const brief = (decision: Decision | null): ContractLine['decision'] =>
  decision === null ? null : { day: decision.day, source: decision.source, deadline: decision.deadline }

function lineOf(known: Known, contract: Contract, day: Day): ContractLine[] {
  const terms = termsOn(contract, day) ?? contract[0]
  if (terms === undefined) return []
  const [force, optOut, told] = [inForce(contract, day), optOutOn(contract, day), toldOf(known, terms.contract, day)]
  const text = (value: Version['values'][string] | undefined): string | null => (value === null || value === undefined ? null : String(value))
  return [
    {
      contract: terms.contract,
      product: text(told?.values.product),
      plan: text(told?.values.plan),
      status: terms.status,
      in_force: force !== null,
      since: contract[0]?.from ?? terms.from,
      mrr: force?.mrr ?? 0,
      currency: terms.currency,
      seats: terms.seats,
      interval_months: terms.interval_months,
      term_months: terms.term_months,
      type: optOut?.type ?? null,
      deadline: optOut?.deadline ?? null,
      days: optOut === null || optOut.deadline === null ? null : daysBetween(day, optOut.deadline),
      renewal: optOut?.renewal ?? null,
      notice_days: terms.notice_days,
      flags: optOut?.flags ?? [],
      decision: brief(decisionOn(decisionsOf(contract, day), day)),
      fact: told === undefined ? null : factName(told),
    },
  ]
}

/** What an account pays on a day and by when it must decide, by what is known. */
export function moneyView(
  facts: AccountFacts,
  known: Known,
  day: Day,
  { currency, rateOf }: { readonly currency: string; readonly rateOf: RateOf },
): MoneyView {
  const mrr = mrrIn(facts, day, rateOf)
  const contracts = facts.contracts.flatMap((contract) => lineOf(known, contract, day))
  const order = ({ in_force, deadline, contract }: ContractLine): string => `${in_force ? 0 : 1} ${deadline ?? '9'} ${contract}`
  return {
    currency,
    is_customer: facts.contracts.some((contract) => inForce(contract, day) !== null),
    customer_since: customerSince(facts, day),
    left_on: leftOn(facts, day),
    mrr,
    arr: mrr === null ? null : 12 * mrr,
    mrr_before: mrrIn(facts, addDays(day, -BACK), rateOf),
    seats: seatsOn(facts.contracts, day),
    contracts: contracts.sort((a, b) => (order(a) < order(b) ? -1 : 1)),
    deadlines: deadlinesOn(facts.contracts, day),
    decision: brief(accountDecisionOn(facts.contracts, day)),
  }
}
