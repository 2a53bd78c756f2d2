import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { total } from '../kit/value.ts'
import { contract } from '../rows/contract-examples.ts'
import { lossMovements } from '../rows/lost-customers.ts'

export const customersLost = defineMetric({
  id: 'customers_lost',
  name: 'Customers lost',
  says: 'Churn movements in the period: an account that leaves twice counts twice.',
  level: 'financial',
  kind: 'flow',
  grain: 'movement',
  unit: 'count',
  better: 'down',
  rollUp: 'add',
  dimensions: 'account',
  formula: '{lost}',
  nullWhen: 'Never: nobody lost is 0.',
  measures: {
    lost: {
      of: lossMovements,
      each: 'head',
      when: "kind = 'churn'",
      label: 'Churn movements',
      kind: 'count',
    },
  },
  value: total('lost'),
  n: 'lost',
  aliases: ['churned customers', 'logo churn events'],
  revisions: [
    { on: '2026-12-01', says: 'By cause an account counts under the cause that explains most of its loss; before, under that of its first subscription.' },
  ],
  settings: MRR_SETTINGS,
  disagreements: [
    {
      anchor: 'ChartMogul',
      says: 'changed the same table from activities to customers on 2025-01-31; this is the count of movements.',
    },
  ],
  examples: [
    {
      says: 'one of the opening set, and one that joined and left',
      accounts: [{ opening: 5 }, { between: 9 }, { opening: 1, closing: 1 }],
      value: 2,
    },
    {
      says: 'rows that tell how a subscription stands today: lost at its end, else at its notice; never a customer where no bill was ever paid',
      facts: {
        subscription_version: [
          contract('a', '2023-06-01', { unit_amount: 1, status: 'ended', canceled_at: '2024-02-15T12:00:00Z', ends_at: '2024-03-15T12:00:00Z' }),
          contract('b', '2023-06-01', { unit_amount: 1, status: 'ended', canceled_at: '2024-03-15T12:00:00Z' }),
          contract('c', '2023-06-01', { unit_amount: 1, status: 'ended', canceled_at: '2024-02-15T12:00:00Z' }),
          contract('d', '2024-03-06', { unit_amount: 1, status: 'never_paid', ends_at: '2024-03-07T12:00:00Z' }),
          contract('e', '2024-03-06', { unit_amount: 1, status: 'ended', trial_ends_at: '2024-03-20T12:00:00Z', ends_at: '2024-03-20T12:00:00Z' }),
        ],
      },
      value: 2,
    },
    {
      says: 'a contract whose last day is the 14th and the next that begins on the 15th: nobody left',
      facts: {
        subscription_version: [
          contract('a', '2023-06-01', { subscription_id: 'first', unit_amount: 1, ends_at: '2024-03-14' }),
          contract('a', '2024-03-15', { subscription_id: 'second', unit_amount: 1 }),
        ],
      },
      value: 0,
    },
  ],
})
