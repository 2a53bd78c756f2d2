import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { accountPeriods } from '../rows/account-periods.ts'
import { COST_DIMENSIONS, costRows } from '../rows/capacity-and-costs.ts'

export const crc = defineMetric({
  id: 'crc',
  name: 'Customer retention cost',
  says: 'Cost of keeping customers in the period per customer who was kept.',
  level: 'financial',
  kind: 'flow',
  grain: 'account',
  unit: 'money',
  better: 'down',
  rollUp: 'ratio',
  dimensions: 'none',
  formula: '{cost} / {retained}',
  nullWhen: 'Nobody was kept.',
  measures: {
    cost: { of: costRows, each: 'amount', when: "purpose = 'retention'", label: 'Cost of keeping customers', kind: 'money' },
    retained: { of: accountPeriods, undividedBy: COST_DIMENSIONS, each: 'was_customer AND is_customer', label: 'Customers at both ends', kind: 'count' },
  },
  value: ratio('cost', 'retained', 'none_retained'),
  n: 'retained',
  aliases: ['CRC'],
  settings: MRR_SETTINGS,
})
