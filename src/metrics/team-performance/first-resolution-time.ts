import { MEDIAN_BESIDES, median } from '../kit/distribution.ts'
import { defineMetric } from '../kit/metric.ts'
import { clocked, ticketsFirstSolved, unclocked } from '../rows/tickets.ts'

const status = (happened_at: string, to: string) => ({ ticket_id: '1', account_id: 'a', event_id: happened_at, kind: 'status', status: to, happened_at })

export const firstResolutionTime = defineMetric({
  id: 'first_resolution_time',
  name: 'First resolution time',
  says: 'Hours from the opening of a ticket to the first time it was solved: the median of the tickets first solved in the period, whether or not they came back.',
  level: 'team-performance',
  kind: 'flow',
  grain: 'ticket',
  unit: 'hours',
  better: 'down',
  rollUp: 'dist',
  dimensions: 'account',
  formula: 'median of {solves}',
  nullWhen: 'No ticket was solved for the first time in the period.',
  measures: {
    solves: { of: ticketsFirstSolved, each: 'assumeNotNull(minutes) / 60', when: 'isNotNull(minutes)', label: 'Hours to the first solve', kind: 'tally' },
    unclocked: unclocked(ticketsFirstSolved),
  },
  value: clocked(median('solves', 'none_solved', 'first_resolution_time')),
  n: 'solves',
  ownInterval: 'bootstrap of the median',
  besides: { p90: MEDIAN_BESIDES.p90, mean: MEDIAN_BESIDES.mean },
  options: ticketsFirstSolved.options,
  settings: ['time_zone', 'support_calendar', 'support_clock'],
  aliases: ['time to first resolution'],
  examples: [
    {
      says: 'full_resolution_reopened: the first solve of a ticket that came back',
      facts: {
        ticket: [{ ticket_id: '1', account_id: 'a', created_at: '2024-03-05T09:00:00Z' }],
        ticket_event: [status('2024-03-05T15:00:00Z', 'solved'), status('2024-03-06T10:00:00Z', 'open'), status('2024-03-07T11:00:00Z', 'solved')],
      },
      value: 6,
    },
  ],
})
