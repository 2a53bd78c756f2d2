import { ticketEvent } from '../../../facts/ticket-event.ts'
import { ticket } from '../../../facts/ticket.ts'
import { groupBy } from '../../../health/group.ts'
import { daysBetween } from '../../../kernel/period.ts'
import type { Version } from '../../version.ts'
import type { Known, Told } from '../happening.ts'
import { defineTimelineKind, joined, plain } from '../happening.ts'

const DONE: ReadonlySet<unknown> = new Set(['solved', 'closed'])

const keyOf = ({ source, values }: Version): string => `${source} ${String(values.ticket_id)}`

function solvedAfter(known: Known, { values }: Version, at: Told['at']): string {
  const [opened, solved] = [known.dayOf(values.created_at ?? null), known.dayOf(at)]
  if (opened === null || solved === null) return 'solved'
  const days = daysBetween(opened, solved)
  return days === 0 ? 'solved the same day' : `solved after ${days} ${days === 1 ? 'day' : 'days'}`
}

/** Solved and opened again as its events say; without events as the ticket says of itself. */
function turnsOf(known: Known, own: Version, events: readonly Version[]): Told[] {
  const name = `Ticket ${String(own.values.ticket_id)}`
  if (events.length === 0) {
    const at = own.values.solved_at ?? null
    return at === null
      ? []
      : [{ of: own, what: 'solved', at, title: `${name} ${solvedAfter(known, own, at)}`, detail: joined([own.values.subject]), tone: 'good' }]
  }
  const inOrder = events.toSorted((a, b) => (String(a.values.happened_at) < String(b.values.happened_at) ? -1 : 1))
  let isDone = false
  return inOrder.flatMap((event): Told[] => {
    const turns = DONE.has(event.values.status) !== isDone
    isDone = DONE.has(event.values.status)
    if (!turns) return []
    const at = event.values.happened_at ?? null
    return isDone
      ? [{ of: event, what: 'solved', at, title: `${name} ${solvedAfter(known, own, at)}`, detail: joined([own.values.subject]), tone: 'good' }]
      : [{ of: event, what: 'opened again', at, title: `${name} opened again`, detail: joined([own.values.subject]), tone: 'bad' }]
  })
}

export const tickets = defineTimelineKind({
  id: 'tickets',
  name: 'Tickets',
  of: [ticket, ticketEvent],
  tell(known) {
    const events = groupBy(
      known.of(ticketEvent).filter(({ values }) => values.kind === 'status' && values.status !== null),
      keyOf,
    )
    return known.of(ticket).flatMap((own): Told[] => {
      const { ticket_id, subject, priority, contact_id, merged_into, category } = own.values
      const isUrgent = priority === 'urgent'
      const opened: Told = {
        of: own,
        what: 'opened',
        at: own.values.created_at ?? null,
        title: `${isUrgent ? 'Urgent ticket' : 'Ticket'} ${String(ticket_id)} opened`,
        detail: joined([
          subject,
          category,
          priority === 'normal' ? null : plain(priority ?? null),
          contact_id === null ? null : known.nameOf(contact_id ?? null),
          merged_into === null ? null : `merged into ${String(merged_into)}`,
        ]),
        tone: isUrgent ? 'bad' : 'neutral',
      }
      return [opened, ...turnsOf(known, own, events.get(keyOf(own)) ?? [])]
    })
  },
})
