import { defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { ticketsFirstSolved } from '../rows/tickets.ts'

const solved = (ticket_id: string, more: Record<string, string> = {}) => ({
  ticket_id,
  account_id: 'a',
  created_at: '2024-03-05T09:00:00Z',
  first_solved_at: '2024-03-06T09:00:00Z',
  solved_at: '2024-03-06T09:00:00Z',
  ...more,
})

export const reopenRate = defineMetric({
  id: 'reopen_rate',
  name: 'Reopen rate',
  says: 'Share of the tickets first solved in the period that were reopened since.',
  level: 'team-performance',
  kind: 'cohort',
  grain: 'ticket',
  unit: 'share',
  better: 'down',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{reopened} / {solved}',
  nullWhen: 'No ticket was solved for the first time in the period.',
  measures: {
    reopened: { of: ticketsFirstSolved, each: 'reopenings > 0', label: 'Reopened since', kind: 'count' },
    solved: { of: ticketsFirstSolved, each: '1', label: 'Tickets first solved', kind: 'count' },
  },
  value: ratio('reopened', 'solved', 'none_solved'),
  n: 'solved',
  interval: 'wilson',
  shareOfWhole: true,
  settings: ['time_zone'],
  aliases: ['reopened tickets'],
  examples: [
    {
      says: 'one of four, which was solved again',
      facts: { ticket: [solved('1'), solved('2'), solved('3'), solved('4', { solved_at: '2024-03-09T09:00:00Z' })] },
      value: 0.25,
    },
  ],
})
