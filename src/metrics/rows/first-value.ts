import { bySetting } from '../kit/option.ts'
import { feature } from '../../facts/feature.ts'
import { featureEntitlement } from '../../facts/feature-entitlement.ts'
import { featureEntitlementLedger } from '../../ledgers/feature-entitlement-ledger.ts'
import { featureLedger } from '../../ledgers/feature-ledger.ts'
import { mrrMovementLedger } from '../../ledgers/mrr-movement-ledger.ts'
import { signUpLedger } from '../../ledgers/sign-up-ledger.ts'
import { usageDayLedger } from '../../ledgers/usage-day-ledger.ts'
import { param, sql, trusted } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { elementsOf } from '../../ledgers/tuple.ts'
import { defineRowSet, inPeriods, optionOf } from '../kit/row-set.ts'
import type { Frame, RowSet } from '../kit/row-set.ts'
import { usesOf } from './features.ts'
import { IN_ORDER, byCountedAccount } from './use.ts'

/** Days are numbered from here, so that a day and its events are one number and sort fast. */
const EPOCH = trusted("toDate32('1925-01-01')")
const NEVER = trusted("toDate32('2299-12-31')")

/** When each account became a customer and when it left, each as a list of days in order. */
const stays = (frame: Frame): Sql => sql`
  SELECT account_id, arraySort(groupArrayIf(day, kind IN ('new', 'reactivation'))) AS joined, arraySort(groupArrayIf(day, kind = 'churn')) AS left_days
  FROM (SELECT DISTINCT account_id, day, kind FROM (${frame.ledger(mrrMovementLedger)}) WHERE head = 1 AND day < ${param('Date32', frame.asOf)})
  GROUP BY account_id`

/**
 * What a clock shows that ran from `started_on`: until the thing was reached, else until the account left, else until now.
 * Whoever reached it before the start was there at once.
 */
const clock = (frame: Frame): Sql => sql`
  reached_on <= left_on AND reached_on < ${param('Date32', frame.asOf)} AS reached,
  greatest(0, dateDiff('day', started_on, if(reached, reached_on, least(left_on, addDays(${param('Date32', frame.asOf)}, -1))))) AS days,
  reached AND reached_on < started_on AS early, NOT reached AND left_on < ${param('Date32', frame.asOf)} AS gone,
  if(reached, toNullable(reached_on), NULL) AS first_on, if(left_on < ${param('Date32', frame.asOf)}, toNullable(left_on), NULL) AS left_day`

const clockColumns: RowSet['columns'] = {
  started_on: { name: 'Start', kind: 'day' },
  first_on: { name: 'Reached', kind: 'day' },
  left_day: { name: 'Left', kind: 'day' },
  days: { name: 'Days', kind: 'number' },
  reached: { name: 'Has reached it', kind: 'boolean' },
}

/** The day from which the clock runs, and the first day after it on which the account left. */
function starts(frame: Frame): Sql {
  const left = sql`if(arrayExists(d -> d > started_on, s.left_days), arrayFirst(d -> d > started_on, s.left_days), ${NEVER}) AS left_on`
  return frame.settings.value_clock === 'sign_up'
    ? sql`SELECT a.account_id AS account_id, a.day AS started_on, ${left}
      FROM (${frame.ledger(signUpLedger)}) AS a
      LEFT JOIN (${stays(frame)}) AS s ON s.account_id = a.account_id`
    : sql`SELECT s.account_id AS account_id, s.joined[1] AS started_on, ${left} FROM (${stays(frame)}) AS s WHERE notEmpty(s.joined)`
}

export const firstValues = defineRowSet({
  id: 'first_values',
  says: 'One row per account whose clock began in the period, with when it first got value.',
  columns: clockColumns,
  consults: [featureLedger],
  options: { within_days: bySetting('activation_days', 'Days to the first value') },
  rows(frame) {
    const { period, rest } = inPeriods(frame, sql`started_on`)
    const value = sql`value_events > 0 OR feature IN (SELECT feature FROM (${frame.ledger(featureLedger)}) WHERE is_value = 1)`
    const first = byCountedAccount(
      frame,
      usageDayLedger,
      (rows) => sql`SELECT account_id, min(day) AS value_on FROM (${rows}) WHERE ${value} GROUP BY account_id ${IN_ORDER}`,
    )
    return sql`
      SELECT ${period} AS period, account_id, started_on, ${clock(frame)},
        addDays(started_on, ${param('Int32', Number(optionOf(frame, 'within_days')))}) < ${param('Date32', frame.asOf)} AS matured,
        reached AND days <= ${param('Int32', Number(optionOf(frame, 'within_days')))} AS in_time
      FROM (
        SELECT b.account_id AS account_id, b.started_on AS started_on, b.left_on AS left_on, if(v.account_id = '', ${NEVER}, v.value_on) AS reached_on
        FROM (${starts(frame)}) AS b LEFT JOIN (${first}) AS v ON v.account_id = b.account_id
      ) ${rest}`
  },
})

/**
 * Accounts with the features they may use, from when and until when: a feature open to all from its release, or from when
 * the account became a customer; another from its first entitlement on.
 */
function adoptionStarts(frame: Frame): Sql {
  const f = elementsOf('f', ['feature', 'released_on'])
  const features = frame.ledger(featureLedger)
  const left = sql`if(arrayExists(d -> d > started_on, s.left_days), arrayFirst(d -> d > started_on, s.left_days), ${NEVER})`
  return sql`
    SELECT s.account_id AS account_id, ${f.feature} AS feature, greatest(${f.released_on}, s.joined[1]) AS started_on, ${left} AS left_on
    FROM (${stays(frame)}) AS s ARRAY JOIN (SELECT groupArray((feature, released_on)) FROM (${features}) WHERE is_open = 1) AS f
    WHERE notEmpty(s.joined) AND arrayCount(d -> d <= started_on, s.joined) > arrayCount(d -> d <= started_on, s.left_days)
    UNION ALL
    SELECT g.account_id AS account_id, g.feature AS feature, g.day AS started_on, least(${left}, g.until) AS left_on
    FROM (
      SELECT account_id, toString(feature) AS feature, min(day) AS day, max(until) AS until FROM (${frame.ledger(featureEntitlementLedger)})
      WHERE feature NOT IN (SELECT feature FROM (${features}) WHERE is_open = 1) GROUP BY account_id, feature) AS g
    LEFT JOIN (${stays(frame)}) AS s ON s.account_id = g.account_id`
}

export const featureStarts = defineRowSet({
  id: 'feature_starts',
  says: 'One row per account and feature that it could use from a day of the period on, with when it had adopted it.',
  columns: { feature: { name: 'Feature', kind: 'text' }, ...clockColumns },
  own: { feature: 'feature' },
  consults: [featureLedger, featureEntitlementLedger],
  needs: [[feature, featureEntitlement]],
  options: { uses: bySetting('adoption_uses', 'Uses that make an adoption') },
  rows(frame) {
    const uses = usesOf(frame)
    const { period, rest } = inPeriods(frame, sql`started_on`)
    const adopted = byCountedAccount(
      frame,
      usageDayLedger,
      (rows) => sql`
        SELECT account_id, feature,
          addDays(${EPOCH},
            bitShiftRight(arrayFirst((f, n) -> n >= ${param('UInt32', uses)}, firsts, arrayCumSum(f -> bitAnd(f, 4294967295), firsts)), 32)) AS adopted_on
        FROM (
          SELECT account_id, toString(feature) AS feature,
            groupArraySorted(${trusted(String(uses))})(bitShiftLeft(toUInt64(dateDiff('day', ${EPOCH}, day)), 32) + events) AS firsts
          FROM (${rows}) WHERE feature != '' GROUP BY account_id, feature)
        WHERE arraySum(f -> bitAnd(f, 4294967295), firsts) >= ${param('UInt32', uses)}`,
    )
    return sql`
      SELECT ${period} AS period, account_id, feature, started_on, ${clock(frame)}
      FROM (
        SELECT b.account_id AS account_id, b.feature AS feature, b.started_on AS started_on, b.left_on AS left_on,
          if(a.account_id = '', ${NEVER}, a.adopted_on) AS reached_on
        FROM (${adoptionStarts(frame)}) AS b LEFT JOIN (${adopted}) AS a ON a.account_id = b.account_id AND a.feature = b.feature
      ) ${rest}`
  },
})
