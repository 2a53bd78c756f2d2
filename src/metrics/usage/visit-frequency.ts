import { defineMetric } from '../kit/metric.ts'
import { ratio, withBeside } from '../kit/value.ts'
import { activeUsers } from '../rows/account-use.ts'
import { sessionRows } from '../rows/session-rows.ts'
import { window } from '../rows/use.ts'

const WEEKS = 4
const value = withBeside(ratio('sessions', 'users', 'no_users', { times: 1 / WEEKS }), ({ number: { users = 0 } }, made) =>
  made.value === null ? {} : { under: users * WEEKS },
)

export const visitFrequency = defineMetric({
  id: 'visit_frequency',
  name: 'Visit frequency',
  says: 'How often an active user comes in a week: sessions of 28 days per user active in them, over four weeks.',
  level: 'usage',
  kind: 'window',
  grain: 'session',
  unit: 'per_week',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{sessions} / {users} / 4',
  nullWhen: 'Nobody was active in the 28 days.',
  measures: {
    sessions: { of: sessionRows, each: 'sessions', over: window(7 * WEEKS), label: 'Sessions begun in 28 days', kind: 'count' },
    users: { of: activeUsers, each: 'users', over: window(7 * WEEKS), label: 'Users active in 28 days', kind: 'count' },
  },
  value,
  n: 'users',
  interval: 'bootstrap',
  aliases: ['sessions per user', 'usage frequency', 'visits per week'],
  settings: ['time_zone', 'session_gap_minutes', 'idle_events'],
  examples: [
    {
      says: 'two users, three sessions and five: 8 / 2 / 4',
      facts: {
        usage_event: [
          ...[5, 9, 14].map((day) => ({ account_id: 'a', user_id: 'u', event: 'open', occurred_at: `2024-03-${String(day).padStart(2, '0')}T12:00:00Z` })),
          ...[8, 9, 10, 11, 12].map((hour) => ({
            account_id: 'a',
            user_id: 'v',
            event: 'open',
            occurred_at: `2024-03-20T${String(hour).padStart(2, '0')}:00:00Z`,
          })),
        ],
      },
      value: 1,
      parts: { sessions: 8, users: 2 },
    },
  ],
})
