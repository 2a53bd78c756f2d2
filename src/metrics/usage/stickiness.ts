import { defineMetric } from '../kit/metric.ts'
import { ratio, withBeside } from '../kit/value.ts'
import { accountUse, activeUsers } from '../rows/account-use.ts'
import { window } from '../rows/use.ts'

const users = (count: number): string[] => Array.from({ length: count }, (_, i) => `u${i}`)
/** Events on the first days of a window, one day after another, by so many users each. */
const onDays = (perDay: readonly (readonly string[])[]): { account_id: string; user_id: string; event: string; occurred_at: string }[] =>
  perDay.flatMap((list, day) =>
    list.map((user_id) => ({ account_id: 'a', user_id, event: 'open', occurred_at: `2024-03-${String(4 + day).padStart(2, '0')}T12:00:00Z` })),
  )

const DAYS = 28
/** Days of users / 28 are the mean of the daily users, days without anybody counting as 0. */
const value = withBeside(ratio('user_days', 'users', 'no_users', { times: 1 / DAYS }), ({ number: { user_days = 0, users: active = 0 } }, made) =>
  made.value === null ? {} : { under: active * DAYS, beside: { daily_mean: user_days / DAYS } },
)

export const stickiness = defineMetric({
  id: 'stickiness',
  name: 'Stickiness',
  says: 'Mean number of daily users over 28 days, over the users active in these days: how many of the days a user comes.',
  level: 'usage',
  kind: 'window',
  grain: 'user',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{user_days} / 28 / {users}',
  nullWhen: 'Nobody was active in the 28 days.',
  measures: {
    user_days: { of: accountUse, each: 'user_days', over: window(DAYS), label: 'Daily users, added up over 28 days', kind: 'count' },
    users: { of: activeUsers, each: 'users', over: window(DAYS), label: 'Users active in 28 days', kind: 'count' },
  },
  value,
  n: 'users',
  interval: 'bootstrap',
  besides: { daily_mean: 'Mean daily users' },
  shareOfWhole: true,
  aliases: ['DAU/MAU', 'daily active share'],
  settings: ['time_zone', 'idle_events'],
  examples: [
    {
      says: 'stickiness: 10, 12, 0 and 8 daily users in each of seven rounds of four days, of 25 in all: 7.5 a day of 25 are 30 %',
      facts: {
        usage_event: onDays(Array.from({ length: 7 }, () => [users(25).slice(0, 10), users(25).slice(10, 22), [], users(25).slice(17)]).flat()),
      },
      value: 0.3,
      parts: { user_days: 210, users: 25, daily_mean: 7.5 },
    },
    { says: 'nobody came', facts: { usage_event: [] }, value: null, null_reason: 'no_users' },
  ],
})
