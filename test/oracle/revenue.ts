import type { Micros } from '../../src/kernel/money.ts'
import { divideHalfEven, microsToNumber, parseMicros } from '../../src/kernel/money.ts'
import { addDays, addMonths, dayOf, daysBetween, startOf } from '../../src/kernel/period.ts'
import type { Day } from '../../src/kernel/period.ts'
import { money, nothing, ratio, ratioOfMoney } from './answer.ts'
import type { Answer } from './answer.ts'
import type { AccountBook } from './book.ts'
import { cell } from './company.ts'
import type { Row } from './company.ts'
import { closing, customersAt } from './ledger-metrics.ts'
import { coveredSince, earnedGrowth, firstBill, originOf } from './retention.ts'
import { isCustomer, scopeOf, sumOf } from './scope.ts'
import type { Scope } from './scope.ts'

const REVENUE = ['recurring', 'one_off', 'usage', 'refund']
const PURCHASE = ['recurring', 'one_off', 'usage']

export const chargeDay = (scope: Scope, row: Row): Day => dayOf(new Date(cell(row, 'charged_at')), scope.book.settings.time_zone)
export const kindOf = (row: Row): string => cell(row, 'kind') || 'recurring'
const known = (scope: Scope, day: Day): boolean => scope.book.asOf === null || day <= scope.book.asOf
export const amountOf = (row: Row): Micros => parseMicros(cell(row, 'amount')) ?? 0n

/** Each charge at the rate of its local day (C19). */
const inReporting = (scope: Scope, row: Row): Micros => scope.book.exchange.at(amountOf(row), cell(row, 'currency'), chargeDay(scope, row))

/**
 * Revenue of one charge inside [from, until). Recognised: day by day over the service it pays for; what was recognised
 * by a day is rounded, so that periods add up. Service dates that are missing or empty leave it on the day billed.
 */
function revenueOf(scope: Scope, row: Row, from: Day, until: Day): Micros | null {
  const day = chargeDay(scope, row)
  const [start, end] = [cell(row, 'service_from'), cell(row, 'service_until')]
  if (!known(scope, day)) return null
  if (scope.book.settings.revenue_basis !== 'recognised' || start === '' || end === '' || end <= start)
    return day >= from && day < until ? inReporting(scope, row) : null
  const horizon = scope.book.asOf === null ? until : ([until, addDays(scope.book.asOf, 1)].sort()[0] ?? until)
  const done = (boundary: Day) => Math.min(Math.max(daysBetween(start, boundary), 0), daysBetween(start, end))
  if (done(horizon) <= done(from)) return null
  const all = inReporting(scope, row)
  const by = (boundary: Day) => divideHalfEven(all * BigInt(done(boundary)), BigInt(daysBetween(start, end)))
  return by(horizon) - by(from)
}

const charges = (scope: Scope, account: AccountBook): Row[] =>
  account.charges.filter((row) => REVENUE.includes(kindOf(row)) && scope.keeps({ product: cell(row, 'product') }))

export function revenue(scope: Scope, account: AccountBook, from = scope.from, until = scope.until): { amount: Micros; n: number } {
  const amounts = charges(scope, account)
    .map((row) => revenueOf(scope, row, from, until))
    .filter((amount) => amount !== null)
  return { amount: sumOf(amounts, (amount) => amount), n: amounts.length }
}

/** n counts the bills and refunds in it. */
function netRevenue(scope: Scope): Answer {
  const each = scope.accounts.map((account) => revenue(scope, account))
  return money(
    sumOf(each, ({ amount }) => amount),
    each.reduce((n, one) => n + one.n, 0),
  )
}

const people = (n: number): Micros => BigInt(n) * 1_000_000n

function arppu(scope: Scope): Answer {
  const each = scope.accounts.map((account) => revenue(scope, account).amount)
  const payers = each.filter((amount) => amount > 0n).length
  return ratioOfMoney(
    sumOf(each, (amount) => amount),
    people(payers),
    'no_payers',
    payers,
  )
}

/**
 * All accounts: those with a subscription at the close that did not end, be it paid, free, on trial, paused or in arrears, and
 * those who paid in the period.
 */
function arpu(scope: Scope): Answer {
  const present = (account: AccountBook): boolean =>
    account.at(scope.until).some((holding) => !['ended', 'delinquent'].includes(holding.status) && scope.keeps(holding))
  const live = scope.accounts.filter((account) => revenue(scope, account).amount > 0n || present(account))
  return ratioOfMoney(
    sumOf(scope.accounts, (account) => revenue(scope, account).amount),
    people(live.length),
    'no_accounts',
    live.length,
  )
}

export interface Purchase {
  readonly account: string
  readonly day: Day
  readonly rows: readonly Row[]
}

/** Account-days with a positive charge that is no tax and not voided; a refund takes none away. */
export function purchases(scope: Scope, account: AccountBook): Purchase[] {
  const days = new Map<Day, Row[]>()
  for (const row of account.charges) {
    const day = chargeDay(scope, row)
    if (!PURCHASE.includes(kindOf(row)) || amountOf(row) <= 0n || !known(scope, day) || !scope.keeps({ product: cell(row, 'product') })) continue
    days.set(day, [...(days.get(day) ?? []), row])
  }
  return [...days].map(([day, rows]) => ({ account: account.account, day, rows })).sort((a, b) => (a.day < b.day ? -1 : 1))
}

/**
 * The first purchase ever. Unknown (null) for an account that paid for a subscription before the first bill that the
 * company's facts hold: its earlier bills are not in them.
 */
export function firstPurchase(scope: Scope, account: AccountBook): Purchase | null {
  const since = firstBill(scope.book)
  if (since === null || account.movements.some((movement) => movement.day < since)) return null
  return purchases(scope, account)[0] ?? null
}

const check = (scope: Scope, purchase: Purchase): Micros => sumOf(purchase.rows, (row) => inReporting(scope, row))
const purchasesIn = (scope: Scope): Purchase[] =>
  scope.accounts.flatMap((account) => purchases(scope, account)).filter(({ day }) => day >= scope.from && day < scope.until)

function averageCheck(scope: Scope): Answer {
  const list = purchasesIn(scope)
  return ratioOfMoney(
    sumOf(list, (purchase) => check(scope, purchase)),
    people(list.length),
    'no_purchases',
    list.length,
  )
}

/** Charges that may be set against each other: of one subscription (or product) per month paid for, one-off and use each among themselves. */
function likeWithLike(scope: Scope, list: readonly Purchase[]): Micros[][] {
  const alike = new Map<string, Map<Day, Micros>>()
  for (const { day, rows } of list)
    for (const row of rows) {
      const recurring = kindOf(row) === 'recurring'
      const key = recurring ? `recurring ${cell(row, 'subscription_id') || cell(row, 'product')}` : kindOf(row)
      const months = recurring ? (parseMicros(cell(row, 'covers_months')) ?? 0n) : 0n
      const amount = inReporting(scope, row)
      const days = alike.get(key) ?? new Map<Day, Micros>()
      days.set(day, (days.get(day) ?? 0n) + (months > 0n ? divideHalfEven(amount * 1_000_000n, months) : amount))
      alike.set(key, days)
    }
  return [...alike.values()].filter((days) => days.size >= 2).map((days) => [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, amount]) => amount))
}

/** Accounts whose first purchase ever is in the period and who bought the like again: means of the later checks over the first ones. */
function averageCheckGrowth(scope: Scope): Answer {
  const began = scope.accounts.filter((account) => {
    const first = firstPurchase(scope, account)
    return first !== null && first.day >= scope.from && first.day < scope.until
  })
  const repeat = began.map((account) => likeWithLike(scope, purchases(scope, account))).filter((checks) => checks.length > 0)
  const first = sumOf(repeat.flat(), ([one]) => one ?? 0n)
  const later = sumOf(repeat.flat(), (checks) =>
    divideHalfEven(
      checks.slice(1).reduce((sum, one) => sum + one, 0n),
      BigInt(checks.length - 1),
    ),
  )
  return ratioOfMoney(later - first, first, 'no_repeat_buyers', repeat.length)
}

/** Days at whose close the account pays; 365 of them are a customer-year. */
function customerDays(scope: Scope): number {
  let days = 0
  for (let day = scope.from; day < scope.until && known(scope, day); day = addDays(day, 1)) days += customersAt(scope, addDays(day, 1)).length
  return days
}

function purchaseFrequency(scope: Scope): Answer {
  const n = purchasesIn(scope).length
  return ratio(n, customerDays(scope) / 365, 'no_exposure', n)
}

/** Lost and exposed customers of the full calendar months before the close, pooled; each month is a period of its own (C22). */
export function pooledChurn(scope: Scope): { lost: number; exposure: number } {
  const pooled = { lost: 0, exposure: 0 }
  const end = startOf('month', scope.until)
  for (let back = Number(scope.book.settings.ltv_churn_months); back > 0; back--) {
    const [from, until] = [addMonths(end, -back), addMonths(end, 1 - back)]
    const month = scopeOf(scope.book, { ...scope.question, from, until }, 'opening')
    const open = customersAt(month, from)
    pooled.exposure += open.length
    pooled.lost += open.filter((account) => !isCustomer(month, account, until)).length
  }
  return pooled
}

function ltv(scope: Scope): Answer {
  const customers = customersAt(scope, scope.until).length
  if (customers === 0) return nothing('no_customers')
  const { lost, exposure } = pooledChurn(scope)
  if (exposure === 0) return nothing('no_exposure')
  const margin = (microsToNumber(closing(scope)) / customers) * Number(scope.book.settings.gross_margin)
  return ratio(margin, lost / exposure, 'no_churn', customers, { lost, exposure })
}

/** Check x purchases a year x years of relation; years are 1 over the annual churn that the pooled monthly one comes to (C30). */
function clv(scope: Scope): Answer {
  const [checks, frequency] = [averageCheck(scope), purchaseFrequency(scope)]
  if (checks.value === null) return nothing('no_purchases')
  if (frequency.value === null) return nothing('no_exposure')
  const { lost, exposure } = pooledChurn(scope)
  if (exposure === 0 || lost === 0) return nothing('no_lifespan')
  const years = 1 / (1 - (1 - lost / exposure) ** 12)
  const value = checks.value * frequency.value * years
  return {
    value,
    exact: null,
    numerator: value,
    denominator: null,
    n: checks.n,
    null_reason: null,
    parts: { check: checks.value, frequency: frequency.value, years },
  }
}

/** Earned growth on the revenue of the twelve months that end with the period, against the twelve before. */
function egr(question: Scope): Answer {
  const [base, mid] = [addMonths(question.until, -24), addMonths(question.until, -12)]
  const since = coveredSince(question.book)
  if (since === null || since > base) return nothing('not_matured')
  const scope = scopeOf(question.book, { ...question.question, from: mid }, question.moment)
  const sums = { base: 0n, kept: 0n, earned: 0n, bought: 0n, unknown: 0n, returned: 0n }
  let n = 0
  for (const account of scope.accounts) {
    const [before, now] = [revenue(scope, account, base, mid).amount, revenue(scope, account, mid, scope.until).amount]
    sums.base += before
    if (before > 0n) n += 1
    const first = purchases(scope, account)[0]?.day
    const origin = before > 0n ? 'kept' : first !== undefined && first < mid ? 'returned' : originOf(scope, account.account)
    sums[origin] += now
  }
  return earnedGrowth(sums, 'no_base_revenue', n)
}

export const revenueMetrics = {
  net_revenue: netRevenue,
  arppu,
  arpu,
  average_check: averageCheck,
  average_check_growth: averageCheckGrowth,
  purchase_frequency: purchaseFrequency,
  ltv,
  clv,
  egr,
}
