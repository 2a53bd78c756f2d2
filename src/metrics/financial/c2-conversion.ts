import { REVENUE_SETTINGS, defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { firstBuyers } from '../rows/buyers.ts'
import { bill } from '../rows/contract-examples.ts'

export const c2Conversion = defineMetric({
  id: 'c2_conversion',
  name: 'Conversion to the second purchase',
  says: 'Share of the accounts that first bought in the period and bought again within the horizon.',
  level: 'financial',
  kind: 'cohort',
  grain: 'account',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{again} / {first}',
  nullWhen: 'No first buyer of the period has had the whole horizon.',
  measures: {
    again: { of: firstBuyers, each: 'again', label: 'First buyers who bought again in time', kind: 'count' },
    first: { of: firstBuyers, each: '1', label: 'First buyers whose horizon is over', kind: 'count' },
  },
  value: ratio('again', 'first', 'no_matured_buyers'),
  cohorts: { by: 'horizon', option: 'horizon_days' },
  n: 'first',
  interval: 'wilson',
  options: firstBuyers.options,
  aliases: ['C2', 'second purchase'],
  disagreements: [
    {
      anchor: 'Shops that count orders',
      says: 'take a free order as a purchase; here a purchase is a day with a charge above 0, so a sample or an order at no price is neither a first nor a second one.',
    },
  ],
  settings: [...REVENUE_SETTINGS, 'c2_horizon_days', 'renewals_count'],
  examples: [
    {
      says: 'c2: 14 of 40 first buyers buy again within the horizon',
      facts: {
        charge: Array.from({ length: 40 }, (_, i) => [
          bill(`a${i}`, '2024-01-15', 10),
          ...(i < 14 ? [bill(`a${i}`, '2024-03-01', 10)] : i < 20 ? [bill(`a${i}`, '2024-04-20', 10)] : []),
        ]).flat(),
      },
      ask: { from: '2024-01-01', until: '2024-02-01' },
      value: 0.35,
      ci: [0.22134529, 0.50494119],
    },
  ],
})
