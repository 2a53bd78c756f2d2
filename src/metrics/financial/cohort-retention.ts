import { MRR_SETTINGS, computed, defineMetric } from '../metric.ts'
import { cohortMembers } from '../rows/cohort-members.ts'

export const cohortRetention = defineMetric({
  id: 'cohort_retention',
  name: 'Cohort retention',
  says: 'Share of the accounts that joined in the period, those who left at once included, who are customers at a given age.',
  level: 'financial',
  kind: 'cohort',
  grain: 'account',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{stays} / {joined}',
  nullWhen: 'Nobody joined in the period, or not the whole cohort has reached the age.',
  measures: {
    stays: { of: cohortMembers, each: 'stays', label: 'Of them customers at the age', kind: 'count' },
    joined: { of: cohortMembers, each: '1', label: 'Accounts that joined', kind: 'count' },
    amount: { of: cohortMembers, each: 'amount', label: 'Their MRR at the age', kind: 'money' },
    base: { of: cohortMembers, each: 'base', label: 'Their MRR when they joined', kind: 'money' },
    waiting: { of: cohortMembers, each: 'NOT reached', label: 'Have not reached the age', kind: 'count' },
  },
  value: computed(
    ({ number }) =>
      (number.joined ?? 0) === 0
        ? { value: null, null_reason: 'empty_cohort' }
        : (number.waiting ?? 0) > 0
          ? { value: null, null_reason: 'not_matured' }
          : { value: (number.stays ?? 0) / (number.joined ?? 1) },
    { numerator: 'stays', denominator: 'joined' },
  ),
  n: 'joined',
  interval: 'wilson',
  options: { age: { says: 'Age in months', fallback: '1' } },
  settings: MRR_SETTINGS,
  disagreements: [{ anchor: 'ChartMogul', says: 'uses the same base: every customer who joined, also those who left within the period.' }],
})
