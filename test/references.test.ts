import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { AUTHORITY, findUnresolved } from '../bin/references.mjs'

const authority = readFileSync(AUTHORITY, 'utf8')
const found = (text: string): string[] => findUnresolved([{ path: 'src/planted.ts', text }], authority, ['docs/definitions.md'])

test.each([
  ['// one movement a day (C99)', ['src/planted.ts:1: docs/definitions.md has no C99']],
  ['\n * C16-C33, C23.', ['src/planted.ts:2: docs/definitions.md has no C33']],
  ['// as I24 demands', ['src/planted.ts:1: docs/definitions.md has no I24']],
  ['// as nowhere.md says', ['src/planted.ts:1: there is no document nowhere.md']],
])('%j resolves to nothing', (text, faults) => expect(found(text)).toEqual(faults))

test.each([['// one movement a day (C16), I7'], ['// docs/definitions.md#c16'], ['DataType.I32'], ["account_id: 'C99'"], ['subC99, C99x']])(
  '%j is fine',
  (text) => expect(found(text)).toEqual([]),
)

test('every number from the first to the last has its anchor', () => {
  for (const [letter, last] of [
    ['C', 32],
    ['I', 23],
  ] as const)
    expect(found(Array.from({ length: last }, (_, i) => `${letter}${i + 1}`).join(' '))).toEqual([])
})
