import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { chosen, ratio } from '../kit/value.ts'
import { contractsDue } from '../rows/contracts.ts'
import { contract } from '../rows/contract-examples.ts'
import { EXACT_YEARS } from '../rows/subscription-balances.ts'

export const renewalRate = defineMetric({
  id: 'renewal_rate',
  name: 'Renewal rate',
  says: 'Share of the contracts that came to the end of their term in the period and were renewed; contracts not yet decided are left out.',
  level: 'financial',
  kind: 'cohort',
  grain: 'contract',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'subscription',
  formula: '{renewed} / {due}',
  nullWhen: 'No contract was due, or none is decided yet.',
  measures: {
    renewed: { of: contractsDue, each: 'renewed', when: 'decided', label: 'Contracts renewed', kind: 'count' },
    due: { of: contractsDue, each: '1', when: 'decided', label: 'Contracts due and decided', kind: 'count' },
    on_time: { of: contractsDue, each: 'on_time', when: 'decided', label: 'Renewed by the due date', kind: 'count' },
    undecided: { of: contractsDue, each: '1', when: 'NOT decided', label: 'Due but not decided yet', kind: 'count' },
    old_value: { of: contractsDue, each: 'old_value', when: 'decided', label: 'Yearly value that was due', kind: 'money' },
    kept_value: { of: contractsDue, each: 'least(old_value, new_value)', when: 'decided', label: 'Yearly value kept', kind: 'money' },
    new_value: { of: contractsDue, each: 'new_value', when: 'decided', label: 'Yearly value after', kind: 'money' },
  },
  value: chosen('of', 'logo', {
    logo: ratio('renewed', 'due', 'none_due'),
    gross: ratio('kept_value', 'old_value', 'none_due'),
    net: ratio('new_value', 'old_value', 'none_due'),
    on_time: ratio('on_time', 'renewed', 'none_due'),
  }),
  options: {
    of: {
      says: 'logo: contracts; gross: their value without gains; net: their value; on_time: renewed by the due date',
      fallback: 'logo',
      choices: ['logo', 'gross', 'net', 'on_time'],
    },
  },
  n: 'due',
  interval: 'wilson',
  revisions: [EXACT_YEARS],
  settings: [...MRR_SETTINGS, 'renewal_min_term_months', 'renewal_grace_days'],
  aliases: ['gross renewal rate', 'net renewal rate', 'on-time renewal rate'],
  examples: (
    [
      ['logo', 2 / 3],
      ['gross', 0.75],
      ['net', 0.85],
      ['on_time', 0.5],
    ] as const
  ).map(([of, value]) => ({
    says: `renewal_rates: 1,200 renewed in time, 2,880 for 2,400 two weeks late, 1,200 lost, by ${of}`,
    facts: {
      subscription_version: [
        contract('a', '2023-03-15', { unit_amount: 1200, interval_unit: 'year' }),
        contract('b', '2023-03-15', { unit_amount: 2400, interval_unit: 'year' }),
        contract('b', '2024-03-15', { status: 'ended' }),
        contract('b', '2024-03-29', { subscription_id: 's2 b', unit_amount: 2880, interval_unit: 'year' }),
        contract('c', '2023-03-15', { unit_amount: 1200, interval_unit: 'year' }),
        contract('c', '2024-03-15', { status: 'ended' }),
      ],
    },
    ask: { from: '2024-03-01', until: '2024-04-01', options: { of } },
    value,
  })),
})
