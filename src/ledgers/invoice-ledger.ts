import { invoice } from '../facts/invoice.ts'
import { param, sql } from '../kernel/sql.ts'
import { accountLedger } from './account-ledger.ts'
import { countedVersions } from './counted.ts'
import { defineLedger } from './ledger.ts'
import { NEVER } from './local-day.ts'

/** How many invoices tell how an account pays now (metric `billing_regularity`). */
const INVOICES = 12

/**
 * An invoice counts from the day its days of grace are over, when it is known to be on time or late, until twelve later ones
 * count. One that is marked as paid without a day cannot be judged and is left out.
 */
export const invoiceLedger = defineLedger({
  id: 'invoice',
  says: 'One invoice that fell due, while it is among the last twelve of its account.',
  placement: 'account',
  columns: {
    account_id: { type: 'String', says: 'The account' },
    invoice_id: { type: 'String', says: 'The invoice' },
    day: { type: 'Date32', says: 'Last day of grace' },
    until: { type: 'Date32', says: 'Last day of grace of the twelfth invoice after it' },
    due_on: { type: 'Date32', says: 'Day by which it had to be paid' },
    paid_on: { type: 'Date32', says: 'Day on which it was paid; 2299-12-31 while it is open' },
    on_time: { type: 'UInt8', says: 'Paid by the last day of grace' },
    currency: { type: 'LowCardinality(String)', says: 'Currency of the amount' },
    native: { type: 'Decimal(38, 6)', says: 'Amount of the invoice' },
  },
  orderBy: ['account_id', 'day'],
  after: [accountLedger],
  derive: (from) => sql`
    SELECT account_id, invoice_id, day,
      leadInFrame(day, ${param('UInt16', INVOICES)}, ${NEVER})
        OVER (PARTITION BY account_id ORDER BY day, invoice_id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS until,
      due_on, paid AS paid_on, paid <= day AS on_time, currency, native
    FROM (
      SELECT account_id, invoice_id, addDays(due_on, ${param('UInt16', Number(from.settings.invoice_grace_days))}) AS day, due_on,
        ifNull(paid_on, ${NEVER}) AS paid,
        currency, ifNull(amount, 0) AS native
      FROM (${countedVersions(from, invoice)})
      WHERE status NOT IN ('void', 'draft') AND NOT (status = 'paid' AND isNull(paid_on)) AND ifNull(amount, 1) > 0
      ORDER BY recorded_at DESC LIMIT 1 BY account_id, invoice_id)`,
})
