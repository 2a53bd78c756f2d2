import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { FLAGS, flagWords } from '../../kernel/flags.ts'

const here = import.meta.dirname
/** The kernel declares them; the compiler lets nothing else be set. */
const sources = [join(here, '..'), join(here, '../../ledgers')].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8')),
)

it.each(Object.keys(FLAGS))('something sets the flag %s', (flag) => {
  expect(sources.some((text) => text.includes(`'${flag}'`))).toBe(true)
})

it('says of a bound how much it is', () => {
  expect(flagWords('at_least_12.50').label).toBe('At least 12.50')
})
