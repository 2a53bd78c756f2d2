import { poissonInterval } from '../../statistics/poisson.ts'
import { defineMetric } from '../kit/metric.ts'
import { ratio, withBeside } from '../kit/value.ts'
import { activeUsers } from '../rows/account-use.ts'
import { openTickets, ticketsOpened } from '../rows/tickets.ts'
import { bare } from '../../kernel/bare.ts'
import type { RowSet } from '../kit/row-set.ts'
import { window } from '../rows/use.ts'

const DAYS = 30

/** Beside users, who know no channel and no support team, tickets are told apart as their accounts are. */
const byAccount = (rows: RowSet): RowSet => ({ ...rows, id: `${rows.id}_by_account`, own: bare({}) })

const opened = (ticket_id: string, day: string, more: Record<string, string> = {}) => ({ ticket_id, account_id: 'a', created_at: `${day}T12:00:00Z`, ...more })
const used = (user_id: string) => ({ account_id: 'a', user_id, event: 'open', occurred_at: '2024-03-20T12:00:00Z' })

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
  formula: '100 x {tickets} / {users}',
  nullWhen: 'There are no active users.',
  measures: {
    tickets: { of: byAccount(ticketsOpened), each: '1', label: 'Tickets opened in 30 days', kind: 'count', over: window(DAYS) },
    users: { of: activeUsers, each: 'users', label: 'Users active in 30 days', kind: 'count', over: window(DAYS) },
    critical: { of: byAccount(openTickets), each: '1', when: "priority = 'urgent'", label: 'Open urgent tickets', kind: 'count' },
  },
  value: withBeside(ratio('tickets', 'users', 'no_active_users', { times: 100 }), ({ number: { tickets = 0, users = 0, critical = 0 } }, { value }) => ({
    ...(value === null ? {} : { ci: poissonInterval(tickets, users / 100), ci_method: 'poisson' }),
    beside: { open_critical_tickets: critical },
  })),
  n: 'tickets',
  ownInterval: 'Poisson',
  besides: { open_critical_tickets: 'Open urgent tickets' },
  settings: ['time_zone', 'idle_events'],
  aliases: ['tickets per user', 'open_critical_tickets', 'support frequency'],
  examples: [
    {
      says: 'two tickets of four users; one of 31 days before does not count, nor does it matter that it is still open',
      facts: {
        ticket: [opened('1', '2024-03-05'), opened('2', '2024-03-30', { priority: 'urgent' }), opened('3', '2024-03-01')],
        usage_event: ['u', 'v', 'w', 'x'].map(used),
      },
      value: 50,
      parts: { open_critical_tickets: 1 },
    },
    { says: 'tickets but nobody active', facts: { ticket: [opened('1', '2024-03-05')] }, value: null, null_reason: 'no_active_users' },
  ],
})
