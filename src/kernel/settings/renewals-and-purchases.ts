import { defineSettings } from './setting.ts'

export const RENEWALS_AND_PURCHASES = defineSettings('Renewals and purchases', {
  renewal_min_term_months: {
    name: 'Shortest renewal term',
    says: 'Shortest contract term, in months, that counts as a renewal when it continues',
    fallback: '12',
    kind: 'number',
    unit: 'months',
    min: 1,
    max: 120,
    rebuilds: true,
  },
  renewal_grace_days: {
    name: 'Renewal grace',
    says: 'Days after the due date in which a late renewal still counts',
    fallback: '30',
    kind: 'number',
    unit: 'days',
    min: 0,
    max: 365,
    rebuilds: false,
  },
  c2_horizon_days: {
    name: 'Second purchase horizon',
    says: 'Days a first buyer has for the second purchase',
    fallback: '90',
    kind: 'number',
    unit: 'days',
    min: 1,
    max: 730,
    rebuilds: false,
  },
  renewals_count: {
    name: 'Renewals count as purchases',
    says: 'Whether the second paid bill of a subscription is a second purchase',
    fallback: 'yes',
    kind: 'choice',
    choices: ['yes', 'no'],
    rebuilds: false,
  },
})
