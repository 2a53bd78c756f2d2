import { discount } from '../facts/discount.ts'
import { subscriptionVersion } from '../facts/subscription-version.ts'
import type { Settings } from '../kernel/settings.ts'
import { param, sql } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import { accountLedger } from './account-ledger.ts'
import { countedVersions } from './counted.ts'
import { defineLedger } from './ledger.ts'
import type { Derivation } from './ledger.ts'
import { meteredMonths } from './metered.ts'
import { FAR, paidTime } from './paid-time.ts'
import { MONTHLY, discountsInMrr, monthly, netOf } from './price.ts'
import { elementsOf } from './tuple.ts'

/** The status of a version as it counts: ended where the version stops by itself; active where it says ended or paused but is paid for until later. */
const STATUS = sql`multiIf(point >= next_at OR point >= over_at, 'ended', point >= halt_at, if(status = 'past_due', 'delinquent', 'paused'),
  pays AND point < pays_from, 'trialing', pays AND status IN ('ended', 'paused'), 'active', toString(status))`

/** A discount on a subscription, as `reductions` holds it. */
const r = elementsOf('r', ['starts_at', 'ends_at', 'percent', 'amount', 'currency'])
/** How a subscription stands at the end of a day, and at the end of the day before. */
const STANDING = ['status', 'product', 'plan', 'currency', 'mrr', 'quantity', 'unit_amount', 'term_months', 'note', 'arr'] as const
const [last, before] = [elementsOf('last', STANDING), elementsOf('before', STANDING)]

/** The reason in a row that gives notice or says ended is the reason of the end; in any other row it is why these terms began. */
const GIVEN = sql`multiIf(point = at, if(tells_end AND over_at > at, '', reason), point = next_at, '~end',
  point = over_at, if(tells_end AND reason != '', reason, '~end'), point = halt_at, if(status = 'past_due', 'delinquent', 'pause'), point = pays_from, '',
  arrayExists(r -> ${r.ends_at} = point, reductions), 'discount_expired', 'discount')`

export const subscriptionDayLedger = defineLedger({
  id: 'subscription_day',
  says: 'The terms of one subscription at the close of a local day on which they changed, until the next such day.',
  placement: 'account',
  columns: {
    account_id: { type: 'String', says: 'Account it counts for, merges followed' },
    subscription_id: { type: 'String', says: 'The subscription' },
    day: { type: 'Date32', says: 'Local day at whose close these terms hold' },
    until: { type: 'Date32', says: 'The next day on which they changed' },
    status: { type: 'LowCardinality(String)', says: 'Status at the close of the day; delinquent when dunning ran out' },
    product: { type: 'LowCardinality(String)', says: 'Product' },
    plan: { type: 'LowCardinality(String)', says: 'Plan' },
    currency: { type: 'LowCardinality(String)', says: 'Billing currency' },
    mrr: { type: 'Decimal(38, 6)', says: 'Monthly recurring revenue in the billing currency, net of discounts in MRR' },
    arr: { type: 'Decimal(38, 6)', says: 'What they come to in a year: from the price, not from MRR that was rounded' },
    quantity: { type: 'Decimal(38, 6)', says: 'Units' },
    unit_amount: { type: 'Decimal(38, 6)', says: 'Price of one unit for one interval' },
    term_months: { type: 'Decimal(38, 6)', says: 'Committed months of the contract' },
    cause: { type: 'LowCardinality(String)', says: 'Why the terms changed; "~start" and "~end" where only the account as a whole can tell' },
    note: { type: 'LowCardinality(String)', says: 'due_unknown: past due, and no row says since when; free_month: a trial of what is being paid for' },
  },
  orderBy: ['account_id', 'subscription_id', 'day'],
  after: [accountLedger],
  derive: (from) => {
    const { settings } = from
    return sql`
    WITH
      discounts AS (
        SELECT subscription_id, groupArray((starts_at, ifNull(ends_at, ${FAR}), ifNull(percent, 0), ifNull(amount, 0), toString(currency))) AS reductions
        FROM (${from.facts(discount)}) WHERE ${discountsInMrr(settings)} GROUP BY subscription_id),
      versions AS (SELECT *, ${versionInstant(settings)} AS at FROM (${countedVersions(from, subscriptionVersion)})),
      ordered AS (
        SELECT *,
          leadInFrame(at, 1, ${FAR}) OVER w AS next_at,
          leadInFrame(account_id, 1, '') OVER w AS next_account,
          ${supersededByNotice(settings)} AS after_notice
        FROM versions
        WINDOW w AS (PARTITION BY subscription_id ORDER BY at, recorded_at, source_id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)),
      spans AS (SELECT s.*, d.reductions AS reductions FROM (${paidTime(
        sql`SELECT *
        FROM ordered`,
        settings,
      )}) AS s LEFT JOIN discounts AS d ON d.subscription_id = s.subscription_id),
      points AS (
        SELECT account_id, subscription_id, status, product, plan, currency, quantity, unit_amount, interval_months, interval_unit, amount_per,
          term_months, reason, note,
          at, pays_from, over_at, halt_at, stop_at, next_at, reductions, pays, status = 'ended' OR isNotNull(canceled_at) AS tells_end,
          arrayJoin(arraySort(arrayDistinct(arrayConcat([at], arrayFilter(x -> x > at AND x < next_at, [pays_from, over_at, halt_at]),
          if(next_account NOT IN ('', account_id), [next_at], []),
            arrayFilter(x -> pays AND x > pays_from AND x < least(next_at, stop_at),
            arrayConcat(arrayMap(r -> ${r.starts_at}, reductions), arrayMap(r -> ${r.ends_at}, reductions))))))) AS point
        FROM spans),
      priced AS (
        SELECT *, ${MONTHLY} AS monthly,
          arraySum(arrayMap(r -> if(${r.starts_at} <= point AND point < ${r.ends_at}, ${r.percent}, 0), reductions)) AS percent_off,
          arraySum(arrayMap(r -> if(${r.starts_at} <= point AND point < ${r.ends_at} AND ${r.currency} IN ('', currency), ${r.amount}, 0), reductions)) AS
            amount_off,
          pays AND point >= pays_from AND point < stop_at AND point < next_at AS paying,
          ${GIVEN} AS given
        FROM points),
      daily AS (
        SELECT account_id, subscription_id, toDate32(toTimeZone(point, ${param('String', settings.time_zone)})) AS day,
          argMax((${STATUS}, product, plan, currency, if(paying, ${netOf(sql`1`)}, 0), quantity, unit_amount,
            toDecimal128(if(term_months > 0, assumeNotNull(term_months), interval_months * ${monthly.months} / ${monthly.intervals}), 6), if(paying, note, ''),
            if(paying, ${netOf(sql`12`)}, 0)), point) AS last,
          argMaxIf(given, point, given != '') AS given
        FROM priced GROUP BY account_id, subscription_id, day
        ${settings.usage_in_mrr === 'none' ? sql`` : sql`UNION ALL ${meteredDays(from)}`}),
      lagged AS (
        SELECT *, lagInFrame(last, 1) OVER w AS before, row_number() OVER w = 1 AS is_first,
          leadInFrame(day, 1, toDate32('2299-12-31')) OVER w AS until
        FROM daily WINDOW w AS (PARTITION BY account_id, subscription_id ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING))
    SELECT account_id, subscription_id, day, until, ${last.status} AS status, ${last.product} AS product, ${last.plan} AS plan,
      ${last.currency} AS currency, ${last.mrr} AS mrr,
      ${last.quantity} AS quantity, ${last.unit_amount} AS unit_amount, ${last.term_months} AS term_months, ${last.note} AS note,
      if(mrr = 0, 0, ${last.arr}) AS arr,
      multiIf(given != '', given,
        is_first, '~start',
        ${before.status} = 'trialing' AND ${before.mrr} = 0 AND ${last.mrr} > 0, 'trial_converted',
        ${last.status} = 'paused', 'pause',
        ${before.status} = 'paused' AND ${last.mrr} > 0, 'resume',
        ${before.status} = 'delinquent' AND ${last.mrr} > 0, 'payment_recovered',
        ${last.status} = 'free', 'downgraded_to_free',
        ${last.mrr} = 0, '~end',
        ${before.mrr} = 0, '~start',
        ${before.currency} != ${last.currency}, 'currency_change',
        ${before.product} != ${last.product} OR ${before.plan} != ${last.plan}, 'plan',
        ${before.quantity} != ${last.quantity}, 'quantity',
        'price') AS cause
    FROM lagged`
  },
})

/** The metered part of MRR in the shape of `daily`. */
const meteredDays = (from: Derivation): Sql => sql`
  SELECT account_id, subscription_id, day,
    (if(mrr > 0, 'active', 'ended'), '', '', currency, mrr, toDecimal128(1, 6), toDecimal128(0, 6), toDecimal128(1, 6), '', arr) AS last, '' AS given
  FROM (${meteredMonths(from)})`

/** Under churn_date = cancellation a version that ends takes effect when notice was given. */
function versionInstant(settings: Settings): Sql {
  return settings.churn_date === 'cancellation'
    ? sql`if(status = 'ended' AND canceled_at < effective_at, assumeNotNull(canceled_at), effective_at)`
    : sql`effective_at`
}

/** ... and versions between the notice and the end no longer count. */
function supersededByNotice(settings: Settings): Sql {
  return settings.churn_date === 'cancellation'
    ? sql`minIf(assumeNotNull(canceled_at), status = 'ended' AND isNotNull(canceled_at))
      OVER (PARTITION BY subscription_id ORDER BY effective_at ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) BETWEEN
        toDateTime64('1971-01-01 00:00:00', 3, 'UTC') AND at`
    : sql`0`
}
