import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { BUILT_IN } from '../../src/metrics/catalogue/built-in.ts'
import { examples } from './golden.ts'

/**
 * Every worked example is worked somewhere: by a definition, whose examples go through the engine, or by a test, each naming
 * it. Here it is only held that none is left out and that the numbers claimed there are these.
 */

/** The score of health and what acting was worth are not there yet. */
const LATER = ['health_missing_feedback', 'health_capped', 'health_low_coverage', 'justify_band_shift', 'justify_nps_points']

/** What a naive reading would say stands in the examples as a warning, and what the input says by itself as a help. */
const isAside = (key: string) => /^(naive|wrong|observed)/.test(key)

function numbersOf(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]) => (isAside(key) ? [] : numbersOf(each)))
}

/** The numbers of a text of ours: `12_500`, `1 / 3`, `60 %`. */
const written = (text: string): number[] =>
  [...text.matchAll(/(-?\d[\d_]*(?:\.\d+)?)(?: (%|\/ \d+))?/g)].map(
    ([, number = '', more = '']) => Number(number.replaceAll('_', '')) / (more === '' ? 1 : more === '%' ? 100 : Number(more.slice(2))),
  )

const byDefinition = BUILT_IN.all.flatMap(({ examples: worked }) =>
  worked.flatMap(({ says, value, ci, parts }) =>
    (/^([\w, ]+):/.exec(says)?.[1] ?? '')
      .split(', ')
      .map((id) => ({ id, claims: [value, ...(ci ?? []), ...Object.values(parts ?? {}), ...written(says)].filter((each) => each !== null) })),
  ),
)

/** Tests by their text: a title begins with the ids of the examples it works, and their numbers stand in what follows. */
const byTest = ['src/statistics', 'src/metrics/kit', 'test/conformance'].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.test.ts'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split(/^ *(?=(?:test|it)\b)/m))
    .flatMap((text) =>
      (/^(?:test|it)(?:\.each\(\[\n[^]*?\n\]\))?\('([\w, ]+): /.exec(text)?.[1] ?? '').split(', ').map((id) => ({ id, claims: written(text) })),
    ),
)

test('there are all', () => expect(examples.length).toBe(84))

test.each(examples.filter(({ id }) => !LATER.includes(id)))('$id', ({ id, expected }) => {
  const claims = [...byDefinition, ...byTest].filter((each) => each.id === id)
  expect(claims.length).toBeGreaterThan(0)
  const claimed = claims.flatMap((each) => each.claims)
  expect(
    numbersOf(expected).filter((number) => !claimed.some((claim) => Math.abs(Math.abs(claim) - Math.abs(number)) <= 1e-6 * Math.max(1, Math.abs(number)))),
  ).toEqual([])
})
