import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { featureAdoption } from '../rows/features.ts'
import { window } from '../rows/use.ts'
import { contract } from '../rows/contract-examples.ts'

const accounts = Array.from({ length: 200 }, (_, i) => `a${i}`)
const over = window(28)

export const featureAdoptionRate = defineMetric({
  id: 'feature_adoption_rate',
  name: 'Feature adoption rate',
  says: 'Share of the customers entitled to a feature who used it at least three times in the 28 days before the end of the period; over several features, of all pairs of customer and feature.',
  level: 'usage',
  kind: 'window',
  grain: 'account x feature',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{adopted} / {entitled}',
  nullWhen: 'No customer is entitled to a feature.',
  measures: {
    adopted: { of: featureAdoption, each: 'adopted', over, label: 'Customers and features they use', kind: 'count' },
    entitled: { of: featureAdoption, each: 'entitled', over, label: 'Customers and features they are entitled to', kind: 'count' },
  },
  value: ratio('adopted', 'entitled', 'none_entitled'),
  n: 'entitled',
  interval: 'wilson',
  shareOfWhole: true,
  options: featureAdoption.options,
  aliases: ['feature adoption', 'feature usage'],
  settings: [...MRR_SETTINGS, 'idle_events', 'adoption_uses'],
  examples: [
    {
      says: 'feature_adoption: 70 of 200 entitled customers; two uses are too few, and who is not entitled does not count',
      facts: {
        subscription_version: [...accounts, 'other'].map((account_id) => contract(account_id, '2023-06-01', { unit_amount: 10 })),
        feature: [{ feature_id: 'f', entitlement: 'recorded' }],
        feature_entitlement: accounts.map((account_id) => ({ account_id, feature: 'f' })),
        usage_event: [...accounts.slice(0, 80), 'other'].flatMap((account_id, i) =>
          Array.from({ length: i < 70 || account_id === 'other' ? 3 : 2 }, (_, use) => ({
            account_id,
            user_id: 'u',
            event: 'use',
            feature: 'f',
            occurred_at: `2024-03-1${use}T12:00:00Z`,
          })),
        ),
      },
      value: 0.35,
      ci: [0.28728824, 0.41836536],
      parts: { adopted: 70, entitled: 200 },
    },
    { says: 'nobody is entitled', facts: { feature: [{ feature_id: 'g', entitlement: 'recorded' }] }, value: null, null_reason: 'none_entitled' },
  ],
})
