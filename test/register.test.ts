import { expect, test } from 'vitest'
import { BUILT_IN } from '../src/metrics/catalogue/built-in.ts'
import register from './golden/register.json' with { type: 'json' }

/** Metrics that rest on health models and scenarios, which are not there yet. */
const LATER = ['health_score', 'health_trend', 'health_map', 'churn_probability', 'renewal_likelihood', 'expansion_likelihood', 'arr_at_risk', 'justification']

const defined = new Map(BUILT_IN.all.map((metric) => [metric.id, metric]))
const wanted = register.filter(({ id }) => !LATER.includes(id))

test('the catalog holds every metric of the register and no other', () => {
  expect([...defined.keys()].sort()).toEqual(wanted.map(({ id }) => id).sort())
})

test.each(wanted)('$id is of the level, kind and direction that the register gives it', ({ id, level, kind, better }) => {
  expect(defined.get(id)).toMatchObject({ level, kind, better })
})
