import type { Micros } from '../../src/kernel/money.ts'
import { divideHalfEven, microsToNumber } from '../../src/kernel/money.ts'

import { count, nothing, ratioOfMoney } from './answer.ts'
import type { Answer } from './answer.ts'
import { cell } from './company.ts'
import { customersAt } from './ledger-metrics.ts'
import { valueOfAccounts } from './outcomes.ts'
import { yearly } from './scope.ts'
import type { Scope } from './scope.ts'
import { indexed, lately, meanOf, rescaled, scores, shares } from './surveys.ts'
import { rowsOf, zoneDay } from './team-scope.ts'

interface Indexes {
  readonly ce: number | null
  readonly co: number | null
}

/** The weighted mean of what is there; nothing below half of the weight. */
function weighted(parts: readonly (number | null)[], weights: readonly number[]): number | null {
  const there = parts.flatMap((part, i) => (part === null ? [] : [{ part, weight: weights[i] ?? 0 }]))
  const all = there.reduce((sum, { weight }) => sum + weight, 0)
  return all < 0.5 - 1e-9 ? null : (100 * there.reduce((sum, { part, weight }) => sum + part * weight, 0)) / all
}

/** Who made a verified referral or served as a reference in the year before the close. */
function vouching(scope: Scope): ReadonlySet<string> {
  const year = (instant: string): boolean => lately(scope, 365, zoneDay(scope, instant))
  const referred = rowsOf(scope, 'referral').filter(({ row }) => {
    const won = zoneDay(scope, cell(row, 'converted_at'))
    return year(cell(row, 'referred_at')) && (cell(row, 'verified') === 'true' || (won !== null && won < scope.until))
  })
  const served = rowsOf(scope, 'advocacy_act').filter(({ row }) => cell(row, 'kind') === 'reference' && year(cell(row, 'acted_at')))
  return new Set([...referred, ...served].map(({ account }) => account))
}

function indexesOf(scope: Scope): (account: string) => Indexes {
  const { settings } = scope.book
  const days = Number(settings.feedback_max_age_days)
  const answers = scores(scope).filter(({ day }) => lately(scope, days, day))
  const responses = indexed(scope).filter(({ day }) => lately(scope, days, day))
  const [values, vouched] = [valueOfAccounts(scope), vouching(scope)]
  return (account) => {
    const mean = (kind: string) =>
      meanOf(answers.filter((one) => one.account === account && one.kind === kind && (kind !== 'nps' || one.relation === 'relationship')).map(rescaled))
    const csi = meanOf(responses.filter((one) => one.account === account).map(({ index }) => index))
    const word = vouched.has(account) ? 1 : mean('nps')
    return {
      ce: weighted([mean('csat'), mean('ces'), csi], shares(settings.ce_weights, 3)),
      co: weighted([values.get(account) ?? null, word], shares(settings.co_weights, 2)),
    }
  }
}

const byArr =
  (of: (indexes: Indexes) => number | null) =>
  (scope: Scope): Answer => {
    const customers = customersAt(scope, scope.until)
    if (customers.length === 0) return nothing('no_customers')
    const indexes = indexesOf(scope)
    let [above, below]: [Micros, Micros] = [0n, 0n]
    for (const account of customers) {
      const index = of(indexes(account.account))
      if (index === null) continue
      const arr = yearly(scope, account, scope.until)
      above += divideHalfEven(arr * BigInt(Math.round(index * 1e12)), 1_000_000_000_000n)
      below += arr
    }
    return { ...ratioOfMoney(above, below, 'low_coverage', null), numerator: microsToNumber(above) }
  }

/** Customers by both indexes, high from 70 on. */
function healthMap(scope: Scope): Answer {
  const customers = customersAt(scope, scope.until)
  const indexes = indexesOf(scope)
  const places = { thriving: 0, effort_gap: 0, value_gap: 0, at_risk: 0, unknown: 0 }
  for (const { account } of customers) {
    const { ce, co } = indexes(account)
    if (ce === null || co === null) places.unknown++
    else if (co >= 70) places[ce >= 70 ? 'thriving' : 'effort_gap']++
    else places[ce >= 70 ? 'value_gap' : 'at_risk']++
  }
  return count(customers.length, customers.length, places)
}

export const indexMetrics = {
  health_map: healthMap,
  ce_index: byArr(({ ce }) => ce),
  co_index: byArr(({ co }) => co),
  cs_index: byArr(({ ce, co }) => (ce === null || co === null ? null : (ce * co) / 100)),
}
