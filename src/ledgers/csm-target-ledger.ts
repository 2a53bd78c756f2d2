import { forecast } from '../facts/forecast.ts'
import { quota } from '../facts/quota.ts'
import { param, sql } from '../kernel/sql.ts'
import { exchangeRateLedger } from './exchange-rate-ledger.ts'
import { defineLedger } from './ledger.ts'
import { atRate } from './mrr-movement-ledger.ts'

/** Of several forecasts for the same months one is judged: the last that was said before these months began, or on their first day. */
export const csmTargetLedger = defineLedger({
  id: 'csm_target',
  says: 'What a CSM is to reach (quota) or said would come (forecast) within some months, at the exchange rate of their first day.',
  placement: 'everywhere',
  columns: {
    csm: { type: 'String', says: 'The CSM' },
    kind: { type: 'LowCardinality(String)', says: 'renewal, expansion or forecast' },
    starts_on: { type: 'Date32', says: 'First day' },
    ends_on: { type: 'Date32', says: 'Day after the last day' },
    currency: { type: 'LowCardinality(String)', says: 'Currency of the amount' },
    native: { type: 'Decimal(38, 6)', says: 'Yearly value' },
    amount: { type: 'Nullable(Decimal(38, 6))', says: 'The same in the reporting currency; null where no rate was known' },
  },
  orderBy: ['kind', 'csm', 'starts_on'],
  after: [exchangeRateLedger],
  derive: ({ facts, ledger, settings }) => sql`
    WITH said AS (
      SELECT csm_id, toString(kind) AS kind, starts_on, months, toString(currency) AS ccy, amount FROM (${facts(quota)})
      UNION ALL
      SELECT csm_id, 'forecast' AS kind, assumeNotNull(starts_on) AS starts_on, months, toString(currency) AS ccy, amount FROM (
        SELECT * FROM (${facts(forecast)}) WHERE toDate32(toTimeZone(frozen_at, ${param('String', settings.time_zone)})) <= starts_on
        ORDER BY frozen_at DESC, recorded_at DESC LIMIT 1 BY csm_id, starts_on))
    SELECT s.csm_id AS csm, s.kind AS kind, s.starts_on AS starts_on, addMonths(s.starts_on, toInt32(ifNull(s.months, 3))) AS ends_on, s.ccy AS currency,
      assumeNotNull(s.amount) AS native, ${atRate('native', 'r.rate')} AS amount
    FROM said AS s ASOF LEFT JOIN (SELECT toString(currency) AS currency, day, rate FROM (${ledger(exchangeRateLedger)})) AS r ON r.currency = s.ccy
      AND r.day <= s.starts_on`,
})
