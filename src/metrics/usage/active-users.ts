import { defineMetric } from '../kit/metric.ts'
import { chosen, total } from '../kit/value.ts'
import { activeUsers } from '../rows/account-use.ts'
import { window } from '../rows/use.ts'

export const activeUsersMetric = defineMetric({
  id: 'active_users',
  name: 'Active users',
  says: 'Different users of accounts who used the product in the 28 days before the end of the period; the last 7 days and the last day beside.',
  level: 'usage',
  kind: 'window',
  grain: 'user',
  unit: 'count',
  better: 'up',
  rollUp: 'none',
  dimensions: 'account',
  formula: '{monthly}',
  nullWhen: 'Never: nobody is 0.',
  measures: {
    monthly: { of: activeUsers, each: 'users', over: window(28), label: 'Users active in 28 days', kind: 'count' },
    weekly: { of: activeUsers, each: 'users', over: window(7), label: 'Users active in 7 days', kind: 'count' },
    daily: { of: activeUsers, each: 'users', over: window(1), label: 'Users active on the last day', kind: 'count' },
  },
  value: chosen('window_days', '28', { '1': total('daily'), '7': total('weekly'), '28': total('monthly') }),
  options: { window_days: { says: 'Days before the end of the period that count', fallback: '28', choices: ['1', '7', '28'] } },
  aliases: ['DAU', 'WAU', 'MAU', 'monthly active users', 'weekly active users', 'daily active users'],
  settings: ['time_zone', 'idle_events'],
  disagreements: [{ anchor: 'Most tools', says: 'count a calendar month, whose number of weekends varies; 28 days hold four of each weekday.' }],
  examples: [
    {
      says: 'two users of three events in 28 days, one of them on the last day; an event of 29 days before does not count',
      facts: {
        usage_event: [
          { account_id: 'a', user_id: 'u', event: 'open', occurred_at: '2024-03-31T23:00:00Z' },
          { account_id: 'a', user_id: 'u', event: 'open', occurred_at: '2024-03-31T23:10:00Z' },
          { account_id: 'a', user_id: 'v', event: 'open', occurred_at: '2024-03-04T00:00:00Z' },
          { account_id: 'a', user_id: 'w', event: 'open', occurred_at: '2024-03-03T23:59:59Z' },
        ],
      },
      value: 2,
      parts: { monthly: 2, weekly: 1, daily: 1 },
    },
  ],
})
