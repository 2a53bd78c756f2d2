import { defineMetric } from '../kit/metric.ts'
import type { Measure } from '../kit/metric.ts'
import { ratio, withBeside, withheld } from '../kit/value.ts'
import { flagReplayed, replayedOf, saidOfCustomers } from '../rows/said-of-customers.ts'

const BANDS = { red: 'red', amber: 'amber', green: 'green', unknown: 'of unknown health' } as const

const inBands = Object.fromEntries(
  Object.entries(BANDS).flatMap(([band, words]): [string, Measure][] => [
    [band, { of: saidOfCustomers, each: '1', when: `band = '${band}'`, label: `Customers ${words}`, kind: 'count' }],
    [`arr_${band}`, { of: saidOfCustomers, each: 'arr', when: `band = '${band}'`, label: `ARR of customers ${words}`, kind: 'money' }],
  ]),
)

const known = 'isNotNull(score)'

export const healthScore = defineMetric({
  id: 'health_score',
  name: 'Health score',
  says: 'Health of customers from 0 to 100, as it was said at the last close at or before the end of the period; of several customers each weighs as much as its ARR.',
  level: 'customer-health',
  kind: 'index',
  grain: 'account',
  unit: 'score',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{weighted} / {arr}',
  nullWhen: 'Nothing was said within seven days before the end of the period, or less than half of what it is made of is known of each.',
  measures: {
    weighted: { of: saidOfCustomers, each: 'weighted', when: known, label: 'ARR x health', kind: 'money' },
    arr: { of: saidOfCustomers, each: 'arr', when: known, label: 'ARR of the customers with a score', kind: 'money' },
    scored: { of: saidOfCustomers, each: '1', when: known, label: 'Customers with a score', kind: 'count' },
    customers: { of: saidOfCustomers, each: '1', label: 'Customers', kind: 'count' },
    arr_of_all: { of: saidOfCustomers, each: 'arr', label: 'ARR', kind: 'money' },
    replayed: replayedOf(saidOfCustomers),
    ...inBands,
  },
  value: withBeside(
    withheld(withheld(ratio('weighted', 'arr', 'low_coverage'), 'fx_missing', ['scored', '>', 0], ['arr', '=', 0]), 'nothing_said', ['customers', '=', 0]),
    (parts) => {
      const { customers = 0, arr = 0, arr_of_all = 0 } = parts.number
      return { ...flagReplayed(parts), ...(customers === 0 ? {} : { beside: { covered: arr_of_all === 0 ? null : arr / arr_of_all } }) }
    },
  ),
  n: 'scored',
  besides: { covered: 'Share of ARR with a score' },
  aliases: ['customer health', 'client health'],
  disagreements: [{ anchor: 'Customer success platforms', says: 'average scores by customer, so that a hundred small ones hide a large one in trouble.' }],
  settings: ['time_zone'],
  examples: [
    {
      says: '80 with three quarters of the ARR and 40 with the rest come to 70; a customer of whom too little is known stands beside them',
      said: [
        { account: 'a', day: '2024-03-31', score: 80, band: 'green', arr: 3000 },
        { account: 'b', day: '2024-03-31', score: 40, band: 'amber', arr: 1000 },
        { account: 'c', day: '2024-03-31', score: null, band: 'unknown', arr: 1000 },
      ],
      value: 70,
      parts: { scored: 2, customers: 3, green: 1, amber: 1, red: 0, unknown: 1, arr_unknown: 1000, covered: 0.8 },
    },
    {
      says: 'a customer of whom less than half is known has none',
      said: [{ account: 'a', day: '2024-03-31', score: null, band: 'unknown', arr: 1000 }],
      value: null,
      null_reason: 'low_coverage',
    },
    {
      says: 'what was worked out later tells of days that nobody lived, and says so',
      said: [{ account: 'a', day: '2023-05-30', score: 55, band: 'amber', arr: 1000, mode: 'as_if_connected' }],
      ask: { from: '2023-05-01', until: '2023-06-01' },
      value: 55,
      flags: ['optimistic'],
    },
    {
      says: 'what was said eight days before the end says nothing of it',
      said: [{ account: 'a', day: '2023-07-23', score: 55, band: 'amber', arr: 1000 }],
      ask: { from: '2023-07-01', until: '2023-08-01' },
      value: null,
      null_reason: 'nothing_said',
    },
  ],
})
