import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { OF_LOSSES, lossMovements, lostCustomers } from '../rows/lost-customers.ts'
import { mrrMovements } from '../rows/mrr-movements.ts'

export const logoChurnRate = defineMetric({
  id: 'logo_churn_rate',
  name: 'Customer churn rate',
  says: 'Share of the customers at the opening who are no longer customers at the close.',
  level: 'financial',
  kind: 'p2p',
  grain: 'account',
  unit: 'share',
  better: 'down',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{lost} / {opening}',
  nullWhen: 'There was no customer at the opening.',
  measures: {
    lost: {
      of: lostCustomers,
      each: 'was_customer AND NOT is_customer',
      label: 'Customers of the opening who were lost',
      kind: 'count',
    },
    opening: {
      of: lostCustomers,
      each: 'was_customer',
      undividedBy: OF_LOSSES,
      label: 'Customers at the opening',
      kind: 'count',
    },
    closing: { of: lostCustomers, each: 'is_customer', undividedBy: OF_LOSSES, label: 'Customers at the close', kind: 'count' },
    churn_movements: {
      of: lossMovements,
      each: 'head',
      when: "kind = 'churn'",
      label: 'Churn movements',
      kind: 'count',
    },
    new_movements: {
      of: mrrMovements,
      each: 'head',
      when: "kind = 'new'",
      undividedBy: OF_LOSSES,
      label: 'New customers',
      kind: 'count',
    },
  },
  value: ratio('lost', 'opening', 'no_opening_customers'),
  n: 'opening',
  interval: 'wilson',
  aliases: ['churn rate', 'churn', 'logo churn'],
  settings: MRR_SETTINGS,
  disagreements: [
    {
      anchor: 'Some calculators',
      says: 'divide by the mean of the customers at both ends; then churn and retention no longer add up to one.',
      value: ({ number }) =>
        (number.opening ?? 0) + (number.closing ?? 0) === 0 ? null : (2 * (number.lost ?? 0)) / ((number.opening ?? 0) + (number.closing ?? 0)),
    },
    {
      anchor: 'Stripe',
      says: 'divides churned subscribers by the opening plus the new ones, over 30 rolling days, and counts those who joined and left.',
      value: ({ number }) =>
        (number.opening ?? 0) + (number.new_movements ?? 0) === 0
          ? null
          : (number.churn_movements ?? 0) / ((number.opening ?? 0) + (number.new_movements ?? 0)),
    },
    {
      anchor: 'Baremetrics',
      says: 'divides every churn event by the customers 30 days before.',
      value: ({ number }) => ((number.opening ?? 0) === 0 ? null : (number.churn_movements ?? 0) / (number.opening ?? 1)),
    },
    {
      anchor: 'ChartMogul',
      says: 'leaves out customers who joined and churned, or churned and came back, within the period, as here.',
    },
  ],
  examples: [
    {
      says: 'churn_seed: 10 of 100',
      accounts: [
        { count: 90, opening: 1, closing: 1 },
        { count: 10, opening: 1 },
      ],
      value: 0.1,
    },
    {
      says: 'chartmogul_customer_churn: 12 churned, one came back and one had only just joined (ChartMogul)',
      accounts: [
        { count: 90, opening: 1, closing: 1 },
        { count: 10, opening: 1 },
        { count: 1, between: 1 },
      ],
      value: 0.1,
    },
    { says: 'wilson_0_40: none of 40 is not never', accounts: [{ count: 40, opening: 1, closing: 1 }], value: 0, ci: [0, 0.0876216] },
  ],
})
