import { charge } from '../facts/charge.ts'
import { param, sql } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import { countedVersions } from './counted.ts'
import type { Derivation } from './ledger.ts'
import { elementsOf } from './tuple.ts'

const metered = elementsOf('metered', ['month', 'used'])

/**
 * Metered charges as one more subscription per currency, without product and plan: during a month, a third of what was
 * metered in the three calendar months before it (C8). One row per month in which that may change.
 */
export const meteredMonths = (from: Derivation): Sql => sql`
  SELECT u.account_id AS account_id, concat('usage ', u.currency) AS subscription_id, u.currency AS currency, month_after AS day,
    greatest(sumIf(u.used, u.month >= addMonths(month_after, -3) AND u.month < month_after), 0) AS used_before,
    CAST(roundBankers(toDecimal256(used_before, 20) / 3, 6), 'Decimal(38, 6)') AS mrr, CAST(used_before * 4, 'Decimal(38, 6)') AS arr
  FROM (SELECT account_id, currency, groupArray((month, used)) AS months FROM (${usageByMonth(from)}) GROUP BY account_id, currency) AS all_months
  ARRAY JOIN arrayDistinct(arrayFlatten(arrayMap(metered -> arrayMap(k -> toDate32(addMonths(${metered.month}, k)), [1, 2, 3, 4]), months))) AS month_after
  INNER JOIN (${usageByMonth(from)}) AS u ON u.account_id = all_months.account_id AND u.currency = all_months.currency
  GROUP BY account_id, currency, month_after`

const usageByMonth = (from: Derivation): Sql => sql`
  SELECT account_id, toString(currency) AS currency, toDate32(toStartOfMonth(toTimeZone(charged_at, ${param('String', from.settings.time_zone)}))) AS
    month, sum(assumeNotNull(amount)) AS used
  FROM (${countedVersions(from, charge)}) WHERE kind = 'usage' GROUP BY account_id, currency, month`
