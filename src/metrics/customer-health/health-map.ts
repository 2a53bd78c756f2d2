import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import type { Measure } from '../kit/metric.ts'
import { total } from '../kit/value.ts'
import { healthQuadrants } from '../rows/health-quadrants.ts'
import { oneCustomer } from '../rows/index-examples.ts'

const QUADRANTS = {
  thriving: 'thriving',
  effort_gap: 'with an effort gap: good outcomes, poor experience',
  value_gap: 'with a value gap: good experience, poor outcomes',
  at_risk: 'at risk: both are poor',
  unknown: 'of whom one of both is not known',
} as const

const inQuadrants = Object.fromEntries(
  Object.entries(QUADRANTS).flatMap(([quadrant, words]): [string, Measure][] => {
    const when = `quadrant = '${quadrant.replace('_', ' ')}'`
    return [
      [quadrant, { of: healthQuadrants, each: '1', when, label: `Customers ${words}`, kind: 'count' }],
      [`arr_${quadrant}`, { of: healthQuadrants, each: 'arr', when, label: `ARR of customers ${words}`, kind: 'money' }],
    ]
  }),
)

export const healthMap = defineMetric({
  id: 'health_map',
  name: 'Health map',
  says: 'Customers by what they experience ({ce_index}) and what they get out of it ({co_index}), each high from 70 on: how many stand in each quadrant and with what ARR.',
  level: 'customer-health',
  kind: 'index',
  grain: 'account',
  unit: 'count',
  better: 'context',
  rollUp: 'semi',
  dimensions: 'account',
  formula: '{customers}',
  nullWhen: 'Never: who is not known has a place beside the map.',
  measures: {
    customers: { of: healthQuadrants, each: '1', label: 'Customers', kind: 'count' },
    arr: { of: healthQuadrants, each: 'arr', label: 'ARR', kind: 'money' },
    ...inQuadrants,
  },
  value: total('customers'),
  n: 'customers',
  aliases: ['client health map', 'quadrants'],
  settings: [...MRR_SETTINGS, ...(['ce_weights', 'co_weights', 'csi_weights', 'feedback_max_age_days'] as const)],
  examples: [
    {
      says: 'cs_ce_co: experience of 77, and outcomes that nobody measured',
      accounts: [{ opening: 100, closing: 100 }],
      facts: { survey_response: oneCustomer.survey_response },
      value: 1,
      parts: { unknown: 1, arr_unknown: 1200, thriving: 0, effort_gap: 0, value_gap: 0, at_risk: 0 },
    },
    {
      says: 'cs_ce_co: experience of 77 and outcomes of 80',
      accounts: [{ opening: 100, closing: 100 }],
      facts: oneCustomer,
      value: 1,
      parts: { thriving: 1, arr_thriving: 1200, unknown: 0 },
    },
  ],
})
