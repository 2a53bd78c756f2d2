import { defineMetric } from '../kit/metric.ts'
import { ratio, withBeside } from '../kit/value.ts'
import { signalsMatured } from '../rows/team-work.ts'

const share = (k = 0, n = 0): number | null => (n === 0 ? null : k / n)
const signal = (signal_id: string, event_at: string, more: Record<string, string> = {}) => ({
  signal_id,
  account_id: signal_id,
  rule: 'usage_drop',
  raised_at: '2024-03-05T12:00:00Z',
  horizon_days: '20',
  event_at,
  ...more,
})
const customer = (account_id: string, day: string, status: string) => ({
  subscription_id: account_id,
  account_id,
  effective_at: `${day}T12:00:00Z`,
  currency: 'USD',
  status,
  unit_amount: status === 'ended' ? '0' : '10',
})

export const signalPrecision = defineMetric({
  id: 'signal_precision',
  name: 'Signal precision',
  says: 'Share of the signals raised in the period whose horizon is over that were followed by what they foretold. Those acted on are shown apart: where acting helps, they look like false alarms.',
  level: 'team-performance',
  kind: 'cohort',
  grain: 'signal',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{followed} / {matured}',
  nullWhen: 'No signal of the period has had its whole horizon.',
  measures: {
    followed: { of: signalsMatured, each: 'followed', label: 'Followed by the event', kind: 'count' },
    matured: { of: signalsMatured, each: '1', label: 'Signals whose horizon is over', kind: 'count' },
    acted: { of: signalsMatured, each: 'acted', label: 'Acted on', kind: 'count' },
    acted_followed: { of: signalsMatured, each: 'acted AND followed', label: 'Acted on and followed', kind: 'count' },
  },
  value: withBeside(ratio('followed', 'matured', 'none_matured'), ({ number: { followed = 0, matured = 0, acted = 0, acted_followed = 0 } }) => ({
    beside: { precision_acted: share(acted_followed, acted), precision_untouched: share(followed - acted_followed, matured - acted) },
  })),
  n: 'matured',
  interval: 'wilson',
  shareOfWhole: true,
  besides: { precision_acted: 'Precision where somebody acted', precision_untouched: 'Precision where nobody did' },
  settings: ['time_zone', 'churn_date', 'dunning_days'],
  aliases: ['precision', 'alert precision'],
  examples: [
    {
      says: 'two of four: one by its own word, one by its MRR; one too late, one never; one has time left',
      facts: {
        signal: [
          signal('1', '2024-03-10T12:00:00Z'),
          signal('2', ''),
          signal('3', '2024-04-10T12:00:00Z'),
          signal('4', '', { first_action_at: '2024-03-06T12:00:00Z' }),
          signal('5', '', { horizon_days: '700' }),
        ],
        subscription_version: [customer('2', '2023-06-01', 'active'), customer('2', '2024-03-25', 'ended')],
      },
      value: 0.5,
      parts: { precision_acted: 0, precision_untouched: 2 / 3 },
    },
  ],
})
