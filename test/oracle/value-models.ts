import type { Micros } from '../../src/kernel/money.ts'
import { microsToNumber, multiplyMicros, parseMicros } from '../../src/kernel/money.ts'
import { addDays, addMonths, daysBetween } from '../../src/kernel/period.ts'
import type { Day } from '../../src/kernel/period.ts'
import { fitShiftedBetaGeometric as fitShiftedBetaGeometricSteps, sbgDiscountedPayments } from '../../src/statistics/shifted-beta-geometric.ts'
import { money, nothing, ratioOfMoney } from './answer.ts'
import type { Answer } from './answer.ts'
import { openRequests } from './advocacy.ts'
import { cell } from './company.ts'
import type { Row } from './company.ts'
import { groupBy } from './group.ts'
import { customersAt } from './ledger-metrics.ts'
import { FxMissing } from './rates.ts'
import { retainedCount } from './retention.ts'
import { amountOf, chargeDay, kindOf, revenue } from './revenue.ts'
import { movementsIn, reported, sumOf, yearly } from './scope.ts'
import type { Scope } from './scope.ts'
import { scores } from './surveys.ts'
import { knownUntil, rowsOf, within, zoneDay } from './team-scope.ts'
import { atOnce } from '../at-once.ts'

const fitShiftedBetaGeometric = atOnce(fitShiftedBetaGeometricSteps)

/** Costs of a purpose whose month begins in the period, at that day's rate. */
function costs(scope: Scope, purpose: string): Micros {
  const month = (row: Row): Day => cell(row, 'month').padEnd(10, '-01').slice(0, 10)
  const rows = scope.book.facts.cost.filter((row) => (cell(row, 'purpose') || 'retention') === purpose && within(scope, month(row)))
  return sumOf(rows, (row) =>
    scope.book.exchange.at(
      multiplyMicros(parseMicros(cell(row, 'amount')) ?? 0n, parseMicros(cell(row, 'share') || '1') ?? 0n),
      cell(row, 'currency'),
      month(row),
    ),
  )
}

function crcToCac(scope: Scope): Answer {
  const [keeping, winning] = [microsToNumber(costs(scope, 'retention')), microsToNumber(costs(scope, 'acquisition'))]
  const [retained, won] = [retainedCount(scope), movementsIn(scope).filter(({ movement }) => movement.kind === 'new' && movement.counts).length]
  if (retained === 0) return nothing('none_retained')
  if (won === 0 || winning === 0) return nothing('cac_unknown')
  return { value: keeping / retained / (winning / won), exact: null, numerator: null, denominator: null, n: retained, null_reason: null, parts: {} }
}

/** Revenue of the customers of the opening; or expansion near a deal that a CSM or a playbook brought about. */
function contribution(scope: Scope): Answer {
  if (scope.option('part', 'revenue') === 'revenue') {
    const existing = new Set(customersAt(scope, scope.from).map(({ account }) => account))
    const each = scope.accounts.map((account) => ({ account: account.account, amount: revenue(scope, account).amount }))
    return ratioOfMoney(
      sumOf(
        each.filter(({ account }) => existing.has(account)),
        ({ amount }) => amount,
      ),
      sumOf(each, ({ amount }) => amount),
      'no_revenue',
      null,
    )
  }
  const deals = rowsOf(scope, 'opportunity').filter(({ row }) => ['csm', 'playbook'].includes(cell(row, 'sourced_by')) && cell(row, 'won_at') !== '')
  const days = Number(scope.book.settings.expansion_attribution_days)
  const near = (account: string, day: Day): boolean =>
    deals.some((deal) => {
      const won = zoneDay(scope, cell(deal.row, 'won_at')) ?? ''
      return deal.account === account && won < knownUntil(scope) && Math.abs(daysBetween(won, day)) <= days
    })
  const lines = movementsIn(scope)
  if (lines.some(({ movement }) => movement.kind === null)) throw new FxMissing('the kind of a movement')
  const expansions = lines.filter(({ movement }) => movement.kind === 'expansion')
  const amount = (list: typeof expansions): Micros => sumOf(list, ({ movement, parts }) => reported(scope, movement.day, parts))
  return ratioOfMoney(amount(expansions.filter(({ movement }) => near(movement.account, movement.day))), amount(expansions), 'no_expansion', null)
}

function arrLinked(scope: Scope): Answer {
  const asked = new Set(
    openRequests(scope)
      .filter(({ blocking }) => blocking || scope.option('blocking', 'any') === 'any')
      .map(({ account }) => account),
  )
  return money(
    sumOf(
      customersAt(scope, scope.until).filter(({ account }) => asked.has(account)),
      (account) => yearly(scope, account, scope.until),
    ),
    null,
  )
}

/** Retention over 90 days of those who were loyal before an incident less that of the others it reached, in points. */
function crisisGap(scope: Scope): Answer {
  const answers = scores(scope).filter(({ kind, relation }) => kind === 'nps' && relation === 'relationship')
  const groups = { loyal: [0, 0] as [number, number], other: [0, 0] as [number, number] }
  for (const own of groupBy(rowsOf(scope, 'incident'), ({ account, row }) => JSON.stringify([account, cell(row, 'incident_id')])).values()) {
    const name = own[0]?.account
    const day = own.map(({ row }) => zoneDay(scope, cell(row, 'started_at')) ?? '').sort()[0] ?? ''
    const account = scope.accounts.find((one) => one.account === name)
    const pays = (boundary: Day): boolean => account?.at(boundary).some((holding) => holding.mrr > 0n) ?? false
    if (!within(scope, day) || addDays(day, 90) > knownUntil(scope) || !pays(day)) continue
    const before = answers.filter((one) => one.account === name && one.day >= addDays(day, -180) && one.day < day).map(({ score }) => score)
    const group = before.length > 0 && before.reduce((sum, score) => sum + score, 0) >= 9 * before.length ? groups.loyal : groups.other
    group[0] += pays(addDays(day, 90)) ? 1 : 0
    group[1] += 1
  }
  const { loyal, other } = groups
  if (loyal[1] < 5 || other[1] < 5) return nothing('group_too_small')
  return { value: 100 * (loyal[0] / loyal[1] - other[0] / other[1]), exact: null, numerator: null, denominator: null, n: null, null_reason: null, parts: {} }
}

/** How many of those who joined in the period are left at each age that they can have, those of one age together. */
function cohortValue(scope: Scope): Answer {
  const step = scope.option('age', 'month') === 'year' ? 12 : 1
  const last = addDays(knownUntil(scope), -1)
  const lives = scope.accounts.flatMap((account) =>
    account.movements
      .filter(({ kind, day }) => kind === 'new' && within(scope, day))
      .map((joined) => {
        const left =
          account.movements
            .filter(({ kind, day }) => kind === 'churn' && day > joined.day && day <= last)
            .map(({ day }) => day)
            .sort()[0] ?? null
        let [age, gone] = [0, Infinity]
        while (addMonths(joined.day, step * (age + 1)) <= last) age++
        if (left !== null) for (gone = 1; addMonths(joined.day, step * gone) < left;) gone++
        return { base: reported(scope, joined.day, joined.components), age, gone }
      }),
  )
  if (lives.length === 0) return nothing('empty_cohort')
  if (!lives.some(({ age }) => age >= 3)) return nothing('too_few_ages')
  const alive = [
    ...groupBy(
      lives.sort((a, b) => a.age - b.age),
      ({ age }) => String(age),
    ).values(),
  ].map((same) => Array.from({ length: (same[0]?.age ?? 0) + 1 }, (_, at) => same.filter(({ gone }) => gone > at).length))
  const fit = fitShiftedBetaGeometric(alive)
  if (fit === null) return nothing('no_churn')
  const payments = sbgDiscountedPayments(fit, (1 + Number(scope.book.settings.clv_discount_rate)) ** (step / 12) - 1)
  if (payments === null) return nothing('no_end')
  const each = microsToNumber(sumOf(lives, ({ base }) => base)) / lives.length
  return {
    value: Number(scope.book.settings.gross_margin) * each * step * payments,
    exact: null,
    numerator: null,
    denominator: null,
    n: lives.length,
    null_reason: null,
    parts: {},
  }
}

/** The random companies are far too small for a model of repeat buyers; all that can be said of them is that. */
function repeatBuyerValue(scope: Scope): Answer {
  const buyers = scope.accounts.filter((account) => {
    const free = (row: Row): boolean =>
      ['one_off', 'usage'].includes(kindOf(row)) ||
      (kindOf(row) === 'recurring' && account.timelines.every((timeline) => timeline.days.every((day) => (timeline.at(day)?.mrr ?? 0n) === 0n)))
    return (
      new Set(
        account.charges
          .filter((row) => free(row) && amountOf(row) > 0n)
          .map((row) => chargeDay(scope, row))
          .filter((day) => day < scope.until),
      ).size >= 2
    )
  })
  if (buyers.length >= 200) throw new Error('the oracle has no model of repeat buyers')
  return nothing('too_few_repeat_buyers')
}

export const valueModelMetrics = {
  crc_to_cac: crcToCac,
  cs_revenue_contribution: contribution,
  arr_linked_to_request: arrLinked,
  crisis_retention_gap: crisisGap,
  clv_sbg: cohortValue,
  clv_bgnbd: repeatBuyerValue,
}
