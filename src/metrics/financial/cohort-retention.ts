import { MRR_SETTINGS, defineMetric, ratioBy } from '../metric.ts'
import type { Value } from '../metric.ts'
import { cohortMembers } from '../rows/cohort-members.ts'

/** A cohort has no value until all of it has reached the age. */
const matureCohort = (value: Value): Value => ({
  ...value,
  compute: (parts) => ((parts.number.joined ?? 0) > 0 && (parts.number.waiting ?? 0) > 0 ? { value: null, null_reason: 'not_matured' } : value.compute(parts)),
})

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
    stays: { of: cohortMembers, each: 'stays', label: 'Accounts still customers at the age', kind: 'count' },
    joined: { of: cohortMembers, each: '1', label: 'Accounts that joined', kind: 'count' },
    amount: { of: cohortMembers, each: 'amount', label: 'Their MRR at the age', kind: 'money' },
    base: { of: cohortMembers, each: 'base', label: 'Their MRR when they joined', kind: 'money' },
    waiting: { of: cohortMembers, each: 'NOT reached', label: 'Have not reached the age', kind: 'count' },
  },
  value: matureCohort(ratioBy('of', 'customers', { customers: ['stays', 'joined'], mrr: ['amount', 'base'] }, 'empty_cohort')),
  n: 'joined',
  interval: 'wilson',
  options: {
    age: { says: 'Age in months', fallback: '1' },
    of: { says: 'customers: share of accounts; mrr: share of their MRR', fallback: 'customers', choices: ['customers', 'mrr'] },
  },
  settings: MRR_SETTINGS,
  disagreements: [{ anchor: 'ChartMogul', says: 'uses the same base: every customer who joined, also those who left within the period.' }],
})
