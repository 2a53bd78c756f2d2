import { defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { referrals } from '../rows/customers.ts'
import { twelveReferrals } from '../rows/referral-examples.ts'

export const referralConversion = defineMetric({
  id: 'referral_conversion',
  name: 'Referral conversion',
  says: 'Share of the referrals of the period that became customers in time; those whose time is not over are left out.',
  level: 'customer-health',
  kind: 'cohort',
  grain: 'referral',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{converted} / {matured}',
  nullWhen: 'No referral of the period has had its time.',
  measures: {
    converted: { of: referrals, each: 'converted', when: 'matured', label: 'Became customers', kind: 'count' },
    matured: { of: referrals, each: '1', when: 'matured', label: 'Referrals that have had their time', kind: 'count' },
  },
  value: ratio('converted', 'matured', 'none_matured'),
  cohorts: { by: 'horizon', option: 'horizon_days' },
  n: 'matured',
  interval: 'wilson',
  shareOfWhole: true,
  options: referrals.options,
  settings: ['time_zone', 'advocacy_horizon_days'],
  examples: [
    {
      says: 'advocacy: 3 of 12 within 30 days',
      facts: { referral: twelveReferrals },
      ask: { from: '2024-03-01', until: '2024-04-01', options: { horizon_days: '30' } },
      value: 0.25,
    },
    { says: 'after two months of 180 nothing is decided', facts: { referral: twelveReferrals }, value: null, null_reason: 'none_matured' },
  ],
})
