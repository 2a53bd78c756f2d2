import type { FactStore } from '../../facts/store.ts'
import type { Day, Period } from '../../kernel/period.ts'
import type { Settings } from '../../kernel/settings.ts'
import { joinSql, param, sql } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { costLedger } from '../../ledgers/cost-ledger.ts'
import { exchangeRateLedger } from '../../ledgers/exchange-rate-ledger.ts'
import type { LedgerDefinition } from '../../ledgers/ledger.ts'
import { revenueLedger } from '../../ledgers/revenue-ledger.ts'
import { subscriptionDayLedger } from '../../ledgers/subscription-day-ledger.ts'
import type { RateGap } from '../kit/book.ts'

/** Currencies whose money cannot be reported for a time, with that time (C19). */
export async function readRateGaps(store: FactStore, settings: Settings, ledger: (definition: LedgerDefinition) => Sql): Promise<RateGap[]> {
  const per = settings.reporting_currency
  const used = joinSql(
    [
      sql`SELECT toString(currency) AS currency, day FROM (${ledger(subscriptionDayLedger)}) WHERE mrr != 0`,
      sql`SELECT toString(currency) AS currency, billed_on AS day FROM (${ledger(revenueLedger)}) WHERE native != 0`,
      sql`SELECT toString(currency) AS currency, month AS day FROM (${ledger(costLedger)}) WHERE native != 0`,
    ],
    ' UNION ALL ',
  )
  const rows = await store.read<{ currency: string; from: Day; until: Day | null }>(sql`
    SELECT currency, minOrNullIf(day, uses) AS from, minOrNullIf(day, NOT uses) AS until
    FROM (
      SELECT currency, min(day) AS day, true AS uses
      FROM ${store.shardLocal(sql`SELECT currency, min(day) AS day FROM (${used}) WHERE currency NOT IN ('', ${param('String', per)}) GROUP BY currency`)}
      GROUP BY currency
      UNION ALL
      SELECT toString(currency) AS currency, min(day) AS day, false AS uses FROM (${ledger(exchangeRateLedger)}) GROUP BY currency)
    GROUP BY currency HAVING isNotNull(from) AND (isNull(until) OR until > from) ORDER BY currency`)
  return rows.map(({ currency, from, until }) => ({ currency, per, from, until }))
}

/** The gaps that a period meets. The opening of a period is converted at the rate of the day before, so that day counts too. */
export const gapsWithin = (gaps: readonly RateGap[], period: Period): RateGap[] =>
  gaps.filter(({ from, until }) => from < period.until && (until === null || until >= period.from))
