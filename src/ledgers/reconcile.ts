import type { FactStore } from '../facts/store.ts'
import { param, sql } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import type { LedgerDefinition } from './ledger.ts'
import { mrrMovementLedger } from './mrr-movement-ledger.ts'
import { subscriptionDayLedger } from './subscription-day-ledger.ts'

/** An account, month and currency whose movements do not lead from the opening balance to the closing one. */
export interface Break {
  readonly account_id: string
  readonly month: string
  readonly currency: string
  readonly opening: string
  readonly movements: string
  readonly closing: string
}

export interface Reconciliation {
  /** Accounts x months x currencies in which anything changed; in all others nothing can be wrong. */
  readonly checked: number
  readonly total: number
  readonly breaks: readonly Break[]
}

/**
 * Opening + movements = closing, for every account, month and currency in the billing currency. Balances are added up
 * from the terms of subscriptions, movements from the movements, so that neither can hide a fault of the other.
 */
export async function reconcile(store: FactStore, ledger: (ledger: LedgerDefinition) => Sql, most = 100): Promise<Reconciliation> {
  const months = sql`
    SELECT account_id, currency, month, sum(balance) AS change, sum(movement) AS moved,
      sum(change) OVER (PARTITION BY account_id, currency ORDER BY month ROWS UNBOUNDED PRECEDING) AS closing
    FROM (
      SELECT account_id, toString(currency) AS currency, toStartOfMonth(day) AS month, mrr AS balance, CAST(0, 'Decimal(38, 6)') AS movement
      FROM (${ledger(subscriptionDayLedger)}) WHERE mrr != 0
      UNION ALL
      SELECT account_id, toString(currency), toStartOfMonth(until), -mrr, CAST(0, 'Decimal(38, 6)')
      FROM (${ledger(subscriptionDayLedger)}) WHERE mrr != 0 AND until < '2299-12-31'
      UNION ALL
      SELECT account_id, toString(currency), toStartOfMonth(day), CAST(0, 'Decimal(38, 6)'), native FROM (${ledger(mrrMovementLedger)}))
    GROUP BY account_id, currency, month`
  const counted = sql`SELECT count() AS checked, countIf(change != moved) AS broken FROM (${months})`
  const [sums] = await store.read<{ checked: string; broken: string }>(
    sql`SELECT sum(checked) AS checked, sum(broken) AS broken FROM ${store.shardLocal(counted)}`,
  )
  const total = Number(sums?.broken ?? 0)
  if (total === 0) return { checked: Number(sums?.checked ?? 0), total, breaks: [] }
  const broken = sql`
    SELECT account_id, month, currency, toString(closing - change) AS opening, toString(moved) AS movements, toString(closing) AS closing
    FROM (${months}) WHERE change != moved`
  const breaks = await store.read<Break>(sql`SELECT * FROM ${store.shardLocal(broken)} ORDER BY account_id, month, currency LIMIT ${param('UInt32', most)}`)
  return { checked: Number(sums?.checked ?? 0), total, breaks }
}
