import { addDays } from '../../kernel/period.ts'
import { sql } from '../../kernel/sql.ts'
import { invoiceLedger } from '../../ledgers/invoice-ledger.ts'
import { atEnds, days, defineRowSet } from '../kit/row-set.ts'

export const invoicesDue = defineRowSet({
  id: 'invoices_due',
  says: 'One row per invoice that fell due and whose days of grace are over, the last twelve of each account at the end of the period.',
  columns: {
    invoice_id: { name: 'Invoice', kind: 'text' },
    due_on: { name: 'Due', kind: 'day' },
    paid: { name: 'Paid', kind: 'day' },
    days_late: { name: 'Days past due', kind: 'number' },
    on_time: { name: 'On time', kind: 'boolean' },
    currency: { name: 'Currency', kind: 'text' },
    native: { name: 'Amount', kind: 'money' },
  },
  own: { currency: 'currency' },
  rows(frame) {
    const { period, rest } = atEnds(frame)
    const last = days(frame.periods.map(({ until }) => addDays(until, -1)))
    return sql`
    SELECT place_of AS period, account_id, invoice_id, due_on, if(paid_on <= ${last}[place_of + 1], toNullable(paid_on), NULL) AS paid,
      greatest(0, dateDiff('day', due_on, least(paid_on, ${last}[place_of + 1]))) AS days_late, on_time, currency, native
    FROM (SELECT ${period} AS place_of, account_id, invoice_id, due_on, paid_on, on_time, toString(currency) AS currency, native
      FROM (${frame.ledger(invoiceLedger)}) ${rest})`
  },
})
