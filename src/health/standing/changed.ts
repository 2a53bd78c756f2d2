import { account } from '../../facts/account.ts'
import { accountAttribute } from '../../facts/account-attribute.ts'
import { csmAssignment } from '../../facts/csm-assignment.ts'
import { readPieces } from '../../facts/read-pieces.ts'
import { param, sql } from '../../kernel/sql.ts'
import { factsBelow } from '../../ledgers/lineage.ts'
import { changedSince } from '../../ledgers/refresh.ts'
import { touchedAccounts, touchesEverything } from '../../ledgers/touched.ts'
import { contact } from '../../facts/contact.ts'
import { opportunity } from '../../facts/opportunity.ts'
import { contractTermsLedger } from '../../ledgers/contract-terms-ledger.ts'
import { invoiceLedger } from '../../ledgers/invoice-ledger.ts'
import { subscriptionDayLedger } from '../../ledgers/subscription-day-ledger.ts'
import { surveyLedger } from '../../ledgers/survey-ledger.ts'
import { surveyResponseLedger } from '../../ledgers/survey-response-ledger.ts'
import { ticketLedger } from '../../ledgers/ticket-ledger.ts'
import { usageDayLedger } from '../../ledgers/usage-day-ledger.ts'
import type { Book } from '../../metrics/kit/book.ts'

/** Kinds of facts that raw values are read from. */
const READ: ReadonlySet<string> = new Set([
  contact.id,
  opportunity.id,
  ...[contractTermsLedger, invoiceLedger, subscriptionDayLedger, surveyLedger, surveyResponseLedger, ticketLedger, usageDayLedger].flatMap((ledger) => [
    ...factsBelow(ledger),
  ]),
])

/** Who counts as whom, and which model is whose. */
const DECIDES: ReadonlySet<string> = new Set([account.id, accountAttribute.id, csmAssignment.id])

/** Share of accounts above which all are read again. */
const MOST = 20_000

/**
 * Accounts, as their sources name them, of which something that is read here was recorded or taken back after an instant (ISO,
 * UTC). Null where all must be read again: what changed reaches all, or too many. `kinds`: those of which anything changed.
 */
export async function readChangedAccounts({ store, settings }: Book, instant: string, kinds: readonly string[]): Promise<ReadonlySet<string> | null> {
  if (kinds.some((kind) => DECIDES.has(kind))) return null
  const read = kinds.filter((kind) => READ.has(kind))
  if (read.some(touchesEverything)) return null
  const found = new Set<string>()
  if (read.length === 0) return found
  const named = store.shardLocal(sql`SELECT account_id FROM (${touchedAccounts(settings, changedSince(instant), read)}) LIMIT ${param('UInt32', MOST + 1)}`)
  for await (const piece of readPieces<string>(store, sql`SELECT account_id FROM ${named}`, { account_id: sql`t.account_id` })) {
    for (const id of piece['account_id'] ?? []) found.add(id)
    if (found.size > MOST) return null
  }
  return found
}
