import { charge } from '../facts/charge.ts'
import { param, sql, trusted } from '../kernel/sql.ts'
import { accountLedger } from './account-ledger.ts'
import { countedVersions } from './counted.ts'
import { exchangeRateLedger } from './exchange-rate-ledger.ts'
import { defineLedger } from './ledger.ts'
import { atRate } from './mrr-movement-ledger.ts'
import { elementsOf } from './tuple.ts'

/** What of a charge counts on one day. */
const share = elementsOf('share', ['day', 'native', 'amount'])

/**
 * Charges and refunds without tax and voided bills, at the rate of the day they were billed. Under revenue_basis =
 * recognised a charge with service dates is spread over its days; the shares of a charge always add up to it.
 */
export const revenueLedger = defineLedger({
  id: 'revenue',
  says: 'One charge or refund (or one day of its service, when revenue is recognised) of one account.',
  placement: 'account',
  columns: {
    account_id: { type: 'String', says: 'The account' },
    day: { type: 'Date32', says: 'Local day on which it counts' },
    charge_id: { type: 'String', says: 'The charge' },
    billed_on: { type: 'Date32', says: 'Local day on which it was billed' },
    kind: { type: 'LowCardinality(String)', says: 'recurring, one_off, usage or refund' },
    subscription_id: { type: 'String', says: 'Subscription, where known' },
    product: { type: 'LowCardinality(String)', says: 'Product, where known' },
    covers_months: { type: 'Nullable(Decimal(38, 6))', says: 'Months of service it pays for, where known' },
    currency: { type: 'LowCardinality(String)', says: 'Currency of the bill' },
    native: { type: 'Decimal(38, 6)', says: 'Amount net of tax' },
    amount: { type: 'Nullable(Decimal(38, 6))', says: 'The same at the rate of the day it was billed; null where none was known' },
  },
  orderBy: ['account_id', 'day'],
  after: [accountLedger, exchangeRateLedger],
  derive: (from) => {
    const recognised = from.settings.revenue_basis === 'recognised'
    const ofDay = (whole: string): string =>
      `CAST(roundBankers(toDecimal256(${whole}, 20) * (i + 1) / days, 6) - roundBankers(toDecimal256(${whole}, 20) * i / days, 6), 'Decimal(38, 6)')`
    const spread = sql`if(service_from < service_until,
      arrayMap(i -> (service_from + i, ${trusted(ofDay('billed'))}, if(isNull(worth), NULL, ${trusted(ofDay('assumeNotNull(worth)'))})),
      range(toUInt64(days))), [(billed_on, billed, worth)])`
    return sql`
    WITH billed AS (
        SELECT c.account_id AS account_id, c.charge_id AS charge_id, c.kind AS kind, c.subscription_id AS subscription_id, c.product AS product,
          c.covers_months AS covers_months, c.currency AS currency, c.billed AS billed, c.billed_on AS billed_on, c.service_from AS service_from,
          c.service_until AS service_until, r.rate AS rate, if(service_from < service_until,
            toInt64(assumeNotNull(dateDiff('day', service_from, service_until))), 1) AS days,
          ${atRate('billed', 'rate')} AS worth
        FROM (
          SELECT *, toString(currency) AS ccy, assumeNotNull(amount) AS billed,
            toDate32(toTimeZone(charged_at, ${param('String', from.settings.time_zone)})) AS billed_on
          FROM (${countedVersions(from, charge)}) WHERE kind NOT IN ('tax', 'voided')) AS c
        ASOF LEFT JOIN (SELECT currency, day, rate FROM (${from.ledger(exchangeRateLedger)})) AS r ON r.currency = c.ccy AND r.day <= c.billed_on)
    SELECT account_id, ${share.day} AS day, charge_id, billed_on, kind, subscription_id, product, covers_months, currency, ${share.native} AS native,
      ${share.amount} AS amount
    FROM billed ARRAY JOIN ${recognised ? spread : sql`[(billed_on, billed, worth)]`} AS share`
  },
})
