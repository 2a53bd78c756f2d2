import { theilSen } from '../../statistics/theil-sen.ts'
import { defineMetric } from '../kit/metric.ts'
import { ratio, withBeside, withheld } from '../kit/value.ts'
import type { Measure } from '../kit/metric.ts'
import { WEEKS, weeklyUse } from '../rows/account-use.ts'
import { window } from '../rows/use.ts'

/** Fewer events in the 28 days before tell nothing about a trend. */
const LEAST = 20
const names = Array.from({ length: WEEKS }, (_, i) => `week_${i + 1}`)
const over = window(7 * WEEKS)
const sum = (weeks: readonly string[]): string => weeks.join(' + ')

const weekly: Readonly<Record<string, Measure>> = Object.fromEntries(
  names.map((name, i): [string, Measure] => [
    name,
    { of: weeklyUse, each: name, over, label: i === 0 ? 'Events of the last week' : `Events of the week ${i} before it`, kind: 'count' },
  ]),
)

const events = (list: readonly (readonly [day: string, count: number])[]) =>
  list.flatMap(([day, count]) =>
    Array.from({ length: count }, (_, i) => ({ account_id: 'a', user_id: 'u', event: 'open', occurred_at: `${day}T12:${String(i).padStart(2, '0')}:00Z` })),
  )

export const usageTrend = defineMetric({
  id: 'usage_trend',
  name: 'Usage trend',
  says: 'Events of the 28 days before the end of the period against those of the 28 days before them.',
  level: 'usage',
  kind: 'window',
  grain: 'account',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{now} / {before} - 1',
  nullWhen: 'The 28 days before had fewer than 20 events.',
  measures: {
    now: { of: weeklyUse, each: sum(names.slice(0, 4)), over, label: 'Events of 28 days', kind: 'count' },
    before: { of: weeklyUse, each: sum(names.slice(4)), over, label: 'Events of the 28 days before', kind: 'count' },
    ...weekly,
  },
  value: withBeside(withheld(ratio('now', 'before', 'too_few_events', { plus: -1 }), 'too_few_events', ['before', '<', LEAST]), ({ number }) => ({
    beside: { weekly_slope: theilSen(names.map((name, i) => ({ x: -i, y: number[name] ?? 0 })))?.slope ?? null },
  })),
  n: 'before',
  interval: 'bootstrap',
  besides: { weekly_slope: 'Change of weekly events, per week (Theil-Sen over eight weeks)' },
  aliases: ['usage change', 'usage growth'],
  settings: ['time_zone', 'idle_events'],
  examples: [
    {
      says: '15 events after 20 are a quarter less',
      facts: {
        usage_event: events([
          ['2024-02-10', 20],
          ['2024-03-10', 15],
        ]),
      },
      value: -0.25,
    },
    {
      says: '19 events before say nothing',
      facts: {
        usage_event: events([
          ['2024-02-10', 19],
          ['2024-03-10', 40],
        ]),
      },
      value: null,
      null_reason: 'too_few_events',
    },
    {
      says: 'a week is worth 5 events more than the one before it',
      facts: {
        usage_event: events(
          ['2024-02-06', '2024-02-13', '2024-02-20', '2024-02-27', '2024-03-05', '2024-03-12', '2024-03-19', '2024-03-26'].map(
            (day, i) => [day, 5 * (i + 1)] as const,
          ),
        ),
      },
      value: 1.6,
      parts: { weekly_slope: 5, week_1: 40, week_8: 5 },
    },
  ],
})
