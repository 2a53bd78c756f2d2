import type { Day } from '../kernel/period.ts'
import { addDays, addMonths } from '../kernel/period.ts'

/** The terms of one contract (a subscription) from a local day on. */
export interface Terms {
  readonly contract: string
  readonly from: Day
  readonly status: string
  /** Monthly recurring revenue at these terms, in the currency of the contract. */
  readonly mrr: number
  readonly currency: string
  readonly seats: number
  readonly interval_months: number
  readonly term_months: number | null
  readonly canceled_on: Day | null
  readonly ends_on: Day | null
  readonly notice_days: number | null
  readonly auto_renew: 'yes' | 'no' | ''
  /** First day of the next term. */
  readonly renews_on: Day | null
  /** Days on which its renewal was lost in the pipeline. */
  readonly lost_on?: readonly Day[]
  /** Set where nobody said so on that day: how terms go on by themselves. Such terms take no decision back. */
  readonly is_implied?: true
}

/** All terms of one contract, by their first day. */
export type Contract = readonly Terms[]

/** Terms as they were told, with what becomes of them by themselves unless others come before: a trial, a discount or dunning ends. */
export interface ToldTerms extends Terms {
  /** By day. */
  readonly later?: readonly Pick<Terms, 'from' | 'status' | 'mrr'>[]
}

/** The terms of one contract as they follow each other, from those that were told in the order of their days. */
export const contractOf = (told: readonly ToldTerms[]): Contract =>
  told.flatMap(({ later = [], ...terms }, i): Terms[] => {
    const next = told[i + 1]?.from
    return [terms, ...later.filter(({ from }) => next === undefined || from < next).map((each) => ({ ...terms, ...each, is_implied: true as const }))]
  })

export type DeadlineFlag = 'must_sign' | 'overdue' | 'locked_in' | 'rolled' | 'notice_unknown' | 'auto_renew_unknown'

/** By when a contract must be decided about; null deadlines for those that can be left in any month. */
export interface OptOut {
  readonly type: 'month_to_month' | 'auto_renew' | 'must_sign'
  readonly deadline: Day | null
  readonly renewal: Day | null
  readonly flags: readonly DeadlineFlag[]
}

const PAYING = new Set(['active', 'past_due'])

/** Of terms in the order of their days those in force on a day. */
export function termsOn(contract: Contract, day: Day): Terms | null {
  let found: Terms | null = null
  for (const terms of contract) if (terms.from <= day) found = terms
  return found
}

export const isPaying = (terms: Terms): boolean => PAYING.has(terms.status) && terms.mrr > 0

/** The terms under which a contract is paid for on a day; null where it is not in force. */
export function inForce(contract: Contract, day: Day): Terms | null {
  const terms = termsOn(contract, day)
  return terms !== null && isPaying(terms) && (terms.ends_on === null || terms.ends_on > day) ? terms : null
}

/** The deadline under given terms on a day. Terms are counted from the first renewal, so that no day of the month is lost on the way. */
export function optOutOf(start: Day, terms: Terms, day: Day): OptOut {
  const months = terms.term_months ?? 0
  if (months <= 1) return { type: 'month_to_month', deadline: null, renewal: null, flags: [] }
  const first = terms.renews_on ?? addMonths(start, months)
  const renewalAt = (n: number): Day => (n === 0 ? first : addMonths(first, n * months))
  let n = 0
  if (terms.auto_renew === 'no') {
    // Terms that came once a term had passed are those of a later one: what was switched off then ends with it.
    while (terms.renews_on === null && renewalAt(n) <= terms.from) n++
    const last = renewalAt(n)
    return { type: 'must_sign', deadline: last, renewal: last, flags: last < day ? ['must_sign', 'overdue'] : ['must_sign'] }
  }
  while (renewalAt(n) <= day) n++
  const next = n
  while (addDays(renewalAt(n), -(terms.notice_days ?? 0)) < day) n++
  const flags: DeadlineFlag[] = n > next ? ['locked_in'] : first <= day ? ['rolled'] : []
  if (terms.notice_days === null) flags.push('notice_unknown')
  if (terms.auto_renew === '') flags.push('auto_renew_unknown')
  const renewal = renewalAt(n)
  return { type: 'auto_renew', deadline: addDays(renewal, -(terms.notice_days ?? 0)), renewal, flags }
}

/** The deadline of a contract on a day; null where it is not in force. */
export function optOutOn(contract: Contract, day: Day): OptOut | null {
  const terms = inForce(contract, day)
  return terms === null ? null : optOutOf(contract[0]?.from ?? terms.from, terms, day)
}
