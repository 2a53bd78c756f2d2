import { exchangeRate } from '../facts/exchange-rate.ts'
import { param, sql, trusted } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import { defineLedger } from './ledger.ts'
import { elementsOf } from './tuple.ts'

/** A currency that rates are crossed through ('' for a direct one), and the first day of a rate through it. */
const way = elementsOf('way', ['through', 'first'])

/** One decimal by another, to twelve places, half to even. */
const quotient = (over: string, under: string): Sql =>
  trusted(`CAST(roundBankers(divideDecimal(toDecimal256(${over}, 12), toDecimal256(${under}, 12), 30), 12), 'Decimal(38, 12)')`)

/** Native money at a rate, rounded once; the rate of the reporting currency is 1 and costs nothing. */
export const converted = (native: Sql, rate: Sql): Sql =>
  sql`if(${rate} = 1, ${native}, CAST(roundBankers(CAST(${native}, 'Decimal(76, 6)') * CAST(${rate}, 'Decimal(76, 12)'), 6), 'Decimal(38, 6)'))`

/**
 * Rates to the reporting currency. Until a direct one is known they are crossed through the alphabetically first currency
 * in which both are quoted, to twelve places: on every day on which either changed, the ratio of the two that hold.
 */
export const exchangeRateLedger = defineLedger({
  id: 'exchange_rate',
  says: 'What one unit of a currency was worth in the reporting currency, from a day until the next row of that currency.',
  placement: 'everywhere',
  isLookup: true,
  hasOwnRows: true,
  columns: {
    currency: { type: 'LowCardinality(String)', says: 'The currency' },
    day: { type: 'Date32', says: 'First day on which the rate holds' },
    until: { type: 'Date32', says: 'First day on which it no longer holds' },
    rate: { type: 'Decimal(38, 12)', says: 'Units of the reporting currency for one unit' },
  },
  orderBy: ['currency', 'day'],
  after: [],
  derive: ({ facts, settings }) => {
    const reporting = param('String', settings.reporting_currency)
    return sql`
    WITH quoted AS (
        SELECT toString(currency) AS base, toString(per) AS quote, date AS day, toDecimal128(assumeNotNull(rate), 12) AS price
        FROM (${facts(exchangeRate)}) WHERE rate > 0
        ORDER BY recorded_at DESC LIMIT 1 BY base, quote, day),
      own AS (SELECT base, quote, day, price FROM quoted WHERE quote != ${reporting} AND base != ${reporting}),
      pivot AS (SELECT quote, day, price FROM quoted WHERE base = ${reporting} AND quote != ${reporting}),
      points AS (
        SELECT base, quote, day FROM own
        UNION DISTINCT
        SELECT o.base AS base, o.quote AS quote, p.day AS day FROM (SELECT DISTINCT base, quote FROM own) AS o INNER JOIN pivot AS p ON p.quote = o.quote),
      crossed AS (
        SELECT t.base AS base, t.quote AS quote, t.day AS day, o.price AS price, p.price AS pivot_price
        FROM points AS t
        ASOF INNER JOIN own AS o ON o.base = t.base AND o.quote = t.quote AND o.day <= t.day
        ASOF INNER JOIN pivot AS p ON p.quote = t.quote AND p.day <= t.day),
      candidates AS (
        SELECT base AS priced, '' AS through, day, price AS worth FROM quoted WHERE quote = ${reporting}
        UNION ALL
        SELECT base AS priced, quote AS through, day, ${quotient('price', 'pivot_price')} AS worth FROM crossed
        UNION ALL
        SELECT quote AS priced, quote AS through, day, ${quotient('1', 'price')} AS worth FROM pivot),
      firsts AS (SELECT priced, groupArray((through, first)) AS ways
        FROM (SELECT priced, through, min(day) AS first FROM candidates GROUP BY priced, through) GROUP BY priced),
      rates AS (
        SELECT c.priced AS priced, c.day AS day, c.worth AS worth FROM candidates AS c INNER JOIN firsts AS f ON f.priced = c.priced
        WHERE NOT arrayExists(way -> ${way.through} < c.through AND ${way.first} <= c.day, f.ways))
    SELECT priced AS currency, day, leadInFrame(day, 1, toDate32('2299-12-31'))
      OVER (PARTITION BY priced ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS until, worth AS rate
    FROM rates
    UNION ALL
    SELECT ${reporting}, toDate32('1900-01-01'), toDate32('2299-12-31'), toDecimal128(1, 12)`
  },
})
