import { defineMetric } from '../kit/metric.ts'
import { total, withBeside } from '../kit/value.ts'
import { pastDecisions } from '../rows/chance-examples.ts'
import { chanceMeasures, ofThoseTold } from '../rows/chance-measures.ts'
import { chancesToLeave } from '../rows/chances.ts'

const chances = [
  [12000, 0.1825],
  [30000, 0.07875],
  [60000, 3.3 / 140],
] as const

export const arrAtRisk = defineMetric({
  id: 'arr_at_risk',
  name: 'ARR at risk',
  says: 'ARR that is expected to be lost to decisions of the next 90 days: of each customer its ARR times its chance to leave. Whose decision is known is no risk: that ARR stands beside it.',
  level: 'customer-health',
  kind: 'model',
  grain: 'account',
  unit: 'money',
  better: 'down',
  rollUp: 'semi',
  dimensions: 'account',
  formula: '{expected}',
  nullWhen: 'Nothing was said within seven days before the end of the period, or no customer has a {churn_probability}.',
  measures: {
    expected: { of: chancesToLeave, each: 'expected', when: 'isNotNull(chance)', label: 'ARR x chance to leave', kind: 'money' },
    variance: { of: chancesToLeave, each: 'variance', when: 'isNotNull(chance)', label: 'ARR² x chance x (1 - chance)', kind: 'number' },
    arr_told: { of: chancesToLeave, each: 'arr', when: 'isNotNull(chance)', label: 'ARR of customers with a chance', kind: 'money' },
    arr_decided: { of: chancesToLeave, each: 'arr', when: "phase = ''", label: 'ARR of customers that have decided to leave', kind: 'money' },
    ...chanceMeasures(chancesToLeave, 'chance', 'Sum of chances to leave'),
  },
  value: withBeside(ofThoseTold(total('expected')), ({ number: { variance = 0, expected = 0, arr_decided = 0, told = 0 } }) =>
    told === 0 ? {} : { beside: { sd: Math.sqrt(variance), with_decided: expected + arr_decided } },
  ),
  n: 'told',
  besides: { sd: 'Standard deviation of what is lost', with_decided: 'With the ARR of those that have decided' },
  aliases: ['expected loss', 'revenue at risk'],
  disagreements: [{ anchor: 'Red accounts', says: 'count the whole ARR of every red account: more than is lost, and nothing of the others.' }],
  settings: ['time_zone', 'reporting_currency'],
  examples: [
    {
      says: 'arr_at_risk: 12,000, 30,000 and 60,000 at 18.25, 7.88 and 2.36 %, and 9,000 that are decided',
      ...pastDecisions,
      value: 5966.785714,
      parts: {
        sd: Math.sqrt(chances.reduce((sum, [arr, p]) => sum + arr * arr * p * (1 - p), 0)),
        arr_decided: 9000,
        with_decided: 14966.785714,
      },
    },
  ],
})
