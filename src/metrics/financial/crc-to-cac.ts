import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { computed } from '../kit/value.ts'
import { accountPeriods } from '../rows/account-periods.ts'
import { COST_DIMENSIONS, costRows } from '../rows/capacity-and-costs.ts'
import { mrrMovements } from '../rows/mrr-movements.ts'

export const crcToCac = defineMetric({
  id: 'crc_to_cac',
  name: 'Retention cost to acquisition cost',
  says: 'What it costs to keep a customer over what it costs to win one.',
  level: 'financial',
  kind: 'flow',
  grain: 'account',
  unit: 'ratio',
  better: 'down',
  rollUp: 'none',
  dimensions: 'none',
  formula: '({keeping} / {retained}) / ({winning} / {won})',
  nullWhen: 'Nobody was kept, nobody was won, or winning customers cost nothing that is known.',
  measures: {
    keeping: { of: costRows, each: 'amount', when: "purpose = 'retention'", label: 'Cost of keeping customers', kind: 'money' },
    retained: { of: accountPeriods, undividedBy: COST_DIMENSIONS, each: 'was_customer AND is_customer', label: 'Customers at both ends', kind: 'count' },
    winning: { of: costRows, undividedBy: COST_DIMENSIONS, each: 'amount', when: "purpose = 'acquisition'", label: 'Cost of winning customers', kind: 'money' },
    won: { of: mrrMovements, undividedBy: COST_DIMENSIONS, each: 'head', when: "kind = 'new'", label: 'New customers', kind: 'count' },
  },
  value: computed(({ number }) => {
    const { keeping = 0, retained = 0, winning = 0, won = 0 } = number
    if (retained === 0) return { value: null, null_reason: 'none_retained' }
    if (won === 0 || winning === 0) return { value: null, null_reason: 'cac_unknown' }
    return { value: keeping / retained / (winning / won) }
  }),
  n: 'retained',
  aliases: ['CRC to CAC', 'cost of retention to acquisition'],
  settings: MRR_SETTINGS,
})
