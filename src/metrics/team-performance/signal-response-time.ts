import { defineMetric } from '../kit/metric.ts'
import { OPEN_TIME_BESIDES, openMedian } from '../kit/open-times.ts'
import { signalsRaised } from '../rows/team-work.ts'

const signal = (signal_id: string, first_action_at: string, more: Record<string, string> = {}) => ({
  signal_id,
  account_id: signal_id,
  rule: 'usage_drop',
  raised_at: '2024-03-05T12:00:00Z',
  first_action_at,
  ...more,
})

export const signalResponseTime = defineMetric({
  id: 'signal_response_time',
  name: 'Signal response time',
  says: 'Hours from a signal raised in the period to the first action on it: a touch logged or a task set. Signals nobody acted on count with their age where they are more than 5 %.',
  level: 'team-performance',
  kind: 'flow',
  grain: 'signal',
  unit: 'hours',
  better: 'down',
  rollUp: 'dist',
  dimensions: 'account',
  formula: 'median of {signals}',
  nullWhen: 'No signal of the period was acted on.',
  measures: { signals: { of: signalsRaised, each: 'hours', reached: 'acted', label: 'Hours to the first action', kind: 'tally' } },
  value: openMedian('signals', 'no_signals', 'signal_response_time'),
  n: 'signals',
  ownInterval: 'bootstrap of the median; log-log Greenwood with more than 5 % open',
  besides: OPEN_TIME_BESIDES,
  settings: ['time_zone'],
  aliases: ['time to action', 'alert response time'],
  examples: [
    {
      says: 'acted on after 3 hours as the source says, after 5 by a touch, never: half of all by then is 5 (Kaplan-Meier)',
      facts: {
        signal: [signal('1', '2024-03-05T15:00:00Z'), signal('2', ''), signal('3', '')],
        touchpoint: [
          { touchpoint_id: '1', account_id: '2', happened_at: '2024-03-05T17:00:00Z', kind: 'email' },
          { touchpoint_id: '2', account_id: '3', happened_at: '2024-03-05T11:00:00Z', kind: 'email' },
        ],
      },
      value: 5,
      parts: { open: 1 },
    },
  ],
})
