import { expect, test } from 'vitest'
import { BUILT_IN } from '../src/metrics/catalogue/built-in.ts'
import { ORACLE_METRICS } from './oracle/oracle.ts'
import register from './golden/register.json' with { type: 'json' }

/** Metrics that rest on scenarios, which are not there yet. */
const LATER = ['justification']

const defined = new Map(BUILT_IN.all.map((metric) => [metric.id, metric]))
const wanted = register.filter(({ id }) => !LATER.includes(id))

test('the catalogue holds every metric of the register, and a second way computes each', () => {
  expect(wanted.filter(({ id }) => !defined.has(id))).toEqual([])
  expect(wanted.filter(({ id }) => !ORACLE_METRICS.includes(id))).toEqual([])
})

test('what rests on scenarios comes with them', () => {
  expect(LATER.filter((id) => defined.has(id))).toEqual([])
})

test.each(wanted)('$id is of the level, kind and direction that the register gives it', ({ id, level, kind, better }) => {
  expect(defined.get(id)).toMatchObject({ level, kind, better })
})
