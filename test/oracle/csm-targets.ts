import { divideHalfEven, microsToNumber, parseMicros } from '../../src/kernel/money.ts'
import type { Micros } from '../../src/kernel/money.ts'
import { addMonths, daysBetween } from '../../src/kernel/period.ts'
import type { Day } from '../../src/kernel/period.ts'
import { nothing, ratio, ratioOfMoney } from './answer.ts'
import type { Answer } from './answer.ts'
import { cell } from './company.ts'
import type { Row } from './company.ts'
import { groupBy } from './group.ts'
import { FxMissing } from './rates.ts'
import { renewedContracts } from './renewals.ts'
import { NONE, movementsIn, reported, sumOf, teamsOf, valueFor } from './scope.ts'
import type { Scope } from './scope.ts'
import { zoneDay } from './team-scope.ts'

interface Span {
  readonly csm: string
  readonly from: Day
  readonly until: Day
  readonly row: Row
}

const spanOf = (row: Row): Span => ({
  row,
  csm: cell(row, 'csm_id'),
  from: cell(row, 'starts_on'),
  until: addMonths(cell(row, 'starts_on'), Number(cell(row, 'months') || '3')),
})
const asked = (scope: Scope, { csm }: Span): boolean => {
  const { csm: csms, team: teams } = scope.question.where ?? {}
  return (csms?.includes(csm) ?? true) && (teams?.includes(valueFor(teamsOf(scope.book, csm), scope, scope.moment) || NONE) ?? true)
}
const amountOf = (scope: Scope, { row, from }: Span): Micros => scope.book.exchange.at(parseMicros(cell(row, 'amount')) ?? 0n, cell(row, 'currency'), from)

const quotas = (scope: Scope, kind: string): Span[] => scope.book.facts.quota.filter((row) => cell(row, 'kind') === kind).map(spanOf)

/** The parts of quotas that fall into the period, by days; what belongs to the days before a day is rounded once. */
const quotaSum = (scope: Scope, spans: readonly Span[]): Micros =>
  sumOf(
    spans.filter((span) => asked(scope, span) && span.from < scope.until && span.until > scope.from),
    (span) => {
      const whole = daysBetween(span.from, span.until)
      const elapsed = (day: Day): bigint => BigInt(Math.max(0, Math.min(whole, daysBetween(span.from, day))))
      const amount = amountOf(scope, span)
      return divideHalfEven(amount * elapsed(scope.until), BigInt(whole)) - divideHalfEven(amount * elapsed(scope.from), BigInt(whole))
    },
  )

/** Whether the account's owner at the opening has a target for the day. */
const covers = (scope: Scope, spans: readonly Span[], account: string, day: Day): boolean => {
  const csm = scope.value(account, 'csm')
  return csm !== NONE && spans.some((span) => span.csm === csm && day >= span.from && day < span.until)
}

const renewed = (scope: Scope, spans: readonly Span[]): Micros =>
  sumOf(
    renewedContracts(scope).filter(({ account, day }) => covers(scope, spans, account, day)),
    ({ day, now }) => scope.book.exchange.at(now.arr, now.currency, day),
  )

function renewalQuotaAttainment(scope: Scope): Answer {
  const spans = quotas(scope, 'renewal')
  return ratioOfMoney(renewed(scope, spans), quotaSum(scope, spans), 'no_quota', null)
}

function expansionQuotaAttainment(scope: Scope): Answer {
  const spans = quotas(scope, 'expansion')
  const lines = movementsIn(scope).filter(
    ({ movement }) => (movement.kind === 'expansion' || movement.kind === null) && covers(scope, spans, movement.account, movement.day),
  )
  if (lines.some(({ movement }) => movement.kind === null)) throw new FxMissing('the kind of a movement')
  return ratioOfMoney(
    sumOf(lines, ({ movement, parts }) =>
      reported(
        scope,
        movement.day,
        parts.map((part) => ({ ...part, native: part.yearly })),
      ),
    ),
    quotaSum(scope, spans),
    'no_quota',
    null,
  )
}

/** Of each CSM and first day the forecast said last before the months began, for months inside the period. */
function forecasts(scope: Scope): Span[] {
  const said = scope.book.facts.forecast.filter((row) => (zoneDay(scope, cell(row, 'frozen_at')) ?? '') <= cell(row, 'starts_on'))
  const last = [...groupBy(said, (row) => JSON.stringify([cell(row, 'csm_id'), cell(row, 'starts_on')])).values()].flatMap((rows) =>
    rows.sort((a, b) => Date.parse(cell(a, 'frozen_at')) - Date.parse(cell(b, 'frozen_at'))).slice(-1),
  )
  return last.map(spanOf).filter((span) => span.from >= scope.from && span.until <= scope.until)
}

function renewalForecastAccuracy(scope: Scope): Answer {
  const spans = forecasts(scope)
  const own = spans.filter((span) => asked(scope, span))
  const [forecast, actual] = [sumOf(own, (span) => amountOf(scope, span)), renewed(scope, spans)]
  if (own.length === 0) return nothing('no_forecast')
  if (actual === 0n) return nothing('nothing_renewed')
  const [f, a] = [microsToNumber(forecast), microsToNumber(actual)]
  return { ...ratio(f, a, 'nothing_renewed', own.length), value: 1 - Math.abs(f - a) / a }
}

export const csmTargetMetrics = {
  renewal_quota_attainment: renewalQuotaAttainment,
  expansion_quota_attainment: expansionQuotaAttainment,
  renewal_forecast_accuracy: renewalForecastAccuracy,
}
