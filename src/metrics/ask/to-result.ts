import type { Flag } from '../../kernel/words/flags.ts'
import { periodLabel } from '../../kernel/period.ts'
import type { Period } from '../../kernel/period.ts'
import { settingsHash } from '../../kernel/settings.ts'
import { isAlike } from './alike.ts'
import type { MetricDefinition } from '../kit/metric.ts'
import type { Reckoning } from '../kit/reckoning.ts'
import type { Result } from '../kit/result.ts'
import { madeOf } from '../kit/made.ts'
import type { Parts } from '../kit/value.ts'
import type { SettledQuestion } from './settle-question.ts'
import { gapsWithin } from './rate-gaps.ts'

/** A reckoning with the sums that it was computed from; no sums where the period has not begun. */
export interface Computed extends Reckoning {
  readonly parts: Parts | null
}

/** The record of a reckoning, beside that of the period compared with. */
export function toResult(
  asked: SettledQuestion,
  metric: MetricDefinition,
  wanted: Period,
  dims: readonly string[],
  now: Computed,
  before: (Computed & { period: Period; change_ci: readonly [number, number] | null }) | null,
): Result {
  const part = (reckoning: Computed, name: string | null): number | null => (name === null ? null : (reckoning.parts?.number[name] ?? null))
  const n = part(now, metric.n)
  const named = (period: Period): Result['period'] => ({ from: period.from, until: period.until, label: periodLabel(period) })
  const flags: Flag[] = [...(now.flags ?? [])]
  const alike = before === null || isAlike(asked, metric, wanted, before.period)
  if (now.parts !== null && wanted.until > asked.asOf) flags.push('partial')
  if (metric.unit === 'share' && n !== null && n > 0 && n < 30) flags.push('small_n')
  if (metric.settings.includes('dunning_days'))
    flags.push(...asked.book.notes.filter(({ from, until }) => from < wanted.until && wanted.from < until).map(({ note }) => note))
  return {
    metric: metric.id,
    version: metric.version,
    period: named(wanted),
    dims: Object.fromEntries(asked.scope.by.map((dimension, i) => [dimension, dims[i] ?? ''])),
    value: now.value,
    exact: now.value === null ? null : (now.exact ?? null),
    numerator: part(now, madeOf(metric, now).numerator),
    denominator: now.under ?? part(now, madeOf(metric, now).denominator),
    n,
    ci: now.ci === undefined || now.ci === null ? null : [now.ci[0], now.ci[1]],
    ci_method: now.ci_method ?? null,
    ci_says: now.ci === undefined || now.ci === null ? null : metric.intervalName,
    unit: metric.unit,
    currency: metric.unit === 'money' ? asked.book.settings.reporting_currency : null,
    null_reason: now.value === null ? (now.null_reason ?? 'no_data') : null,
    missing_rates: now.null_reason === 'fx_missing' ? gapsWithin(asked.book.rateGaps, wanted) : [],
    flags,
    parts: now.parts === null ? {} : { ...now.parts.number, ...now.beside },
    comparison:
      before === null
        ? null
        : {
            period: named(before.period),
            value: before.value,
            numerator: part(before, madeOf(metric, before).numerator),
            denominator: before.under ?? part(before, madeOf(metric, before).denominator),
            n: part(before, metric.n),
            alike,
            change: !alike || now.value === null || before.value === null ? null : now.value - before.value,
            change_ci: !alike || before.change_ci === null ? null : [before.change_ci[0], before.change_ci[1]],
          },
    settings_hash: settingsHash(asked.book.settings, metric.settings),
  }
}
