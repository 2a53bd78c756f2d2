import { studentQuantile } from '../../statistics/student-t.ts'
import { defineMetric } from '../kit/metric.ts'
import type { Reckoning } from '../kit/reckoning.ts'
import { ratio, withBeside } from '../kit/value.ts'
import type { Parts } from '../kit/value.ts'
import { sessionRows } from '../rows/session-rows.ts'
import { window } from '../rows/use.ts'

/** Lengths are skewed and never negative: Student's interval of the logarithm of the mean, by the delta method. */
function interval({ number }: Parts): Pick<Reckoning, 'ci' | 'ci_method' | 'se'> {
  const { minutes = 0, sessions: n = 0, squares = 0 } = number
  if (n < 2 || minutes <= 0) return { ci: null }
  const mean = minutes / n
  const se = Math.sqrt(Math.max(0, (squares - n * mean * mean) / (n - 1)) / n)
  const factor = Math.exp(((studentQuantile(0.975, n - 1) ?? Number.NaN) * se) / mean)
  return Number.isFinite(factor) ? { ci: [mean / factor, mean * factor], ci_method: 't on log', se } : { ci: null }
}

const at = (user_id: string, minutes: readonly number[]) =>
  minutes.map((minute) => ({ account_id: 'a', user_id, event: 'open', occurred_at: new Date(Date.UTC(2024, 2, 12, 0, minute)).toISOString() }))

export const avgSessionTime = defineMetric({
  id: 'avg_session_time',
  name: 'Average session time',
  says: 'Mean time from the first to the last event of sessions begun in the 28 days before the end of the period; a session of one event takes no time and counts.',
  level: 'usage',
  kind: 'window',
  grain: 'session',
  unit: 'minutes',
  better: 'context',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{minutes} / {sessions}',
  nullWhen: 'No session began in the 28 days.',
  measures: {
    minutes: { of: sessionRows, each: 'minutes', over: window(28), label: 'Minutes in sessions', kind: 'number' },
    sessions: { of: sessionRows, each: 'sessions', over: window(28), label: 'Sessions', kind: 'count' },
    singles: { of: sessionRows, each: 'singles', over: window(28), label: 'Sessions of a single event', kind: 'count' },
    squares: { of: sessionRows, each: 'squares', over: window(28), label: 'Squares of minutes, added up', kind: 'number' },
  },
  value: withBeside(ratio('minutes', 'sessions', 'no_sessions'), (parts, { value }) =>
    value === null ? {} : { ...interval(parts), beside: { single_share: (parts.number.singles ?? 0) / (parts.number.sessions ?? 1) } },
  ),
  n: 'sessions',
  ownInterval: 't on log',
  besides: { single_share: 'Share of single-event sessions' },
  aliases: ['session length', 'time in product', 'session duration'],
  settings: ['time_zone', 'session_gap_minutes', 'idle_events'],
  disagreements: [
    { anchor: 'Google Analytics', says: 'ends a session after 30 minutes too, but counts engaged time.' },
    { anchor: 'June', says: 'ends a session after 60 seconds without an event.' },
  ],
  examples: [
    {
      says: 'sessions: events at minutes 540, 550, 575, 610, 620 and 840 are sessions of 35, 10 and 0 minutes',
      facts: { usage_event: at('u', [540, 550, 575, 610, 620, 840]) },
      value: 15,
      parts: { minutes: 45, sessions: 3, singles: 1, single_share: 1 / 3 },
    },
    { says: 'session_june: sessions of 5 and 7 minutes', facts: { usage_event: [...at('u', [0, 5]), ...at('v', [0, 7])] }, value: 6 },
    {
      says: 'a gap of exactly the setting does not end a session; midnight and the end of the month do not cut it, and it belongs to the day it began',
      facts: {
        usage_event: ['2024-03-31T23:40:00Z', '2024-04-01T00:10:00Z', '2024-04-01T00:40:00Z'].map((occurred_at) => ({
          account_id: 'a',
          user_id: 'u',
          event: 'open',
          occurred_at,
        })),
      },
      value: 60,
    },
    { says: 'no session', facts: { usage_event: [] }, value: null, null_reason: 'no_sessions' },
  ],
})
