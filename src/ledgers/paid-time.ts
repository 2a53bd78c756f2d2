/**
 * Paid time: from the versions of a subscription to the time in which each of them is paid for (C4, C13, C14, C16).
 *
 * In go versions in order, each with the instant `at` from which its terms hold and `next_at` of the version after it. Out come
 * those that hold for any time, with the price that is paid, whether anything is (`pays`), from when (`pays_from`), and when
 * paying stops (`stop_at`): at the end of service (`over_at`) or where it halts (`halt_at`), whichever comes first.
 *
 * What the rows say is not always what it means: a row may tell a free month as a trial, an end that lies before its start, or
 * a bill that is owed after a trial which nobody ever paid. Each version is therefore read beside those before it and after it.
 *
 * Example: 100 a month since 1 January, `past_due` since 8 March, 30 days of dunning. The second version pays, and halts on
 * 7 April: from then on the subscription is worth 0, and the account has lost 100 on that day.
 */
import type { Settings } from '../kernel/settings.ts'
import { param, sql, trusted } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import { elementsOf } from './tuple.ts'

export const FAR = trusted("toDateTime64('2299-12-31 00:00:00', 3, 'UTC')")

/** A stop is never before the terms begin: those whose end is not after their start hold for no time at all (C16). */
const notBefore = (instant: string): Sql => trusted(`greatest(assumeNotNull(${instant}), at)`)

/** When the subscription is over: at the end of paid service, else at the notice where the row says that it ended, else where that row begins (C13). */
function overAt(settings: Settings): Sql {
  const end = sql`multiIf(isNotNull(ends_at), ${notBefore('ends_at')}, status != 'ended', ${FAR}, isNotNull(canceled_at), ${notBefore('canceled_at')}, at)`
  return settings.churn_date === 'cancellation' ? sql`if(isNotNull(canceled_at), ${notBefore('canceled_at')}, ${end})` : end
}

const OWED_SINCE = 'ifNull(due_at, period_started_at)'

/** When paying halts though the subscription goes on: at a pause, or when dunning runs out (C14); never where no row says since when a bill is due. */
const haltAt = (settings: Settings): Sql => sql`multiIf(
  status = 'paused', if(isNull(paused_at), at, ${notBefore('paused_at')}),
  status = 'past_due' AND isNotNull(${trusted(OWED_SINCE)}), assumeNotNull(toTimeZone(${trusted(OWED_SINCE)}, ${param('String', settings.time_zone)}) +
    toIntervalDay(${param('UInt16', Number(settings.dunning_days))})),
  ${FAR})`

const TERMS = '(toString(status), product, plan, toString(currency), quantity, unit_amount, interval_months, toString(interval_unit), term_months)'
const IN_TERMS = ['status', 'product', 'plan', 'currency', 'quantity', 'unit_amount', 'interval_months', 'interval_unit', 'term_months'] as const
const [terms, returnsTo] = [elementsOf('terms', IN_TERMS), elementsOf('returns_to', IN_TERMS)]

/**
 * Versions of subscriptions, in order, each with the time in which it is paid for. Of `ordered` it takes those that hold for
 * any time; it adds `over_at`, `halt_at`, `stop_at` (the earlier of both), `pays_from`, `pays`, and the price that is paid.
 *
 * A row that is past due, paused or ended goes on with what was before: whoever was on trial, or on a free plan, then never
 * paid (C4). A trial of a subscription that is being paid for is a free month: a credit on the price it returns to.
 */
export const paidTime = (ordered: Sql, settings: Settings): Sql => {
  const before = trusted('(PARTITION BY subscription_id ORDER BY at, recorded_at, source_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)')
  const later = trusted('(PARTITION BY subscription_id ORDER BY at, recorded_at, source_id ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)')
  return sql`
    SELECT * EXCEPT (product, plan, currency, quantity, unit_amount, interval_months, interval_unit, term_months),
      ${terms.product} AS product, ${terms.plan} AS plan, ${terms.currency} AS currency, ifNull(${terms.quantity}, 1) AS quantity,
      ifNull(${terms.unit_amount}, 0) AS unit_amount, ifNull(${terms.interval_months}, 1) AS interval_months, ${terms.interval_unit} AS interval_unit,
      ${terms.term_months} AS term_months,
      status = 'active' OR is_credit OR (status IN ('past_due', 'ended', 'paused')
        AND anyLastIf(known_as, known_as IN ('active', 'trialing', 'free', 'never_paid')) OVER ${before} IN ('', 'active')
        AND NOT (status = 'past_due' AND NOT continues AND ifNull(trial_ends_at >= ${trusted(OWED_SINCE)}, 0))) AS pays,
      multiIf(is_credit, 'free_month', status = 'past_due' AND isNull(${trusted(OWED_SINCE)}), 'due_unknown', '') AS note
    FROM (
      SELECT *,
        anyLastIf(became, became NOT IN ('trialing', 'past_due')) OVER ${before} = 'active' AS continues,
        status = 'trialing' AND continues AS is_credit,
        if(trial_ends_at > at AND NOT continues, assumeNotNull(trial_ends_at), at) AS pays_from,
        multiIf(is_credit, 'active', status = 'active' AND pays_from > at AND pays_from >= least(next_at, over_at), 'trialing', toString(status)) AS known_as,
        argMinIf(own_terms, at, status != 'trialing') OVER ${later} AS returns_to,
        if(is_credit AND ${returnsTo.status} = 'active', returns_to, own_terms) AS terms
      FROM (
        SELECT *, ${trusted(TERMS)} AS own_terms, ${overAt(settings)} AS over_at, ${haltAt(settings)} AS halt_at, least(over_at, halt_at) AS stop_at,
          multiIf(over_at < next_at, 'ended', halt_at < next_at, 'paused', status = 'active' AND trial_ends_at >= next_at, 'trialing', toString(status))
            AS became
        FROM (${ordered}) WHERE at < next_at AND NOT after_notice))`
}
