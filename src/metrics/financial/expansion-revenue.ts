import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { total } from '../kit/value.ts'
import { mrrMovements } from '../rows/mrr-movements.ts'

const because = (causes: readonly string[]): string => `kind = 'expansion' AND cause IN (${causes.map((cause) => `'${cause}'`).join(', ')})`
const part = (label: string, when: string) => ({ of: mrrMovements, each: 'amount', when, label, kind: 'money' }) as const
const UPSELL = ['plan', 'quantity', 'price', 'currency_change']
const NAMED = [...UPSELL, 'cross_sell', 'renewal', 'discount_expired']

export const expansionRevenue = defineMetric({
  id: 'expansion_revenue',
  name: 'Expansion revenue',
  says: 'Expansion MRR by what caused it: upsell, cross-sell, renewal uplift; the end of a discount is shown apart.',
  level: 'financial',
  kind: 'flow',
  grain: 'movement',
  unit: 'money',
  better: 'up',
  rollUp: 'add',
  dimensions: 'subscription',
  formula: '{upsell} + {cross_sell} + {renewal_uplift} + {discount_expired} + {other}',
  nullWhen: 'Never; its percentage change is null when the period before had none.',
  measures: {
    amount: part('Expansion MRR', "kind = 'expansion'"),
    upsell: part('Upsell: plan, quantity, price', because(UPSELL)),
    cross_sell: part('Cross-sell', because(['cross_sell'])),
    renewal_uplift: part('Renewal uplift', because(['renewal'])),
    discount_expired: part('Discounts that ended', because(['discount_expired'])),
    other: part('Other components of the same movements', `kind = 'expansion' AND cause NOT IN (${NAMED.map((cause) => `'${cause}'`).join(', ')})`),
    movements: {
      of: mrrMovements,
      each: 'head',
      when: "kind = 'expansion'",
      label: 'Movements',
      kind: 'count',
    },
  },
  value: total('amount'),
  n: 'movements',
  aliases: ['upsell', 'cross-sell'],
  settings: MRR_SETTINGS,
  disagreements: [
    {
      anchor: 'Some texts',
      says: 'add renewals. A renewal at the same price adds no recurring revenue; it is {renewal_revenue} here, beside this number.',
    },
  ],
})
