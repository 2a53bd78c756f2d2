import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { chosen, ratio, withheld } from '../kit/value.ts'
import type { Form } from '../kit/value.ts'
import { agedMembers, cohortMembers } from '../rows/cohort-members.ts'
import { contract } from '../rows/contract-examples.ts'

/** A cohort has no value until all of it has reached the age. */
const whenMature = (value: Form): Form => withheld(value, 'not_matured', ['joined', '>', 0], ['waiting', '>', 0])

export const cohortRetention = defineMetric({
  id: 'cohort_retention',
  name: 'Cohort retention',
  says: 'Share of the accounts that joined in the period, those who left at once included, who are customers at the close of the day on which they reach a given age: who does not renew on it is gone.',
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
  value: chosen('of', 'customers', {
    customers: whenMature(ratio('stays', 'joined', 'empty_cohort')),
    mrr: whenMature(ratio('amount', 'base', 'empty_cohort')),
  }),
  cohorts: { by: 'months', of: cohortMembers, rows: agedMembers },
  n: 'joined',
  interval: 'wilson',
  options: {
    ...cohortMembers.options,
    of: { says: 'customers: share of accounts; mrr: share of their MRR', fallback: 'customers', choices: ['customers', 'mrr'] },
  },
  settings: MRR_SETTINGS,
  revisions: [
    {
      on: '2026-12-01',
      says: 'The state of an age is that at the close of its day, no longer the one before it: who does not renew on an anniversary does not count as kept there.',
    },
  ],
  disagreements: [{ anchor: 'ChartMogul', says: 'uses the same base: every customer who joined, also those who left within the period.' }],
  examples: (
    [
      ['11', 'customers', 1],
      ['12', 'customers', 0.75],
      ['12', 'mrr', 0.8],
      ['23', 'customers', 0.75],
      ['24', 'customers', 0.5],
    ] as const
  ).map(([age, of, value]) => ({
    says: `of four contracts of a year one is not renewed after the first, one after the second; ${of} at ${age} months`,
    facts: {
      subscription_version: [
        ...['a', 'b', 'c'].map((account) => contract(account, '2021-03-10', { unit_amount: 1200, interval_unit: 'year' })),
        contract('d', '2021-03-10', { unit_amount: 2400, interval_unit: 'year' }),
        contract('a', '2022-03-10', { status: 'ended' }),
        contract('b', '2023-03-10', { status: 'ended' }),
      ],
    },
    ask: { from: '2021-03-01', until: '2021-04-01', options: { age, of } },
    value,
  })),
})
