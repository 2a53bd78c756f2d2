import type { FactStore } from '../../facts/store.ts'
import type { Day } from '../../kernel/period.ts'
import type { Settings } from '../../kernel/settings.ts'
import { param, sql } from '../../kernel/sql.ts'
import { exchangeRateLedger } from '../../ledgers/exchange-rate-ledger.ts'
import { derivation } from '../../ledgers/ledger.ts'

/** What one unit of a currency is worth in the reporting currency on a day, by the rates recorded up to an instant (ISO, UTC); null without a rate. */
export async function readRates(store: FactStore, settings: Settings, day: Day, until: string): Promise<(currency: string) => number | null> {
  const nothing = (): never => {
    throw new Error('rates rest on facts alone')
  }
  const rates = exchangeRateLedger.derive(derivation(store, settings, { until: day, reportedOn: until, made: nothing }))
  const rows = await store.read<{ currency: string; worth: number }>(
    sql`SELECT toString(currency) AS currency, toFloat64(argMax(rate, day)) AS worth FROM (${rates}) WHERE day <= ${param('Date32', day)} GROUP BY currency`,
  )
  const found = new Map(rows.map(({ currency, worth }) => [currency, worth]))
  return (currency) => (currency === settings.reporting_currency || currency === '' ? 1 : (found.get(currency) ?? null))
}
