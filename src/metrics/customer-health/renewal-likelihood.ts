import { defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { pastDecisions } from '../rows/chance-examples.ts'
import { chanceMeasures, ofThoseTold } from '../rows/chance-measures.ts'
import { chancesToLeave } from '../rows/chances.ts'

const renewed = (later: number, due: number): number => (1 - later) ** 2 * (1 - due)

export const renewalLikelihood = defineMetric({
  id: 'renewal_likelihood',
  name: 'Likely to renew',
  says: 'Chance that what must be decided about by the next deadline is renewed: no decision to leave in any 90 days before the window, nor in the window. Who may leave in any month: over the next 90 days. Of several customers each weighs as much as the ARR it decides about.',
  level: 'customer-health',
  kind: 'model',
  grain: 'account',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{renewed} / {due_arr}',
  nullWhen: 'Nothing was said within seven days before the end of the period, all have decided, or a phase they go through was never seen.',
  measures: {
    renewed: { of: chancesToLeave, each: 'renewed', when: 'isNotNull(stays)', label: 'ARR x chance to renew', kind: 'money' },
    due_arr: { of: chancesToLeave, each: 'due_arr', when: 'isNotNull(stays)', label: 'ARR that is decided about', kind: 'money' },
    ...chanceMeasures(chancesToLeave, 'stays', 'Sum of chances to renew'),
  },
  value: ofThoseTold(ratio('renewed', 'due_arr', 'no_history')),
  n: 'told',
  shareOfWhole: true,
  aliases: ['renewal probability', 'renewal forecast'],
  settings: ['time_zone'],
  examples: [
    {
      says: '243 days before the deadline two spells of 90 days come before the window: near theirs 30 % of red and 10 % of green customers leave, of amber ones as many as of all',
      ...pastDecisions,
      value: (12000 * renewed(0.1825, 0.3) + 30000 * renewed(0.07875, 0.15) + 60000 * renewed(3.3 / 140, 0.1)) / 102000,
    },
  ],
})
