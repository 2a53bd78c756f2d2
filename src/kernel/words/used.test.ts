import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { FLAG_IDS, flagWords } from './flags.ts'
import { NULL_REASON_IDS } from './reasons.ts'
import { UNIT_IDS } from './units.ts'

const here = import.meta.dirname
/** The compiler lets nothing be said that has no words; what nothing says is no word of the house. */
const sources = [join(here, '../../metrics'), join(here, '../../ledgers')].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8')),
)

it.each([
  ['flag', FLAG_IDS],
  ['reason', NULL_REASON_IDS],
  ['unit', UNIT_IDS],
])('every %s is used', (_, words) => expect(words.filter((word) => !sources.some((text) => text.includes(`'${word}'`)))).toEqual([]))

it('says of a bound how much it is', () => {
  expect(flagWords('at_least_12.50').label).toBe('At least 12.50')
})
