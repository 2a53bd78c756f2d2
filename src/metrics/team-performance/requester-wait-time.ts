import { MEDIAN_BESIDES, median } from '../kit/distribution.ts'
import { defineMetric } from '../kit/metric.ts'
import { clocked, ticketsSolved, unclocked } from '../rows/tickets.ts'

const status = (happened_at: string, to: string) => ({ ticket_id: '1', account_id: 'a', event_id: happened_at, kind: 'status', status: to, happened_at })

export const requesterWaitTime = defineMetric({
  id: 'requester_wait_time',
  name: 'Requester wait time',
  says: 'Hours in which a ticket lay with the team (new, open, on hold) until it was solved for the last time: the median of the tickets solved in the period. Time in which the customer was asked something does not count.',
  level: 'team-performance',
  kind: 'flow',
  grain: 'ticket',
  unit: 'hours',
  better: 'down',
  rollUp: 'dist',
  dimensions: 'account',
  formula: 'median of {waits}',
  nullWhen: 'No ticket whose changes of status are known was solved for good in the period.',
  measures: {
    waits: { of: ticketsSolved, each: 'assumeNotNull(waited) / 60', when: 'isNotNull(waited)', label: 'Hours with the team', kind: 'tally' },
    unclocked: unclocked(ticketsSolved),
  },
  value: clocked(median('waits', 'none_solved', 'requester_wait_time')),
  n: 'waits',
  ownInterval: 'bootstrap of the median',
  besides: { p90: MEDIAN_BESIDES.p90, mean: MEDIAN_BESIDES.mean },
  options: ticketsSolved.options,
  settings: ['time_zone', 'support_calendar', 'support_clock'],
  aliases: ['customer wait time'],
  examples: [
    {
      says: '2 hours new, 3 pending on the customer, 1 on hold; a day solved does not count, then 4 open',
      facts: {
        ticket: [{ ticket_id: '1', account_id: 'a', created_at: '2024-03-05T09:00:00Z' }],
        ticket_event: [
          status('2024-03-05T11:00:00Z', 'pending'),
          status('2024-03-05T14:00:00Z', 'on_hold'),
          status('2024-03-05T15:00:00Z', 'solved'),
          status('2024-03-06T15:00:00Z', 'open'),
          status('2024-03-06T19:00:00Z', 'closed'),
        ],
      },
      value: 7,
    },
  ],
})
