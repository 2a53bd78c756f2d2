import type { Micros } from '../../src/kernel/money.ts'
import { addDays, addMonths } from '../../src/kernel/period.ts'
import type { Day } from '../../src/kernel/period.ts'
import { count, money, ratio } from './answer.ts'
import type { Answer } from './answer.ts'
import { cell } from './company.ts'
import { groupBy } from './group.ts'
import { customersAt } from './ledger-metrics.ts'
import { originOf } from './retention.ts'
import { reported, sumOf } from './scope.ts'
import type { Scope } from './scope.ts'
import { countedAs, rowsOf, within, zoneDay } from './team-scope.ts'

const ofCustomers =
  (holds: (scope: Scope) => ReadonlySet<string>) =>
  (scope: Scope): Answer => {
    const customers = customersAt(scope, scope.until)
    const found = holds(scope)
    return ratio(customers.filter(({ account }) => found.has(account)).length, customers.length, 'no_customers', customers.length)
  }

const referrals = (scope: Scope) => rowsOf(scope, 'referral').map(({ account, row }) => ({ account, row, day: zoneDay(scope, cell(row, 'referred_at')) ?? '' }))
const ofPeriod = (scope: Scope) => referrals(scope).filter(({ day }) => within(scope, day))

/** Written consent in force, and no blocking bug open. */
function referenceable(scope: Scope): ReadonlySet<string> {
  const consents = rowsOf(scope, 'reference_consent').filter(({ row }) => {
    const given = zoneDay(scope, cell(row, 'given_at')) ?? ''
    const expires = zoneDay(scope, cell(row, 'expires_at')) ?? addMonths(given, Number(scope.book.settings.reference_months))
    const withdrawn = zoneDay(scope, cell(row, 'withdrawn_at')) ?? '9'
    return given < scope.until && expires >= scope.until && withdrawn >= scope.until
  })
  const blocked = new Set(
    openRequests(scope)
      .filter(({ kind, blocking }) => kind === 'bug' && blocking)
      .map(({ account }) => account),
  )
  return new Set(consents.map(({ account }) => account).filter((account) => !blocked.has(account)))
}

interface Asked {
  readonly account: string
  readonly kind: string
  readonly blocking: boolean
}

/** Requests open at the close; an account asks for a thing once, from the first time on until the last closing. */
export function openRequests(scope: Scope): Asked[] {
  return [...groupBy(rowsOf(scope, 'request'), ({ account, row }) => JSON.stringify([account, cell(row, 'request_id')])).values()].flatMap((own) => {
    const asked = own.map(({ row }) => zoneDay(scope, cell(row, 'requested_at')) ?? '').sort()[0] ?? ''
    const closed =
      own
        .map(({ row }) => zoneDay(scope, cell(row, 'closed_at')) ?? '9')
        .sort()
        .at(-1) ?? '9'
    const [first] = own
    if (first === undefined || asked >= scope.until || closed < scope.until || closed <= asked) return []
    return [{ account: first.account, kind: cell(first.row, 'kind') || 'feature', blocking: own.some(({ row }) => cell(row, 'blocking') === 'true') }]
  })
}

function referralsPer100(scope: Scope): Answer {
  const [made, customers] = [ofPeriod(scope).length, customersAt(scope, scope.until).length]
  const answer = ratio(made, customers, 'no_customers', customers)
  return { ...answer, value: answer.value === null ? null : 100 * answer.value }
}

function referralConversion(scope: Scope): Answer {
  const days = Number(scope.option('horizon_days', scope.book.settings.advocacy_horizon_days))
  const matured = ofPeriod(scope).filter(({ day }) => scope.book.asOf === null || addDays(day, days) <= scope.book.asOf)
  const converted = matured.filter(({ row, day }) => {
    const won = zoneDay(scope, cell(row, 'converted_at'))
    return won !== null && won >= day && won <= addDays(day, days)
  })
  return ratio(converted.length, matured.length, 'none_matured', matured.length)
}

/** New customers whom a customer had named by then, or whose source counts as earned. */
function referredNew(scope: Scope): Micros[] {
  const named = new Map<string, Day>()
  for (const row of scope.book.facts.referral) {
    const [referred, day] = [cell(row, 'referred_account_id'), zoneDay(scope, cell(row, 'referred_at')) ?? '']
    if (referred === '' || countedAs(scope.book, row) === null) continue
    const account = scope.book.rootOf(referred)
    if (day < (named.get(account) ?? '9')) named.set(account, day)
  }
  return scope.accounts.flatMap((account) =>
    account.movements
      .filter(({ kind, day }) => kind === 'new' && within(scope, day))
      .filter(({ day }) => (named.get(account.account) ?? '9') <= day || originOf(scope, account.account) === 'earned')
      .map(({ day, components }) => reported(scope, day, components)),
  )
}

/** Heads need no rate. */
const headsOf = (scope: Scope): number => referredNew({ ...scope, book: { ...scope.book, exchange: { ...scope.book.exchange, at: () => 0n } } }).length

function referredRate(scope: Scope): Answer {
  const won = scope.accounts.flatMap(({ movements }) => movements.filter(({ kind, day }) => kind === 'new' && within(scope, day))).length
  return ratio(headsOf(scope), won, 'no_new_customers', won)
}

export const advocacyMetrics = {
  referenceable_rate: ofCustomers(referenceable),
  referring_rate: ofCustomers((scope) => new Set(ofPeriod(scope).map(({ account }) => account))),
  referrals_per_100: referralsPer100,
  referral_conversion: referralConversion,
  referred_new_customers: (scope: Scope): Answer => count(headsOf(scope)),
  referred_customer_rate: referredRate,
  referred_new_mrr: (scope: Scope): Answer =>
    money(
      sumOf(referredNew(scope), (amount) => amount),
      null,
    ),
  advocacy_acts: (scope: Scope): Answer =>
    count(rowsOf(scope, 'advocacy_act').filter(({ row }) => within(scope, zoneDay(scope, cell(row, 'acted_at')))).length),
}
