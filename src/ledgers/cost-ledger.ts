import { cost } from '../facts/cost.ts'
import { sql } from '../kernel/sql.ts'
import { exchangeRateLedger } from './exchange-rate-ledger.ts'
import { defineLedger } from './ledger.ts'
import { atRate } from './mrr-movement-ledger.ts'

export const costLedger = defineLedger({
  id: 'cost',
  says: 'What one category cost in one month for one purpose, its share already taken, at the rate of its first day.',
  placement: 'everywhere',
  columns: {
    month: { type: 'Date32', says: 'First day of the month' },
    category: { type: 'String', says: 'What it was spent on' },
    purpose: { type: 'LowCardinality(String)', says: 'retention or acquisition' },
    currency: { type: 'LowCardinality(String)', says: 'Currency it was spent in' },
    native: { type: 'Decimal(38, 6)', says: 'Amount spent on the purpose' },
    amount: { type: 'Nullable(Decimal(38, 6))', says: 'The same in the reporting currency; null where no rate was known' },
  },
  orderBy: ['month', 'category'],
  after: [exchangeRateLedger],
  derive: ({ facts, ledger }) => sql`
    WITH spent AS (
      SELECT toDate32(toStartOfMonth(month)) AS first, category, purpose, toString(currency) AS ccy,
        CAST(roundBankers(toDecimal256(assumeNotNull(amount), 6) * toDecimal256(ifNull(share, 1), 6), 6), 'Decimal(38, 6)') AS native
      FROM (${facts(cost)}))
    SELECT s.first AS month, s.category AS category, s.purpose AS purpose, s.ccy AS currency, s.native AS native, ${atRate('native', 'rate')} AS amount
    FROM spent AS s
    ASOF LEFT JOIN (SELECT currency, day, rate FROM (${ledger(exchangeRateLedger)})) AS r ON r.currency = s.ccy AND r.day <= s.first`,
})
