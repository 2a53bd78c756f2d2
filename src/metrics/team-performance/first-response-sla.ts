import { defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { clocked, slaReplies, unclocked } from '../rows/tickets.ts'

const answered = (id: string, minute: string) => ({
  ticket_id: id,
  account_id: 'a',
  created_at: '2024-03-05T10:00:00Z',
  first_reply_at: `2024-03-05T${minute}:00Z`,
})

export const firstResponseSla = defineMetric({
  id: 'first_response_sla',
  name: 'First response within target',
  says: 'Share of the tickets that got their first public reply by a person within the target, of those answered in the period or waiting beyond it at the end.',
  level: 'team-performance',
  kind: 'flow',
  grain: 'ticket',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{within} / {due}',
  nullWhen: 'No ticket was answered and none is overdue, by a calendar that is known.',
  measures: {
    within: { of: slaReplies, each: 'within', label: 'Answered within the target', kind: 'count' },
    due: { of: slaReplies, each: 'due', label: 'Answered or overdue', kind: 'count' },
    overdue: { of: slaReplies, each: 'due AND NOT answered', label: 'Overdue and not answered', kind: 'count' },
    unclocked: unclocked(slaReplies),
  },
  value: clocked(ratio('within', 'due', 'none_due')),
  n: 'due',
  interval: 'wilson',
  shareOfWhole: true,
  options: slaReplies.options,
  settings: ['time_zone', 'support_calendar', 'support_clock', 'first_response_target_minutes'],
  aliases: ['first reply SLA', 'SLA achievement'],
  revisions: [
    { on: '2026-12-01', says: 'A ticket that a bot answered and solved, and that was reopened before a person replied, is timed from the reopening.' },
  ],
  examples: [
    {
      says: 'two of four: one late, one overdue; the one that still has time does not count',
      facts: {
        ticket: [
          answered('1', '10:59'),
          answered('2', '11:00'),
          answered('3', '11:01'),
          { ticket_id: '4', account_id: 'a', created_at: '2024-03-31T10:00:00Z' },
          { ticket_id: '5', account_id: 'a', created_at: '2024-03-31T23:30:00Z' },
        ],
      },
      ask: { from: '2024-03-01', until: '2024-04-01', options: { target_minutes: '60' } },
      value: 0.5,
      parts: { overdue: 1 },
    },
  ],
})
