import { quantileSorted } from '../../statistics/quantile.ts'
import { defineMetric } from '../kit/metric.ts'
import { total, withBeside } from '../kit/value.ts'
import { openTickets, unclocked } from '../rows/tickets.ts'
import { NO_TALLY, reachedValues } from '../kit/tally.ts'

export const backlog = defineMetric({
  id: 'backlog',
  name: 'Backlog',
  says: 'Tickets that are not solved at the end of the period. Beside it, the age that nine of ten of them do not exceed.',
  level: 'team-performance',
  kind: 'stock',
  grain: 'ticket',
  unit: 'count',
  better: 'down',
  rollUp: 'semi',
  dimensions: 'account',
  formula: '{open}',
  nullWhen: 'Never: no open ticket is 0.',
  measures: {
    open: { of: openTickets, each: '1', label: 'Open tickets', kind: 'count' },
    urgent: { of: openTickets, each: '1', when: "priority = 'urgent'", label: 'Urgent ones', kind: 'count' },
    ages: { of: openTickets, each: 'assumeNotNull(minutes) / 60', when: 'isNotNull(minutes)', label: 'Age in hours', kind: 'tally' },
    unclocked: unclocked(openTickets),
  },
  value: withBeside(total('open'), ({ tallies }) => {
    const ages = reachedValues(tallies.ages ?? NO_TALLY)
    return { beside: { age_p90: quantileSorted(ages, 0.9), age_median: quantileSorted(ages, 0.5) } }
  }),
  n: 'open',
  besides: { age_p90: '90th percentile of the age in hours', age_median: 'Median age in hours' },
  options: openTickets.options,
  settings: ['time_zone', 'support_calendar', 'support_clock'],
  aliases: ['open tickets', 'backlog_age_p90', 'ticket backlog'],
  examples: [
    {
      says: 'one never solved, one solved and open again, one solved after the end; ages 1, 2 and 3 hours',
      facts: {
        ticket: [
          { ticket_id: '1', account_id: 'a', created_at: '2024-03-31T23:00:00Z' },
          { ticket_id: '2', account_id: 'a', created_at: '2024-03-31T22:00:00Z', first_solved_at: '2024-03-31T22:10:00Z' },
          { ticket_id: '3', account_id: 'a', created_at: '2024-03-31T21:00:00Z', solved_at: '2024-04-02T22:10:00Z' },
          { ticket_id: '4', account_id: 'a', created_at: '2024-03-20T21:00:00Z', solved_at: '2024-03-31T22:10:00Z' },
          { ticket_id: '5', account_id: 'a', created_at: '2024-03-20T21:00:00Z', merged_into: '1' },
        ],
      },
      value: 3,
      exact: '3',
      parts: { age_p90: 2.8, age_median: 2, urgent: 0 },
    },
  ],
})
