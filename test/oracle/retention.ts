import type { NullReason } from '../../src/kernel/words/reasons.ts'
import type { Micros } from '../../src/kernel/money.ts'
import { microsToNumber } from '../../src/kernel/money.ts'
import { addMonths, dayOf } from '../../src/kernel/period.ts'
import type { Day } from '../../src/kernel/period.ts'
import { settingList } from '../../src/kernel/settings.ts'
import { nothing, ratio, ratioOfMoney } from './answer.ts'
import type { Answer } from './answer.ts'
import type { AccountBook, Book } from './book.ts'
import { cell } from './company.ts'
import { balance, isCustomer, movementsIn, scopeOf, sumOf } from './scope.ts'
import type { Scope } from './scope.ts'

interface Pair {
  readonly account: AccountBook
  readonly stays: boolean
  /** MRR at the start and at the end, both at the opening rate (C19, C20). */
  readonly open: Micros
  readonly close: Micros
}

/** The opening set (C21). Money is looked at only where it is asked for, so a missing rate does not stop a head count. */
const openingSet = (scope: Scope) => scope.accounts.filter((account) => isCustomer(scope, account, scope.from))
const stayers = (scope: Scope) => openingSet(scope).filter((account) => isCustomer(scope, account, scope.until))

export const pairs = (scope: Scope): Pair[] =>
  openingSet(scope).map((account) => ({
    account,
    stays: isCustomer(scope, account, scope.until),
    open: balance(scope, account, scope.from),
    close: balance(scope, account, scope.until, scope.from),
  }))

const least = (a: Micros, b: Micros): Micros => (a < b ? a : b)
export const kept = (list: readonly Pair[]): Micros => sumOf(list, (pair) => least(pair.open, pair.close))
const opened = (list: readonly Pair[]): Micros => sumOf(list, (pair) => pair.open)

const logo =
  (of: (all: number, stay: number) => number, reason: NullReason = 'no_opening_customers') =>
  (scope: Scope): Answer => {
    const [all, stay] = [openingSet(scope).length, stayers(scope).length]
    return ratio(of(all, stay), all, reason, all)
  }

const share =
  (of: (list: readonly Pair[]) => Micros) =>
  (scope: Scope): Answer => {
    const list = pairs(scope)
    return ratioOfMoney(of(list), opened(list), 'no_opening_mrr', list.length)
  }
const closed = (list: readonly Pair[]): Micros => sumOf(list, (pair) => pair.close)
const cancelled = (list: readonly Pair[]): Micros => sumOf(list, (pair) => (pair.stays ? 0n : pair.open))
const contracted = (list: readonly Pair[]): Micros => sumOf(list, (pair) => (pair.stays ? pair.open - least(pair.open, pair.close) : 0n))
const expanded = (list: readonly Pair[]): Micros => sumOf(list, (pair) => pair.close - least(pair.open, pair.close))

const REVENUE = ['recurring', 'one_off', 'usage', 'refund', '']

/** Local day of the first bill of an account that counts, tax and voided bills left out. */
export function firstBill(book: Book): Day | null {
  const days = book.accounts.flatMap((account) =>
    account.charges.filter((row) => REVENUE.includes(cell(row, 'kind'))).map((row) => dayOf(new Date(cell(row, 'charged_at')), book.settings.time_zone)),
  )
  return days.sort()[0] ?? null
}

/**
 * First day from which facts tell the whole story: once bills are known, subscriptions that ended before the first one
 * are not in an export, so an earlier opening set would hold survivors only.
 */
export function coveredSince(book: Book): Day | null {
  const terms = book.accounts.flatMap((account) => account.timelines.flatMap((timeline) => timeline.days)).sort()[0] ?? null
  const bills = firstBill(book)
  return terms === null || bills === null ? (terms ?? bills) : terms > bills ? terms : bills
}

/** GRR of the twelve months that end with the period, whatever its own length; they are its period (C22). */
function annualRetention(scope: Scope): Answer {
  const from = addMonths(scope.until, -12)
  const since = coveredSince(scope.book)
  if (since === null || since > from) return nothing('not_matured')
  return share(kept)(scopeOf(scope.book, { ...scope.question, from }, scope.moment))
}

function newCustomerRate(scope: Scope): Answer {
  const all = openingSet(scope).length
  return ratio(movementsIn(scope).filter(({ movement }) => movement.kind === 'new').length, all, 'no_opening_customers', all)
}

interface Growth {
  readonly base: Micros
  readonly kept: Micros
  readonly earned: Micros
  readonly bought: Micros
  readonly unknown: Micros
  readonly returned: Micros
}

export type Origin = 'earned' | 'bought' | 'unknown'

export function originOf(scope: Scope, account: string): Origin {
  const source = scope.value(account, 'acquisition_source').toLowerCase()
  if (source === '(none)' || source === 'unknown') return 'unknown'
  return settingList(scope.book.settings.earned_sources).includes(source) ? 'earned' : 'bought'
}

/** Where the closing MRR came from, all at the opening rate. Returned: paid before, not at the opening, not new again. */
function growth(scope: Scope): Growth {
  const list = pairs(scope)
  const came = scope.accounts.filter((account) => !isCustomer(scope, account, scope.from) && isCustomer(scope, account, scope.until))
  const isNew = (account: AccountBook) =>
    account.movements.some((movement) => movement.kind === 'new' && movement.day >= scope.from && movement.day < scope.until)
  const from = (origin: Origin | 'returned') =>
    sumOf(
      came.filter((account) => (isNew(account) ? originOf(scope, account.account) : 'returned') === origin),
      (account) => balance(scope, account, scope.until, scope.from),
    )
  return { base: opened(list), kept: closed(list), earned: from('earned'), bought: from('bought'), unknown: from('unknown'), returned: from('returned') }
}

export function earnedGrowth(sums: Growth, reason: NullReason, n: number): Answer {
  const over = (amount: Micros) => (sums.base === 0n ? null : microsToNumber(amount) / microsToNumber(sums.base))
  const all = sums.kept + sums.earned + sums.bought + sums.unknown + sums.returned
  const parts = {
    nrr: over(sums.kept),
    earned: over(sums.earned),
    bought: over(sums.bought),
    unknown: over(sums.unknown),
    returned: over(sums.returned),
    growth: over(all - sums.base),
    if_unknown_earned: over(sums.kept + sums.earned + sums.unknown - sums.base),
  }
  return ratioOfMoney(sums.kept + sums.earned - sums.base, sums.base, reason, n, parts)
}

const egrMrr = (scope: Scope): Answer => earnedGrowth(growth(scope), 'no_opening_mrr', openingSet(scope).length)

/** EGR over growth, both on MRR at the opening rate; without growth it has no meaning. */
function earnedGrowthRatio(scope: Scope): Answer {
  const sums = growth(scope)
  if (sums.base === 0n) return nothing('no_opening_mrr')
  const grown = sums.kept + sums.earned + sums.bought + sums.unknown + sums.returned - sums.base
  const answer = ratioOfMoney(sums.kept + sums.earned - sums.base, grown, 'no_growth', openingSet(scope).length)
  return grown > 0n ? answer : { ...answer, value: null, null_reason: 'no_growth' }
}

export const retentionMetrics = {
  customer_retention_rate: logo((_all, stay) => stay),
  logo_churn_rate: logo((all, stay) => all - stay),
  nrr: share(closed),
  portfolio_nrr: share(closed),
  grr: share(kept),
  gross_mrr_churn_rate: share((list) => opened(list) - kept(list)),
  net_mrr_churn_rate: share((list) => opened(list) - closed(list)),
  mrr_cancel_rate: share(cancelled),
  mrr_contraction_rate: share(contracted),
  mrr_expansion_rate: share(expanded),
  annual_revenue_retention_rate: annualRetention,
  new_customer_rate: newCustomerRate,
  egr_mrr: egrMrr,
  earned_growth_ratio: earnedGrowthRatio,
}
export const retainedCount = (scope: Scope): number => stayers(scope).length
