import { bySetting } from '../kit/option.ts'
import { feature } from '../../facts/feature.ts'
import { featureEntitlement } from '../../facts/feature-entitlement.ts'
import { featureEntitlementLedger } from '../../ledgers/feature-entitlement-ledger.ts'
import { featureLedger } from '../../ledgers/feature-ledger.ts'
import { usageDayLedger } from '../../ledgers/usage-day-ledger.ts'
import { settingList } from '../../kernel/settings.ts'
import { emptySql, param, sql } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { elementsOf } from '../../ledgers/tuple.ts'
import { defineRowSet, inPeriods, untils, optionOf } from '../kit/row-set.ts'
import type { Frame } from '../kit/row-set.ts'
import { byCountedAccount, distinctUsers, payers } from './use.ts'

/** A feature that an account was granted from one day until another. */
const grant = elementsOf('grant', ['feature', 'day', 'until'])
/** A feature with its users in a period. */
const use = elementsOf('use', ['feature', 'users'])

/** Uses of a feature from which on an account has adopted it. */
export const usesOf = (frame: Frame): number => Math.max(1, Number(optionOf(frame, 'uses')))

/**
 * Customers at the end of each period with the features they may use then: those that are open to all and released, and
 * those they have an entitlement for, described or not. With `core` only core ones. Columns: period, account_id, features, and
 * seats where asked for.
 */
function entitled(frame: Frame, core: boolean, withSeats: boolean): Sql {
  const features = sql`SELECT feature, released_on, is_open FROM (${frame.ledger(featureLedger)}) ${core ? sql`WHERE is_core = 1` : emptySql}`
  // Once per period, not once per customer: an array made anew in every row costs more than all the counting.
  const open = sql`
    SELECT toUInt16(place) AS period, arraySort(groupArray(feature)) AS features
    FROM (${features}) ARRAY JOIN range(${param('UInt16', frame.periods.length)}) AS place
    WHERE is_open = 1 AND released_on < ${untils(frame)}[place + 1] GROUP BY period`
  const end = sql`${untils(frame)}[c.period + 1]`
  const inForce = sql`arrayMap(grant -> ${grant.feature}, arrayFilter(grant -> ${grant.day} < ${end} AND ${grant.until} >= ${end}, g.granted))`
  return sql`
    SELECT c.period AS period, c.account_id AS account_id,
      ${withSeats ? sql`c.seats AS seats,` : emptySql}
      if(empty(g.granted), o.features, arraySort(arrayDistinct(arrayConcat(o.features, ${inForce})))) AS features
    FROM (${payers(frame, withSeats ? seats(frame) : emptySql)}) AS c
    LEFT JOIN (${open}) AS o ON o.period = c.period
    LEFT JOIN (
      SELECT account_id, groupArray((toString(feature), day, until)) AS granted FROM (${frame.ledger(featureEntitlementLedger)})
      ${core ? sql`WHERE feature IN (SELECT feature FROM (${features}))` : emptySql} GROUP BY account_id) AS g ON g.account_id = c.account_id`
}

const adoptionColumns = {
  adopted: { name: 'Features adopted', kind: 'number' },
  entitled: { name: 'Features entitled to', kind: 'number' },
  adopted_features: { name: 'Adopted', kind: 'text' },
} as const

export const featureAdoption = defineRowSet({
  id: 'feature_adoption',
  says: 'One row per customer at the end of the period that may use a feature, with the features it used often enough in the period.',
  columns: adoptionColumns,
  fine: ['feature'],
  distinct: true,
  consults: [featureLedger, featureEntitlementLedger],
  needs: [[feature, featureEntitlement]],
  options: { uses: bySetting('adoption_uses', 'Uses within the 28 days that make an adoption') },
  rows(frame) {
    const { period, rest } = inPeriods(frame, sql`day`)
    const used = byCountedAccount(
      frame,
      usageDayLedger,
      (rows) => sql`
        SELECT account_id, period, groupArray(feature) AS used FROM (
          SELECT account_id, period, toString(feature) AS feature, sum(events) AS uses
          FROM (SELECT ${period} AS period, account_id, feature, events FROM (${rows}) ${rest} AND feature != '')
          GROUP BY account_id, period, feature HAVING uses >= ${param('UInt32', usesOf(frame))})
        GROUP BY account_id, period`,
    )
    const [kept] = frame.kept
    const shown = kept === undefined ? sql`e.features` : sql`arrayFilter(f -> has(${param('Array(String)', kept.values)}, f), e.features)`
    const rows = sql`
      SELECT e.period AS period, e.account_id AS account_id, ${shown} AS may_use, arraySort(arrayFilter(f -> has(may_use, f), u.used)) AS does_use
      FROM (${entitled(frame, false, false)}) AS e LEFT JOIN (${used}) AS u ON u.account_id = e.account_id AND u.period = e.period`
    return frame.fine.includes('feature')
      ? sql`SELECT period, account_id, feature, has(does_use, feature) AS adopted, 1 AS entitled, if(adopted, feature, '') AS adopted_features FROM (${rows})
        ARRAY JOIN may_use AS feature`
      : sql`SELECT period, account_id, length(does_use) AS adopted, length(may_use) AS entitled, arrayStringConcat(does_use, ', ') AS adopted_features
        FROM (${rows}) WHERE entitled > 0`
  },
})

/** Seats are the quantity of one product: an add-on is sold to those who already sit. */
function seats(frame: Frame): Sql {
  const products = settingList(frame.settings.seat_products)
  return products.length === 0
    ? sql`, arrayMax(mapValues(sumMap(map(product, quantity)))) AS seats`
    : sql`, sumIf(quantity, lower(product) IN ${param('Array(String)', products)}) AS seats`
}

export const coreUse = defineRowSet({
  id: 'core_use',
  says: 'One row per customer at the end of the period: its paid seats, its active users, and the users of each core feature it may use.',
  columns: {
    seats: { name: 'Paid seats', kind: 'number' },
    users: { name: 'Active users', kind: 'number' },
    core_entitled: { name: 'Core features entitled to', kind: 'number' },
    core_used: { name: 'Core features used', kind: 'number' },
    core_users: { name: 'Users of core features, added up', kind: 'number' },
  },
  consults: [featureLedger, featureEntitlementLedger],
  rows(frame) {
    const core = sql`AND feature IN (SELECT feature FROM (${frame.ledger(featureLedger)}) WHERE is_core = 1)`
    const users = byCountedAccount(frame, usageDayLedger, (rows) => distinctUsers(frame, rows, [], emptySql))
    const ofFeatures = byCountedAccount(frame, usageDayLedger, (rows) => distinctUsers(frame, rows, ['feature'], core))
    return sql`
      SELECT e.period AS period, e.account_id AS account_id, e.seats AS seats, u.users AS users, length(e.features) AS core_entitled,
        length(arrayFilter(use -> has(e.features, ${use.feature}), f.used) AS counted) AS core_used,
        arraySum(arrayMap(use -> ${use.users}, counted)) AS core_users
      FROM (${entitled(frame, true, true)}) AS e
      LEFT JOIN (SELECT account_id, period, users FROM (${users})) AS u ON u.account_id = e.account_id AND u.period = e.period
      LEFT JOIN (SELECT account_id, period, groupArray((toString(feature), users)) AS used FROM (${ofFeatures}) GROUP BY account_id, period) AS f
        ON f.account_id = e.account_id AND f.period = e.period`
  },
})
