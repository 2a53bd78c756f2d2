import type { Micros } from '../../src/kernel/money.ts'
import { microsToNumber } from '../../src/kernel/money.ts'
import { addDays } from '../../src/kernel/period.ts'
import { count, money, ratioOfMoney } from './answer.ts'
import type { Answer } from './answer.ts'
import type { Kind } from './book.ts'
import { groupBy } from './group.ts'
import { FxMissing } from './rates.ts'
import { balance, isCustomer, movementsIn, reported, sumOf, yearly } from './scope.ts'
import type { Scope } from './scope.ts'
import { termMonths } from './terms.ts'

export const closing = (scope: Scope): Micros => sumOf(scope.accounts, (account) => balance(scope, account, scope.until))
export const opening = (scope: Scope): Micros => sumOf(scope.accounts, (account) => balance(scope, account, scope.from))
export const customersAt = (scope: Scope, boundary: string) => scope.accounts.filter((account) => isCustomer(scope, account, boundary))

/** n of a stock: customers. */
const mrr = (scope: Scope): Answer => money(closing(scope), customersAt(scope, scope.until).length)
const arr = (scope: Scope): Answer =>
  money(
    sumOf(scope.accounts, (account) => yearly(scope, account, scope.until)),
    customersAt(scope, scope.until).length,
  )

function arrContracted(scope: Scope): Answer {
  const long = 12_000_000n
  const amount = sumOf(scope.accounts, (account) => yearly(scope, account, scope.until, (holding) => termMonths(holding.version.row) >= long))
  const n = scope.accounts.filter((account) =>
    account.at(scope.until).some((holding) => holding.mrr > 0n && scope.keeps(holding) && termMonths(holding.version.row) >= long),
  )
  return money(amount, n.length)
}

/** State h days after the close, as the facts say it becomes, at the closing rate; `as_of` moves the close, not what is known. */
function mrrCommitted(scope: Scope): Answer {
  const boundary = addDays(scope.until, Number(scope.option('horizon_days', scope.book.settings.committed_horizon_days)))
  const held = scope.accounts.map((account) => account.ahead(boundary).filter((holding) => holding.mrr > 0n && scope.keeps(holding)))
  const amount = sumOf(held.flat(), (holding) => scope.book.exchange.atBoundary(holding.mrr, holding.currency, scope.until))
  return money(amount, held.filter((own) => own.length > 0).length)
}

/** Money of one kind of movement, positive; n counts movements. */
export function flow(scope: Scope, kind: Kind): { amount: Micros; n: number } {
  const lines = movementsIn(scope).filter(
    ({ movement }) => movement.kind === kind || (movement.kind === null && (kind === 'expansion' || kind === 'contraction')),
  )
  if (lines.some(({ movement }) => movement.kind === null)) throw new FxMissing(`the kind of a movement`)
  const signed = sumOf(lines, ({ movement, parts }) => reported(scope, movement.day, parts))
  const lost = kind === 'churn' || kind === 'contraction'
  return { amount: lost ? -signed : signed, n: lines.filter(({ movement }) => movement.counts).length }
}
const flowMetric =
  (kind: Kind) =>
  (scope: Scope): Answer => {
    const { amount, n } = flow(scope, kind)
    return money(amount, n)
  }

const signed = (scope: Scope): Micros => sumOf(movementsIn(scope), ({ movement, parts }) => reported(scope, movement.day, parts))
const counted = (scope: Scope): number => movementsIn(scope).filter(({ movement }) => movement.counts).length
const fxMrr = (scope: Scope): Answer => money(closing(scope) - opening(scope) - signed(scope), null)
const netNewMrr = (scope: Scope): Answer => {
  signed(scope)
  return money(closing(scope) - opening(scope), counted(scope))
}

/** Parts by reason: upsell, cross-sell, renewal, discount_expired ...; they add up to the value. */
function expansionRevenue(scope: Scope): Answer {
  const { amount, n } = flow(scope, 'expansion')
  const lines = movementsIn(scope).filter(({ movement }) => movement.kind === 'expansion')
  const parts = lines.flatMap(({ movement, parts }) => parts.map((part) => ({ cause: part.cause, amount: reported(scope, movement.day, [part]) })))
  return money(
    amount,
    n,
    Object.fromEntries([...groupBy(parts, (part) => part.cause)].map(([cause, list]) => [cause, microsToNumber(sumOf(list, (part) => part.amount))])),
  )
}

function quickRatio(scope: Scope): Answer {
  const of = (kind: Kind) => flow(scope, kind).amount
  return ratioOfMoney(of('new') + of('expansion') + of('reactivation'), of('contraction') + of('churn'), 'nothing_lost', counted(scope))
}

const customersLost = (scope: Scope): Answer => count(movementsIn(scope).filter(({ movement }) => movement.kind === 'churn').length)

function arpa(scope: Scope): Answer {
  const customers = customersAt(scope, scope.until).length
  return ratioOfMoney(closing(scope), BigInt(customers) * 1_000_000n, 'no_customers', customers)
}

export const ledgerMetrics = {
  mrr,
  arr,
  arr_contracted: arrContracted,
  mrr_committed: mrrCommitted,
  new_mrr: flowMetric('new'),
  expansion_mrr: flowMetric('expansion'),
  reactivation_mrr: flowMetric('reactivation'),
  contraction_mrr: flowMetric('contraction'),
  churned_mrr: flowMetric('churn'),
  fx_mrr: fxMrr,
  net_new_mrr: netNewMrr,
  expansion_revenue: expansionRevenue,
  quick_ratio: quickRatio,
  customers_lost: customersLost,
  arpa,
}
