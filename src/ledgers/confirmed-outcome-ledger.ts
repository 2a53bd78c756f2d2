import { sql } from '../kernel/sql.ts'
import { MEASURED_OUTCOME, attainments } from './attainment.ts'
import { defineLedger } from './ledger.ts'
import { localDay } from './local-day.ts'
import { outcomeLedger } from './outcome-ledger.ts'

/**
 * What a customer confirms again counts once: a confirmation adds what it lies above all earlier ones, so that the worth of an
 * outcome is realized bit by bit and never more than once.
 */
export const confirmedOutcomeLedger = defineLedger({
  id: 'confirmed_outcome',
  says: 'One confirmation by the customer that an outcome had got so far.',
  placement: 'account',
  columns: {
    account_id: { type: 'String', says: 'The account' },
    outcome_id: { type: 'String', says: 'The outcome' },
    day: { type: 'Date32', says: 'Local day of the confirmation' },
    name: { type: 'String', says: "In the customer's words" },
    type: { type: 'LowCardinality(String)', says: 'Sort of outcome' },
    attainment: { type: 'Decimal(38, 12)', says: 'Share of the way from baseline to target' },
    gain: { type: 'Decimal(38, 12)', says: 'What lies above all that was confirmed before' },
    currency: { type: 'LowCardinality(String)', says: 'Currency of the worth' },
    native: { type: 'Decimal(38, 6)', says: 'What the gain is worth to the customer' },
  },
  orderBy: ['account_id', 'day'],
  needs: MEASURED_OUTCOME,
  after: [outcomeLedger],
  derive: (from) => sql`
    SELECT account_id, outcome_id, ${localDay(from, 'confirmed')} AS day, name, type, attainment, gain, currency,
      CAST(roundBankers(toDecimal256(money_value, 6) * toDecimal256(gain, 12), 6), 'Decimal(38, 6)') AS native
    FROM (
      SELECT *, greatest(attainment - max(attainment) OVER (PARTITION BY account_id, outcome_id
        ORDER BY confirmed, measured_at, source_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),
        toDecimal128(0, 12)) AS gain
      FROM (SELECT *, assumeNotNull(confirmed_at) AS confirmed FROM (${attainments(from)}) WHERE isNotNull(confirmed_at)))`,
})
