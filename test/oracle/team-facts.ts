import { businessCalendar } from '../../src/facts/business-calendar.ts'
import type { FactDefinition } from '../../src/facts/fact.ts'
import { forecast } from '../../src/facts/forecast.ts'
import { holiday } from '../../src/facts/holiday.ts'
import { onboarding } from '../../src/facts/onboarding.ts'
import { playRun } from '../../src/facts/play-run.ts'
import { quota } from '../../src/facts/quota.ts'
import { signal } from '../../src/facts/signal.ts'
import { task } from '../../src/facts/task.ts'
import { ticketEvent } from '../../src/facts/ticket-event.ts'
import { ticket } from '../../src/facts/ticket.ts'
import { touchpoint } from '../../src/facts/touchpoint.ts'

/** Support and the team's own work. */
export const TEAM_FACTS = {
  ticket,
  ticket_event: ticketEvent,
  business_calendar: businessCalendar,
  holiday,
  touchpoint,
  task,
  play_run: playRun,
  signal,
  onboarding,
  quota,
  forecast,
} satisfies Record<string, FactDefinition>
