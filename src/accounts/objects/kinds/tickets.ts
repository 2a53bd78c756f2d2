import { param, sql } from '../../../kernel/sql.ts'
import { ticketLedger } from '../../../ledgers/ticket-ledger.ts'
import { defineObject } from '../object-kind.ts'

/** Solves and reopenings take turns: where there are as many of both, it is open. */
export const tickets = defineObject({
  id: 'tickets',
  name: 'Tickets',
  columns: [
    { id: 'ticket_id', name: 'Ticket', type: 'text' },
    { id: 'subject', name: 'Subject', type: 'text' },
    { id: 'priority', name: 'Priority', type: 'text' },
    { id: 'category', name: 'Category', type: 'text' },
    { id: 'opened_on', name: 'Opened', type: 'day' },
    { id: 'solved_on', name: 'Solved', type: 'day' },
  ],
  states: {
    open: { name: 'Open', where: sql`isNull(solved_on)` },
    urgent: { name: 'Open and urgent', where: sql`isNull(solved_on) AND priority = 'urgent'` },
    all: { name: 'All', where: sql`1` },
  },
  order: sql`priority != 'urgent', opened_on DESC, ticket_id`,
  rows: ({ ledger }, day) => sql`
    SELECT account_id, ticket_id, subject, toString(priority) AS priority, toString(category) AS category, created_on AS opened_on,
      if(length(solved_on) > length(reopened_on), arrayLast(d -> 1, solved_on), NULL) AS solved_on
    FROM (${ledger(ticketLedger)}) WHERE created_on <= ${param('Date32', day)}`,
})
