import { defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { tasksDue } from '../rows/team-work.ts'

const task = (task_id: string, done_at: string, more: Record<string, string> = {}) => ({
  task_id,
  account_id: 'a',
  created_at: '2024-03-01T12:00:00Z',
  due_on: '2024-03-10',
  done_at,
  ...more,
})

export const taskOnTimeRate = defineMetric({
  id: 'task_on_time_rate',
  name: 'Tasks on time',
  says: 'Share of the tasks due in the period that were done by their due day. One that is not done counts as late.',
  level: 'team-performance',
  kind: 'flow',
  grain: 'task',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{on_time} / {due}',
  nullWhen: 'No task was due.',
  measures: {
    on_time: { of: tasksDue, each: 'on_time', label: 'Done by the due day', kind: 'count' },
    due: { of: tasksDue, each: '1', label: 'Tasks due', kind: 'count' },
    undone: { of: tasksDue, each: 'isNull(done_on)', label: 'Due and not done', kind: 'count' },
  },
  value: ratio('on_time', 'due', 'none_due'),
  n: 'due',
  interval: 'wilson',
  shareOfWhole: true,
  settings: ['time_zone'],
  aliases: ['task completion'],
  examples: [
    {
      says: 'one on its due day, one late, one never; one given up does not count',
      facts: {
        task: [task('1', '2024-03-10T23:00:00Z'), task('2', '2024-03-11T01:00:00Z'), task('3', ''), task('4', '', { cancelled_at: '2024-03-05T12:00:00Z' })],
      },
      value: 1 / 3,
      parts: { undone: 1 },
    },
  ],
})
