import { param, sql } from '../../../kernel/sql.ts'
import { invoiceLedger } from '../../../ledgers/invoice-ledger.ts'
import { NEVER } from '../../../ledgers/local-day.ts'
import { defineObject } from '../object-kind.ts'

export const invoices = defineObject({
  id: 'invoices',
  name: 'Invoices',
  columns: [
    { id: 'invoice_id', name: 'Invoice', type: 'text' },
    { id: 'amount', name: 'Amount', type: 'money' },
    { id: 'currency', name: 'Currency', type: 'text' },
    { id: 'due_on', name: 'Due', type: 'day' },
    { id: 'paid_on', name: 'Paid', type: 'day' },
    { id: 'days_late', name: 'Days late', type: 'number' },
  ],
  states: {
    late: { name: 'Late', where: sql`isNull(paid_on) AND days_late > 0` },
    open: { name: 'Open', where: sql`isNull(paid_on)` },
    all: { name: 'All', where: sql`1` },
  },
  order: sql`days_late DESC, invoice_id`,
  rows: ({ ledger }, day) => sql`
    SELECT account_id, invoice_id, toFloat64(native) AS amount, toString(currency) AS currency, due_on,
      if(i.paid_on >= ${NEVER}, NULL, i.paid_on) AS paid_on, greatest(0, dateDiff('day', due_on, least(i.paid_on, ${param('Date32', day)}))) AS days_late
    FROM (${ledger(invoiceLedger)}) AS i`,
})
