import { addDays, addMonths } from '../../kernel/period.ts'
import { sql } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { confirmedOutcomeLedger } from '../../ledgers/confirmed-outcome-ledger.ts'
import { converted, exchangeRateLedger } from '../../ledgers/exchange-rate-ledger.ts'
import { mrrMovementLedger } from '../../ledgers/mrr-movement-ledger.ts'
import { outcomeLedger } from '../../ledgers/outcome-ledger.ts'
import { outcomeValueLedger } from '../../ledgers/outcome-value-ledger.ts'
import { revenueLedger } from '../../ledgers/revenue-ledger.ts'
import { elementsOf } from '../../ledgers/tuple.ts'
import { atEnds, days, defineRowSet, inPeriods } from '../kit/row-set.ts'
import type { Frame } from '../kit/row-set.ts'
import { asOf, customersAtEnd } from './customers.ts'
import { apartOf } from './survey-responses.ts'

const own = { outcome_type: 'type' }

const measured = elementsOf('measured', ['outcome', 'weight', 'attainment'])

/** The weighted mean of the attainments of an account whose measurement is young enough, in a fixed order. */
export function accountValues(frame: Frame, apart: Sql): Sql {
  const { period, rest } = atEnds(frame)
  const oldest = days(frame.periods.map(({ until }) => addDays(until, -Number(frame.settings.outcome_max_age_days))))
  return sql`
  SELECT toInt32(place_of) AS period, account_id, ${apart} count() AS outcomes,
    arraySort(groupArray((outcome_id, toFloat64(weight), toFloat64(attainment)))) AS all_measured,
    arraySum(arrayMap(measured -> ${measured.weight}, all_measured)) AS measured_weight,
    arraySum(arrayMap(measured -> ${measured.weight} * ${measured.attainment}, all_measured)) / measured_weight AS attained
  FROM (SELECT ${period} AS place_of, account_id, outcome_id, toString(type) AS type, weight, attainment, day
    FROM (${frame.ledger(outcomeValueLedger)}) ${rest})
  WHERE day >= ${oldest}[place_of + 1]
  GROUP BY ${apart} period, account_id HAVING measured_weight > 0`
}

/** Weight of all outcomes that stand, measured or not. */
function definedWeights(frame: Frame, apart: Sql): Sql {
  const { period, rest } = atEnds(frame)
  return sql`
  SELECT toInt32(place_of) AS period, account_id, ${apart} arraySum(arraySort(groupArray(toFloat64(weight)))) AS defined_weight
  FROM (SELECT ${period} AS place_of, account_id, toString(type) AS type, weight FROM (${frame.ledger(outcomeLedger)}) ${rest})
  GROUP BY ${apart} period, account_id`
}

export const outcomeAccounts = defineRowSet({
  id: 'outcome_accounts',
  says: 'One row per customer at the end of the period with outcomes measured lately: their weighted mean attainment.',
  columns: {
    outcomes: { name: 'Outcomes measured', kind: 'number' },
    attained: { name: 'Attainment', kind: 'number' },
    coverage: { name: 'Share of the weight of all outcomes', kind: 'number' },
  },
  own,
  rows(frame) {
    const apart = apartOf(frame, own)
    const same = frame.dimensions.includes('outcome_type') ? sql`AND d.type = v.type` : sql``
    return sql`
    SELECT v.*, least(1, v.measured_weight / d.defined_weight) AS coverage
    FROM (${accountValues(frame, apart)}) AS v
    LEFT JOIN (${definedWeights(frame, apart)}) AS d ON d.period = v.period AND d.account_id = v.account_id ${same}
    WHERE (period, account_id) IN (SELECT period, account_id FROM (${customersAtEnd(frame)}))`
  },
})

const lastYear = (frame: Frame): Frame => ({ ...frame, periods: frame.periods.map(({ until }) => ({ from: addMonths(until, -12), until })) })

/** What customers confirmed, and what they paid, each at the rate of its day. */
export const realizedValues = defineRowSet({
  id: 'realized_values',
  says: 'One row per account that confirmed value in the twelve months before the end of the period, with what it paid in them.',
  columns: {
    worth: { name: 'Value confirmed', kind: 'money' },
    paid: { name: 'Paid', kind: 'money' },
  },
  unrated: 'unrated',
  rows(frame) {
    const { period, rest } = inPeriods(lastYear(frame), sql`day`)
    return sql`
    SELECT v.period AS period, v.account_id AS account_id, v.worth AS worth, p.paid AS paid, v.unrated OR p.unrated AS unrated
    FROM (
      SELECT toInt32(place_of) AS period, account_id, sum(amount) AS worth, max(gap) AS unrated FROM (
        SELECT ${period} AS place_of, account_id, amount, gap FROM (
          SELECT c.account_id AS account_id, c.day AS day, ${converted(sql`c.native`, sql`r.rate`)} AS amount, r.rate = 0 AS gap
          FROM (SELECT account_id, day, toString(currency) AS currency, native FROM (${frame.ledger(confirmedOutcomeLedger)}) WHERE native > 0) AS c
          ASOF LEFT JOIN (SELECT toString(currency) AS currency, day, rate FROM (${frame.ledger(exchangeRateLedger)})) AS r
            ON r.currency = c.currency AND r.day <= c.day) ${rest})
      GROUP BY period, account_id) AS v
    LEFT JOIN (
      SELECT toInt32(place_of) AS period, account_id, sum(ifNull(amount, 0)) AS paid, max(isNull(amount)) AS unrated
      FROM (SELECT ${period} AS place_of, account_id, amount FROM (${frame.ledger(revenueLedger)}) ${rest}) GROUP BY period, account_id) AS p
      ON p.period = v.period AND p.account_id = v.account_id`
  },
})

/** Value that came before the first payment was reached at once; an account that leaves is watched until then. */
export const valueTimes = defineRowSet({
  id: 'value_times',
  says: 'One row per account that became a customer in the period, with the days until it first confirmed an outcome as reached.',
  columns: {
    day: { name: 'Became a customer', kind: 'day' },
    reached_on: { name: 'Confirmed', kind: 'day' },
    left_on: { name: 'Left', kind: 'day' },
    days: { name: 'Days', kind: 'number' },
    reached: { name: 'Reached', kind: 'boolean' },
  },
  rows(frame) {
    const { period, rest } = inPeriods(frame, sql`day`)
    return sql`
    SELECT n.period AS period, n.account_id AS account_id, n.day AS day, n.left_days AS left_days, c.day AS confirmed,
      arrayMin(arrayConcat(arrayFilter(x -> x > n.day AND x < ${asOf(frame)}, left_days), [addDays(${asOf(frame)}, -1)])) AS ends,
      c.account_id != '' AND confirmed <= ends AS reached, greatest(0, dateDiff('day', n.day, if(reached, confirmed, ends))) AS days,
      if(reached, toNullable(confirmed), NULL) AS reached_on, if(has(left_days, ends), toNullable(ends), NULL) AS left_on
    FROM (SELECT ${period} AS period, account_id, day, left_days FROM (
      SELECT account_id, minIf(movement_day, kind = 'new') AS day, arraySort(groupUniqArrayIf(movement_day, kind = 'churn')) AS left_days
      FROM (SELECT account_id, day AS movement_day, kind FROM (${frame.ledger(mrrMovementLedger)}) WHERE kind IN ('new', 'churn'))
      GROUP BY account_id HAVING countIf(kind = 'new') > 0) ${rest}) AS n
    LEFT JOIN (SELECT account_id, min(day) AS day FROM (${frame.ledger(confirmedOutcomeLedger)}) WHERE attainment = 1 GROUP BY account_id) AS c
      ON c.account_id = n.account_id`
  },
})
