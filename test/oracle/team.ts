import type { Micros } from '../../src/kernel/money.ts'
import { microsToNumber, multiplyMicros, parseMicros } from '../../src/kernel/money.ts'
import { dayOf, daysBetween, wholeMonths } from '../../src/kernel/period.ts'
import { ratio, ratioOfMoney } from './answer.ts'
import type { Answer } from './answer.ts'
import { cell } from './company.ts'
import type { Row } from './company.ts'
import { groupBy } from './group.ts'
import { kept, pairs, retainedCount } from './retention.ts'
import { NONE, isCustomer, lastDay, sumOf, yearly } from './scope.ts'
import type { Scope } from './scope.ts'

const decimal = (row: Row, column: string): Micros => parseMicros(cell(row, column) || '1') ?? 1_000_000n

/** CSMs as they are at the close, those the question's filter keeps. */
function csms(scope: Scope): Row[] {
  const zone = scope.book.settings.time_zone
  const { csm: wanted, team: teams } = scope.question.where ?? {}
  const known = scope.book.facts.csm.filter((row) => dayOf(new Date(cell(row, 'effective_at')), zone) <= lastDay(scope, scope.until))
  return [...groupBy(known, (row) => cell(row, 'csm_id'))]
    .filter(([id]) => wanted === undefined || wanted.includes(id))
    .flatMap(([, rows]) => rows.sort((a, b) => Date.parse(cell(a, 'effective_at')) - Date.parse(cell(b, 'effective_at'))).slice(-1))
    .filter((row) => teams === undefined || teams.includes(cell(row, 'team') || NONE))
}

const fte = (scope: Scope): Micros => sumOf(csms(scope), (row) => decimal(row, 'fte'))
const effectiveFte = (scope: Scope): Micros =>
  sumOf(csms(scope), (row) => multiplyMicros(multiplyMicros(decimal(row, 'fte'), decimal(row, 'ramp_factor')), decimal(row, 'time_share')))

/** Accounts that somebody owned at the start of the period. The row of nobody asks for itself. */
const owned = (scope: Scope) => {
  const nobody = scope.question.where?.csm?.includes(NONE) ?? false
  return scope.accounts.filter((account) => nobody || scope.value(account.account, 'csm') !== NONE)
}

function weight(scope: Scope, account: string): Micros {
  const said = parseMicros(scope.value(account, 'load_weight'))
  return said === null || said < 0n ? 1_000_000n : said
}

const customers = (scope: Scope): number => owned(scope).filter((account) => isCustomer(scope, account, scope.until)).length

const arrPerCsm = (scope: Scope): Answer =>
  ratioOfMoney(
    sumOf(owned(scope), (account) => yearly(scope, account, scope.until)),
    fte(scope),
    'no_capacity',
    customers(scope),
  )

const loadedArr = (scope: Scope): Answer =>
  ratioOfMoney(
    sumOf(owned(scope), (account) => multiplyMicros(yearly(scope, account, scope.until), weight(scope, account.account))),
    effectiveFte(scope),
    'no_capacity',
    customers(scope),
  )

const accountsPerCsm = (scope: Scope): Answer => ratioOfMoney(BigInt(customers(scope)) * 1_000_000n, fte(scope), 'no_capacity', customers(scope))

/** Costs of keeping customers: whole months whose first day is in the period, at the rate of that day. */
function retentionCost(scope: Scope): Micros {
  const month = (row: Row) => cell(row, 'month').padEnd(10, '-01').slice(0, 10)
  const counts = scope.book.facts.cost.filter(
    (row) =>
      (cell(row, 'purpose') || 'retention') === 'retention' &&
      month(row) >= scope.from &&
      month(row) < scope.until &&
      (scope.book.asOf === null || month(row) <= scope.book.asOf),
  )
  return sumOf(counts, (row) =>
    scope.book.exchange.at(multiplyMicros(parseMicros(cell(row, 'amount')) ?? 0n, decimal(row, 'share')), cell(row, 'currency'), month(row)),
  )
}

function crc(scope: Scope): Answer {
  const retained = retainedCount(scope)
  return ratioOfMoney(retentionCost(scope), BigInt(retained) * 1_000_000n, 'none_retained', retained)
}

/** Cost of keeping one unit of recurring revenue for a month; months that are not whole are 365/12 days. */
function crcRatio(scope: Scope): Answer {
  const list = pairs(scope)
  const whole = wholeMonths(scope)
  const months = whole ?? (daysBetween(scope.from, scope.until) * 12) / 365
  return ratio(microsToNumber(retentionCost(scope)), microsToNumber(kept(list)) * months, 'none_retained', list.length)
}

export const teamMetrics = { arr_per_csm: arrPerCsm, loaded_arr_per_csm: loadedArr, accounts_per_csm: accountsPerCsm, crc, crc_ratio: crcRatio }
