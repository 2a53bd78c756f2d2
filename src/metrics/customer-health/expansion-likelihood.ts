import { defineMetric } from '../kit/metric.ts'
import { chanceMeasures, meanChance } from '../rows/chance-measures.ts'
import { chancesToExpand } from '../rows/chances.ts'

const version = (account: string, day: string, unit_amount: number) => ({
  subscription_id: account,
  account_id: account,
  effective_at: `${day}T12:00:00Z`,
  currency: 'USD',
  status: 'active',
  unit_amount,
})

export const expansionLikelihood = defineMetric({
  id: 'expansion_likelihood',
  name: 'Likely to expand',
  says: 'Chance that a customer expands within 90 days, from how many of its phase and band did so before; of several customers the mean. A band of which little was seen is drawn to its phase.',
  level: 'customer-health',
  kind: 'model',
  grain: 'account',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{chances} / {told}',
  nullWhen: 'Nothing was said within seven days before the end of the period, all have decided, or no month of which 90 days have passed tells of their phase.',
  measures: chanceMeasures(chancesToExpand, 'chance', 'Sum of chances to expand'),
  value: meanChance,
  n: 'told',
  shareOfWhole: true,
  aliases: ['upsell probability'],
  settings: ['time_zone'],
  examples: [
    {
      says: 'one of two amber customers who may leave in any month expanded within 90 days: half of each, drawn to half of all',
      said: [
        { account: 'x', day: '2021-12-31', score: 50, band: 'amber', arr: 1200, phase: 'month_to_month', mode: 'as_if_connected' },
        { account: 'y', day: '2021-12-31', score: 50, band: 'amber', arr: 1200, phase: 'month_to_month', mode: 'as_if_connected' },
        { account: 'z', day: '2021-10-01', score: 50, band: 'amber', arr: 1200, phase: 'month_to_month', mode: 'as_if_connected' },
        { account: 'x', day: '2022-04-30', score: 50, band: 'amber', arr: 1200, phase: 'month_to_month', mode: 'as_if_connected' },
      ],
      facts: { subscription_version: [version('x 0', '2021-06-01', 50), version('x 0', '2022-02-01', 100), version('y 0', '2021-06-01', 100)] },
      ask: { from: '2022-04-01', until: '2022-05-01' },
      value: 0.5,
      flags: ['optimistic'],
    },
  ],
})
