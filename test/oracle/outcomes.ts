import type { Micros } from '../../src/kernel/money.ts'
import { divideHalfEven, microsToNumber, parseMicros } from '../../src/kernel/money.ts'
import { addDays, addMonths, daysBetween } from '../../src/kernel/period.ts'
import type { Day } from '../../src/kernel/period.ts'
import { nothing, ratio, ratioOfMoney } from './answer.ts'
import type { Answer } from './answer.ts'
import { cell, identityOf } from './company.ts'
import type { Row } from './company.ts'
import { groupBy } from './group.ts'
import { customersAt } from './ledger-metrics.ts'
import { revenue } from './revenue.ts'
import type { Scope } from './scope.ts'
import { meanAnswer } from './surveys.ts'
import { knownUntil, rowsOf, within, zoneDay } from './team-scope.ts'

const PLACES = 1_000_000_000_000n
const micros = (row: Row, column: string, other = '0'): Micros => parseMicros(cell(row, column) || other) ?? 0n

interface Measured {
  readonly account: string
  readonly outcome: Row
  readonly row: Row
  /** Share of the way, in units of 10^-12. */
  readonly attainment: bigint
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b)

/** Measurements of outcomes that have a way to go. */
function measured(scope: Scope): Measured[] {
  const outcomes = new Map(rowsOf(scope, 'outcome').map(({ account, row }) => [JSON.stringify([account, cell(row, 'outcome_id')]), row]))
  return rowsOf(scope, 'outcome_measurement').flatMap(({ account, row }) => {
    const outcome = outcomes.get(JSON.stringify([account, cell(row, 'outcome_id')]))
    if (outcome === undefined || cell(row, 'value') === '') return []
    const [from, to, value] = [micros(outcome, 'baseline'), micros(outcome, 'target'), micros(row, 'value')]
    if (from === to) return []
    const [way, come] = to > from ? [to - from, value - from] : [from - to, from - value]
    const covered = least(come < 0n ? 0n : come, way)
    return [{ account, outcome, row, attainment: divideHalfEven(covered * PLACES, way) }]
  })
}

const stands = (scope: Scope, outcome: Row): boolean => {
  const closed = zoneDay(scope, cell(outcome, 'closed_at'))
  return closed === null || closed >= scope.until
}
const byTime =
  (column: string) =>
  (a: Measured, b: Measured): number =>
    Date.parse(cell(a.row, column)) - Date.parse(cell(b.row, column)) ||
    Date.parse(cell(a.row, 'measured_at')) - Date.parse(cell(b.row, 'measured_at')) ||
    (identityOf('outcome_measurement', a.row) < identityOf('outcome_measurement', b.row) ? -1 : 1)

/** Each account's weighted mean of what its outcomes had come to when they were last measured, if that is not too long ago. */
export function valueOfAccounts(scope: Scope): Map<string, number> {
  const oldest = addDays(scope.until, -Number(scope.book.settings.outcome_max_age_days))
  const dayOf = ({ row }: Measured): Day => zoneDay(scope, cell(row, 'measured_at')) ?? ''
  const known = measured(scope).filter((one) => dayOf(one) < scope.until && stands(scope, one.outcome))
  const current = [...groupBy(known, ({ account, outcome }) => JSON.stringify([account, cell(outcome, 'outcome_id')])).values()]
    .flatMap((own) => own.sort(byTime('measured_at')).slice(-1))
    .filter((one) => dayOf(one) >= oldest)
  const found = new Map<string, number>()
  for (const [account, own] of groupBy(current, (one) => one.account)) {
    const weights = own.map(({ outcome }) => microsToNumber(micros(outcome, 'weight', '1')))
    const all = weights.reduce((sum, weight) => sum + weight, 0)
    if (all > 0) found.set(account, own.reduce((sum, one, i) => sum + (weights[i] ?? 0) * (Number(one.attainment) / 1e12), 0) / all)
  }
  return found
}

function valueRealization(scope: Scope): Answer {
  const customers = new Set(customersAt(scope, scope.until).map(({ account }) => account))
  return meanAnswer(
    [...valueOfAccounts(scope)].filter(([account]) => customers.has(account)).map(([, value]) => value),
    'no_outcomes',
  )
}

const confirmed = (scope: Scope) =>
  measured(scope)
    .filter(({ row }) => cell(row, 'confirmed_at') !== '')
    .map((one) => ({ ...one, day: zoneDay(scope, cell(one.row, 'confirmed_at')) ?? '' }))

function realizedAccounts(scope: Scope): Answer {
  const customers = customersAt(scope, scope.until)
  const proved = new Set(
    confirmed(scope)
      .filter(({ attainment, day }) => attainment === PLACES && day < scope.until)
      .map(({ account }) => account),
  )
  return ratio(customers.filter(({ account }) => proved.has(account)).length, customers.length, 'no_customers', customers.length)
}

function definedRate(scope: Scope): Answer {
  const customers = customersAt(scope, scope.until)
  const defined = new Set(
    rowsOf(scope, 'outcome')
      .filter(({ row }) => (zoneDay(scope, cell(row, 'defined_at')) ?? '') < scope.until && stands(scope, row))
      .map(({ account }) => account),
  )
  return ratio(customers.filter(({ account }) => defined.has(account)).length, customers.length, 'no_customers', customers.length)
}

/** What was confirmed above all earlier confirmations, in the money it is worth; over what those accounts paid. */
function realizedValue(scope: Scope): Answer {
  const from = addMonths(scope.until, -12)
  let worth = 0n
  const accounts = new Set<string>()
  for (const own of groupBy(confirmed(scope), ({ account, outcome }) => JSON.stringify([account, cell(outcome, 'outcome_id')])).values()) {
    let best = 0n
    for (const one of own.sort(byTime('confirmed_at'))) {
      const gain = one.attainment > best ? one.attainment - best : 0n
      best += gain
      const native = divideHalfEven(micros(one.outcome, 'money_value') * gain, PLACES)
      if (native <= 0n || one.day < from || one.day >= scope.until) continue
      worth += scope.book.exchange.at(native, cell(one.outcome, 'currency'), one.day)
      accounts.add(one.account)
    }
  }
  const paid = scope.accounts
    .filter(({ account }) => accounts.has(account))
    .reduce((sum, account) => sum + revenue(scope, account, from, scope.until).amount, 0n)
  return ratioOfMoney(worth, paid, 'nothing_paid_or_confirmed', accounts.size)
}

/** Days from the first payment to the first outcome that was confirmed as reached, watched until the account leaves. */
function timeToValue(scope: Scope): Answer {
  const last = addDays(knownUntil(scope), -1)
  const reached = confirmed(scope).filter(({ attainment }) => attainment === PLACES)
  const watched = scope.accounts.flatMap((account) => {
    const joined = account.movements
      .filter(({ kind, counts }) => kind === 'new' && counts)
      .map(({ day }) => day)
      .sort()[0]
    if (joined === undefined || !within(scope, joined)) return []
    const left =
      account.movements
        .filter(({ kind, day }) => kind === 'churn' && day > joined)
        .map(({ day }) => day)
        .sort()[0] ?? last
    const end = left < last ? left : last
    const there = reached
      .filter((one) => one.account === account.account)
      .map(({ day }) => day)
      .sort()[0]
    return [
      there !== undefined && there <= end
        ? { time: Math.max(0, daysBetween(joined, there)), reached: true }
        : { time: Math.max(0, daysBetween(joined, end)), reached: false },
    ]
  })
  if (watched.length === 0) return nothing('no_data')
  let left = 1
  for (const time of [...new Set(watched.filter((one) => one.reached).map((one) => one.time))].sort((a, b) => a - b)) {
    left *= 1 - watched.filter((one) => one.reached && one.time === time).length / watched.filter((one) => one.time >= time).length
    if (left <= 0.5 + 1e-12)
      return {
        value: time,
        exact: null,
        numerator: watched.filter((one) => one.reached).length,
        denominator: null,
        n: watched.length,
        null_reason: null,
        parts: {},
      }
  }
  return nothing('half_not_reached')
}

/** The last twelve invoices of each account whose days of grace are over. */
function billingRegularity(scope: Scope): Answer {
  const grace = Number(scope.book.settings.invoice_grace_days)
  const due = rowsOf(scope, 'invoice').filter(({ row }) => {
    const status = cell(row, 'status') || 'open'
    return (
      !['void', 'draft'].includes(status) &&
      !(status === 'paid' && cell(row, 'paid_on') === '') &&
      Number(cell(row, 'amount') || '1') > 0 &&
      addDays(cell(row, 'due_on'), grace) < scope.until
    )
  })
  const key = ({ row }: { row: Row }): string => `${cell(row, 'due_on')} ${cell(row, 'invoice_id')}`
  const last = [...groupBy(due, ({ account }) => account).values()].flatMap((own) => own.sort((a, b) => (key(a) < key(b) ? -1 : 1)).slice(-12))
  const onTime = last.filter(({ row }) => cell(row, 'paid_on') !== '' && cell(row, 'paid_on') <= addDays(cell(row, 'due_on'), grace))
  return ratio(onTime.length, last.length, 'none_due', last.length)
}

export const outcomeMetrics = {
  value_realization: valueRealization,
  value_realized_accounts: realizedAccounts,
  outcomes_defined_rate: definedRate,
  realized_value_ratio: realizedValue,
  time_to_value: timeToValue,
  billing_regularity: billingRegularity,
}
