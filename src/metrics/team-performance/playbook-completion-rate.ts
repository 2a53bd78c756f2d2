import { defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { runsDue } from '../rows/team-work.ts'

const run = (run_id: string, finished_at: string, more: Record<string, string> = {}) => ({
  run_id,
  account_id: 'a',
  playbook: 'p',
  started_at: '2024-03-01T12:00:00Z',
  deadline_on: '2024-03-20',
  finished_at,
  ...more,
})

export const playbookCompletionRate = defineMetric({
  id: 'playbook_completion_rate',
  name: 'Playbook completion rate',
  says: 'Share of the playbook runs that started in the period and whose deadline has passed that were finished in time.',
  level: 'team-performance',
  kind: 'cohort',
  grain: 'run',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{in_time} / {started}',
  nullWhen: 'No run is past its deadline.',
  measures: {
    in_time: { of: runsDue, each: 'in_time', label: 'Finished in time', kind: 'count' },
    started: { of: runsDue, each: '1', label: 'Runs past their deadline', kind: 'count' },
  },
  value: ratio('in_time', 'started', 'none_past_deadline'),
  n: 'started',
  interval: 'wilson',
  shareOfWhole: true,
  settings: ['time_zone'],
  aliases: ['play completion'],
  examples: [
    {
      says: 'one of two in time; one has time left, one account was held out',
      facts: {
        play_run: [
          run('1', '2024-03-20T22:00:00Z'),
          run('2', '2024-03-21T08:00:00Z'),
          run('3', '', { deadline_on: '2030-01-01' }),
          run('4', '', { arm: 'holdout' }),
        ],
      },
      value: 0.5,
    },
  ],
})
