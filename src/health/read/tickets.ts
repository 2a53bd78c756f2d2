import { ticketEvent } from '../../facts/ticket-event.ts'
import { ticket } from '../../facts/ticket.ts'
import type { Day } from '../../kernel/period.ts'
import { sql } from '../../kernel/sql.ts'
import type { Ticket } from '../account-facts.ts'
import { joinTold } from './tell.ts'
import type { VersionRow } from './tell.ts'
import type { ByAccount, Chunk, Reading } from './versions.ts'
import { dayText, readTold, versionsOf } from './versions.ts'

interface TicketRow extends VersionRow {
  readonly ticket_id: string
  readonly solved_on: Day | null
  readonly is_urgent: number
  readonly is_merged: number
}

/** A ticket with what tells it from the tickets of other sources. */
type OfSource = Ticket & { readonly key: string }

interface Change {
  readonly ticket: string
  readonly at: string
  readonly on: Day
  readonly is_done: boolean
}

type ChangeRow = VersionRow & { readonly ticket_id: string; readonly at: string; readonly is_done: number }

/** Since when it is solved; null while it is open. Changes of its status say more than its own date. */
function solvedOn(own: Day | null, changes: readonly Change[]): Day | null {
  if (changes.length === 0) return own
  const inOrder = changes.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  return inOrder[inOrder.findLastIndex(({ is_done }) => !is_done) + 1]?.on ?? null
}

/** Tickets as they were known: solved and opened again by what was told of them. */
export async function readTickets(reading: Reading, chunk: Chunk): Promise<ByAccount<Ticket>> {
  const day = (column: string) => dayText(reading, column)
  const own = versionsOf(reading, chunk, ticket, [
    sql`ticket_id, ${day('solved_at')} AS solved_on, priority = 'urgent' AS is_urgent`,
    sql`merged_into NOT IN ('', ticket_id) AS is_merged`,
  ])
  const changes = versionsOf(
    reading,
    chunk,
    ticketEvent,
    [sql`ticket_id, toString(happened_at) AS at, status IN ('solved', 'closed') AS is_done`],
    sql`AND kind = 'status' AND status != ''`,
  )
  const keyOf = ({ source, ticket_id }: { source: string; ticket_id: string }): string => `${source} ${ticket_id}`
  const [tickets, told] = await Promise.all([
    readTold<TicketRow, OfSource>(reading, chunk, own, (row) => ({
      key: keyOf(row),
      id: row.ticket_id,
      opened_on: row.effective_on,
      solved_on: row.solved_on,
      is_urgent: row.is_urgent === 1,
      is_merged: row.is_merged === 1,
    })),
    readTold<ChangeRow, Change>(reading, chunk, changes, (row) => ({ ticket: keyOf(row), at: row.at, on: row.effective_on, is_done: row.is_done === 1 })),
  ])
  const keys = [({ key }: OfSource) => key, (change: Change) => change.ticket] as const
  return new Map(
    [...tickets].map(([account, each]) => [
      account,
      joinTold(each, told.get(account) ?? [], keys, ({ key, ...known }, beside): Ticket => ({ ...known, solved_on: solvedOn(known.solved_on, beside) })),
    ]),
  )
}
