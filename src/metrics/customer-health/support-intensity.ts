import { addDays } from '../../kernel/period.ts'
import { computed, defineMetric } from '../metric.ts'
import { openTickets, ticketsOpened } from '../rows/tickets.ts'

const DAYS = 30

export const supportIntensity = defineMetric({
  id: 'support_intensity',
  name: 'Support intensity',
  says: 'Tickets opened in the 30 days before the end of the period for each 100 active users. Much of it is a burden, none of it can be silence.',
  level: 'customer-health',
  kind: 'window',
  grain: 'ticket',
  unit: 'per_100',
  better: 'down',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '100 x {tickets} / active users',
  nullWhen: 'There are no active users.',
  measures: {
    tickets: { of: ticketsOpened, each: '1', label: 'Tickets opened in 30 days', kind: 'count', over: ({ until }) => [{ from: addDays(until, -DAYS), until }] },
    critical: { of: openTickets, each: '1', when: "priority = 'urgent'", label: 'Open urgent tickets', kind: 'count' },
  },
  value: computed(({ number }) => ({ value: null, null_reason: 'no_active_users', beside: { open_critical_tickets: number.critical ?? 0 } }), { numerator: 'tickets' }),
  n: 'tickets',
  ownInterval: 'Poisson',
  besides: { open_critical_tickets: 'Open urgent tickets' },
  settings: ['time_zone'],
  aliases: ['tickets per user', 'open_critical_tickets', 'support frequency'],
})
