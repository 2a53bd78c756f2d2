import { readPieces } from '../../facts/read-pieces.ts'
import { addDays } from '../../kernel/period.ts'
import { param, sql } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { invoiceLedger } from '../../ledgers/invoice-ledger.ts'
import { PAST_DUE } from '../caps.ts'
import { INVOICES } from '../readings.ts'
import { dayParam, days, ofWanted, plain } from './frame.ts'
import type { StandingFrame } from './frame.ts'
import type { RawAccounts } from './raw-account.ts'

/** The last invoices of each account that fell due. Under the usual grace the ledger knows which they are. */
function lastDue(frame: StandingFrame): Sql {
  const { book, day } = frame
  const invoices = sql`(${book.ledger(invoiceLedger)})`
  if (Number(book.settings.invoice_grace_days) === INVOICES.grace)
    return sql`SELECT account_id, due_on, paid_on FROM ${invoices} WHERE day <= ${dayParam(day)} AND until > ${dayParam(day)}${ofWanted(frame)}`
  return sql`
    SELECT account_id, due_on, paid_on FROM ${invoices} WHERE due_on <= ${dayParam(addDays(day, -INVOICES.grace))}${ofWanted(frame)}
    ORDER BY account_id, due_on DESC, invoice_id DESC LIMIT ${param('UInt16', INVOICES.last)} BY account_id`
}

/** How each account pays, and its invoices that are late for long. */
export async function readInvoices(frame: StandingFrame, accounts: RawAccounts): Promise<void> {
  const { book, day } = frame
  const due = sql`
    SELECT account_id, max(due_on) AS newest_due, count() AS n, countIf(paid_on <= addDays(due_on, ${param('UInt16', INVOICES.grace)})) AS in_time
    FROM (${lastDue(frame)}) GROUP BY account_id`
  for await (const piece of readPieces<string | number>(book.store, sql`SELECT * FROM ${book.store.shardLocal(due)}`, {
    ...plain('account_id', 'n', 'in_time'),
    ...days('newest_due'),
  }))
    piece['account_id']?.forEach((id, i) => {
      const account = accounts.of(String(id))
      if (account === null) return
      account.due = { newest_due: String(piece['newest_due']?.[i]), n: Number(piece['n']?.[i]), in_time: Number(piece['in_time']?.[i]) }
    })
  const late = sql`SELECT account_id, invoice_id, due_on, toString(currency) AS currency, toFloat64(native) AS amount FROM (${book.ledger(invoiceLedger)})
    WHERE due_on < ${dayParam(addDays(day, -PAST_DUE))} AND paid_on > ${dayParam(day)}${ofWanted(frame)}`
  for await (const piece of readPieces<string | number>(book.store, sql`SELECT * FROM ${book.store.shardLocal(late)}`, {
    ...plain('account_id', 'invoice_id', 'currency', 'amount'),
    ...days('due_on'),
  }))
    piece['account_id']?.forEach((id, i) => {
      const [cell, of] = [(name: string): string => String(piece[name]?.[i]), accounts.of(String(id))]
      of?.late.push({
        id: cell('invoice_id'),
        due_on: cell('due_on'),
        paid_on: null,
        status: 'open',
        amount: Number(cell('amount')),
        currency: cell('currency'),
      })
    })
}
