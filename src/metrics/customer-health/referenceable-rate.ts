import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { customers } from '../rows/customers.ts'

export const referenceableRate = defineMetric({
  id: 'referenceable_rate',
  name: 'Referenceable customers',
  says: 'Share of the customers with written consent to act as a reference and no blocking bug open.',
  level: 'customer-health',
  kind: 'stock',
  grain: 'account',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{referenceable} / {customers}',
  nullWhen: 'There are no customers.',
  measures: {
    referenceable: { of: customers, each: 'consents AND NOT blocked', label: 'Customers ready to be a reference', kind: 'count' },
    consenting: { of: customers, each: 'consents', label: 'Customers who have agreed', kind: 'count' },
    customers: { of: customers, each: '1', label: 'Customers', kind: 'count' },
  },
  value: ratio('referenceable', 'customers', 'no_customers'),
  n: 'customers',
  interval: 'wilson',
  shareOfWhole: true,
  aliases: ['reference customers'],
  settings: [...MRR_SETTINGS, 'reference_months'],
  examples: [
    {
      says: 'advocacy: 30 of 200; consent that has expired or was withdrawn is none, and a blocking bug stands in its way',
      accounts: [{ count: 200, opening: 10, closing: 10 }],
      facts: {
        reference_consent: [
          ...Array.from({ length: 31 }, (_, i) => ({ account_id: `0 ${i}`, given_at: '2023-06-15T12:00:00Z' })),
          { account_id: '0 50', given_at: '2023-03-15T12:00:00Z' },
          { account_id: '0 51', given_at: '2023-06-15T12:00:00Z', withdrawn_at: '2024-03-30T12:00:00Z' },
        ],
        request: [{ request_id: 'b', account_id: '0 30', requested_at: '2024-03-15T12:00:00Z', kind: 'bug', blocking: 'true' }],
      },
      value: 0.15,
    },
  ],
})
