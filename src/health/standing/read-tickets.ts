import { currentFacts } from '../../facts/current.ts'
import { factTable } from '../../facts/fact.ts'
import { readPieces } from '../../facts/read-pieces.ts'
import { ticket } from '../../facts/ticket.ts'
import type { Day } from '../../kernel/period.ts'
import { addDays } from '../../kernel/period.ts'
import { param, sql, table } from '../../kernel/sql.ts'
import { localDay } from '../../ledgers/local-day.ts'
import { ticketLedger } from '../../ledgers/ticket-ledger.ts'
import { CRITICAL } from '../caps.ts'
import { WINDOWS } from '../readings.ts'
import { dayParam, days, ofWanted, plain } from './frame.ts'
import type { StandingFrame } from './frame.ts'
import type { RawAccounts } from './raw-account.ts'

/** Tickets opened lately, and urgent ones that are open for long. */
export async function readTickets(frame: StandingFrame, accounts: RawAccounts): Promise<void> {
  const { book, day } = frame
  const tickets = sql`(${book.ledger(ticketLedger)})`
  const until = dayParam(day)
  const opened = sql`SELECT account_id, count() AS opened FROM ${tickets}
    WHERE created_on > ${dayParam(addDays(day, -WINDOWS.tickets))} AND created_on <= ${until}${ofWanted(frame)} GROUP BY account_id`
  for await (const piece of readPieces<string | number>(book.store, sql`SELECT * FROM ${book.store.shardLocal(opened)}`, plain('account_id', 'opened')))
    piece['account_id']?.forEach((id, i) => {
      const account = accounts.of(String(id))
      if (account !== null) account.tickets_opened += Number(piece['opened']?.[i])
    })
  // Solves and reopenings take turns: it is open where as many of both have been.
  const urgent = sql`SELECT account_id, ticket_id, created_on FROM ${tickets}
    WHERE priority = 'urgent' AND created_on < ${dayParam(addDays(day, -CRITICAL))}
      AND arrayCount(solved -> solved <= ${until}, solved_on) = arrayCount(reopened -> reopened <= ${until}, reopened_on)${ofWanted(frame)}`
  for await (const piece of readPieces<string>(book.store, sql`SELECT * FROM ${book.store.shardLocal(urgent)}`, {
    ...plain('account_id', 'ticket_id'),
    ...days('created_on'),
  }))
    piece['account_id']?.forEach((id, i) => {
      const [ticketId, opened_on] = [piece['ticket_id']?.[i] ?? '', piece['created_on']?.[i] ?? day]
      accounts.of(id)?.urgent.push({ id: ticketId, opened_on, solved_on: null, is_urgent: true, is_merged: false })
    })
}

/** The day of the newest ticket of all, those that were merged into another too. */
export async function readNewestTicket({ book, day, until }: StandingFrame, accounts: RawAccounts): Promise<Day | null> {
  const end = dayParam(day)
  const newest = sql`SELECT max(created_on) AS newest FROM (${book.ledger(ticketLedger)}) WHERE created_on <= ${end}`
  const survivors = sql`SELECT max(newest) AS newest FROM ${book.store.shardLocal(newest)}`
  const ever = sql`SELECT ticket_id FROM ${table(factTable(ticket))} WHERE merged_into != ''`
  const merged = currentFacts(ticket, { reportedOn: until, where: sql`ticket_id IN (${ever})` })
  const others = sql`
    SELECT max(${localDay(book, 'created_at')}) AS newest FROM (${merged})
    WHERE ${localDay(book, 'created_at')} <= ${end} AND account_id NOT IN ${param('Array(String)', [...accounts.internal])}`
  const [found] = await book.store.read<{ newest: Day }>(
    sql`SELECT toString(max(newest)) AS newest FROM (${survivors} UNION ALL SELECT max(newest) AS newest FROM ${book.store.shardLocal(others)})`,
  )
  return found === undefined || found.newest <= '1970-01-01' ? null : found.newest
}
