import { expect, test } from 'vitest'
import { cardExamples } from './health/cards.ts'
import { contractExamples } from './health/contracts.ts'
import { healthExamples, rounded, shaped } from './health/example.ts'
import { inputExamples } from './health/inputs.ts'
import { scoreExamples } from './health/scores.ts'
import { signExamples } from './health/signs.ts'

/** Every worked example of health and signals, through the rules of the product, none left out. */
const WORKED = { ...contractExamples, ...inputExamples, ...scoreExamples, ...signExamples, ...cardExamples }

test('there are all', () => {
  expect(healthExamples.length).toBe(130)
  expect(Object.keys(WORKED).sort()).toEqual(healthExamples.map(({ id }) => id).sort())
})

test.each(healthExamples)('$id: $says', (example) => {
  const value = WORKED[example.id]?.(example)
  expect(rounded(shaped(value, example.expected))).toEqual(rounded(example.expected))
})
