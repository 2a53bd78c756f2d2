import type { Ticket } from '../health/account-facts.ts'
import type { Day } from '../kernel/period.ts'

/** Tickets opened in a span of days, those that were merged into others left out. */
export const ticketsBetween = (tickets: readonly Ticket[], from: Day, until: Day): Ticket[] =>
  tickets.filter(({ opened_on, is_merged }) => !is_merged && opened_on >= from && opened_on <= until)
