import { addDays, addMonths, daysBetween } from '../../src/kernel/period.ts'
import type { Day } from '../../src/kernel/period.ts'
import { nothing, ratio, ratioOfMoney } from './answer.ts'
import type { Answer } from './answer.ts'
import type { AccountBook, Movement } from './book.ts'
import { cell } from './company.ts'
import type { Row } from './company.ts'
import { firstPurchase, kindOf, purchases } from './revenue.ts'
import type { Purchase } from './revenue.ts'
import { reported, sumOf } from './scope.ts'
import type { Scope } from './scope.ts'

/**
 * Share of the accounts with a `new` movement in the period that are customers `age` months after their own day of
 * joining: the state at the close of that day, so that who does not renew on it is gone. Shown only when that day is over for all.
 */
function cohortRetention(scope: Scope): Answer {
  const age = Number(scope.option('age', '1'))
  const members = scope.accounts.flatMap((account) => {
    const joined = account.movements.find((movement) => movement.kind === 'new' && movement.day >= scope.from && movement.day < scope.until)
    return joined === undefined ? [] : [{ account, joined }]
  })
  if (members.length === 0) return nothing('empty_cohort')
  const atAge = ({ joined }: { joined: Movement }): Day => addMonths(joined.day, age)
  const closing = (member: { joined: Movement }): Day => addDays(atAge(member), 1)
  const { asOf } = scope.book
  if (asOf !== null && members.some((member) => atAge(member) > asOf)) return nothing('not_matured')
  if (scope.option('of', 'customers') === 'customers') {
    const left = members.filter((member) => age === 0 || member.account.at(closing(member)).some((holding) => holding.mrr > 0n))
    return ratio(left.length, members.length, 'empty_cohort', members.length)
  }
  // Money of any age is counted at the rate of the day of joining.
  const base = sumOf(members, ({ joined }) => reported(scope, joined.day, joined.components))
  const now = sumOf(members, (member) =>
    age === 0
      ? reported(scope, member.joined.day, member.joined.components)
      : nativeAt(member.account, closing(member), (amount, currency) => scope.book.exchange.at(amount, currency, member.joined.day)),
  )
  return ratioOfMoney(now, base, 'empty_cohort', members.length)
}

const nativeAt = (account: AccountBook, boundary: Day, convert: (amount: bigint, currency: string) => bigint): bigint =>
  account.at(boundary).reduce((sum, holding) => sum + convert(holding.mrr, holding.currency), 0n)

/** First buyers of the period who bought again on a later local day, at most `horizon_days` later. */
function c2Conversion(scope: Scope): Answer {
  const { settings, asOf } = scope.book
  const horizon = Number(scope.option('horizon_days', settings.c2_horizon_days))
  const renewals = scope.option('renewals_count', settings.renewals_count) === 'yes'
  const cohort = scope.accounts.flatMap((account) => {
    const list = purchases(scope, account)
    const first = firstPurchase(scope, account)
    if (first === null || first.day < scope.from || first.day >= scope.until) return []
    if (asOf !== null && addDays(first.day, horizon) > asOf) return []
    const again = list.slice(1).some((purchase) => daysBetween(first.day, purchase.day) <= horizon && (renewals || isNewOrder(account, purchase, list)))
    return [again]
  })
  return ratio(cohort.filter((again) => again).length, cohort.length, 'no_matured_buyers', cohort.length)
}

/**
 * Without renewals a later purchase counts when it is a one-off, the first charge of another subscription or product,
 * or, where the bill names neither, when a subscription was first paid for on that day.
 */
function isNewOrder(account: AccountBook, purchase: Purchase, all: readonly Purchase[]): boolean {
  const order = (row: Row): string => cell(row, 'subscription_id') || cell(row, 'product')
  const before = all.filter(({ day }) => day < purchase.day).flatMap(({ rows }) => rows.map(order))
  return purchase.rows.some((row) => {
    if (kindOf(row) === 'one_off') return true
    if (order(row) !== '') return !before.includes(order(row))
    return account.timelines.some((timeline) => timeline.days.find((day) => (timeline.at(day)?.mrr ?? 0n) > 0n) === purchase.day)
  })
}

export const cohortMetrics = { cohort_retention: cohortRetention, c2_conversion: c2Conversion }
