import { MEDIAN_BESIDES, median } from '../kit/distribution.ts'
import { defineMetric } from '../kit/metric.ts'
import { clocked, ticketsSolved, unclocked } from '../rows/tickets.ts'

const status = (happened_at: string, to: string) => ({ ticket_id: '1', account_id: 'a', event_id: happened_at, kind: 'status', status: to, happened_at })

export const fullResolutionTime = defineMetric({
  id: 'full_resolution_time',
  name: 'Full resolution time',
  says: 'Hours from the opening of a ticket to the last time it was solved: the median of the tickets solved for the last time in the period. A ticket that is open again does not count until it is solved again.',
  level: 'team-performance',
  kind: 'flow',
  grain: 'ticket',
  unit: 'hours',
  better: 'down',
  rollUp: 'dist',
  dimensions: 'account',
  formula: 'median of {solves}',
  nullWhen: 'No ticket was solved for good in the period.',
  measures: {
    solves: { of: ticketsSolved, each: 'assumeNotNull(minutes) / 60', when: 'isNotNull(minutes)', label: 'Hours to the last solve', kind: 'tally' },
    unclocked: unclocked(ticketsSolved),
  },
  value: clocked(median('solves', 'none_solved', 'full_resolution_time')),
  n: 'solves',
  ownInterval: 'bootstrap of the median',
  besides: { p90: MEDIAN_BESIDES.p90, mean: MEDIAN_BESIDES.mean },
  options: ticketsSolved.options,
  settings: ['time_zone', 'support_calendar', 'support_clock'],
  aliases: ['time to resolution', 'TTR', 'full time for resolution'],
  disagreements: [{ anchor: 'Some tools', says: 'stop at the first solve, which rewards closing too early: see {first_resolution_time}.' }],
  examples: [
    {
      says: 'full_resolution_reopened: solved after 6 hours, reopened, solved again after 50',
      facts: {
        ticket: [{ ticket_id: '1', account_id: 'a', created_at: '2024-03-05T09:00:00Z' }],
        ticket_event: [status('2024-03-05T15:00:00Z', 'solved'), status('2024-03-06T10:00:00Z', 'open'), status('2024-03-07T11:00:00Z', 'solved')],
      },
      value: 50,
    },
    {
      says: 'open again: not solved',
      facts: {
        ticket: [{ ticket_id: '1', account_id: 'a', created_at: '2024-03-05T09:00:00Z' }],
        ticket_event: [status('2024-03-05T15:00:00Z', 'solved'), status('2024-03-06T10:00:00Z', 'open')],
      },
      value: null,
      null_reason: 'none_solved',
    },
    {
      says: 'an export that gives the dates only',
      facts: { ticket: [{ ticket_id: '1', account_id: 'a', created_at: '2024-03-05T09:00:00Z', solved_at: '2024-03-05T21:00:00Z' }] },
      value: 12,
    },
  ],
})
