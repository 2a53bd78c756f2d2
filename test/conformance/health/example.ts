import { readFileSync } from 'node:fs'

/** One worked example: what goes in, partly in words, and what must come out. */
export interface Example {
  readonly id: string
  readonly about: string
  readonly says: string
  readonly input: Readonly<Record<string, unknown>>
  readonly expected: unknown
}

export const healthExamples = JSON.parse(readFileSync(new URL('../../golden/health-examples.json', import.meta.url), 'utf8')) as Example[]

/** How an example is worked by the product's own rules. */
export type Worked = Readonly<Record<string, (example: Example) => unknown>>

/** The value with the shape of what is expected: keys that the example does not speak of are left out. */
export function shaped(value: unknown, expected: unknown): unknown {
  if (Array.isArray(value) && Array.isArray(expected)) return value.map((each, i) => shaped(each, expected[Math.min(i, expected.length - 1)]))
  if (typeof value !== 'object' || value === null || typeof expected !== 'object' || expected === null || Array.isArray(expected)) return value
  return Object.fromEntries(
    Object.keys(expected).map((key) => [key, shaped((value as Record<string, unknown>)[key], (expected as Record<string, unknown>)[key])]),
  )
}

/** Numbers to the sixth place, text as it is. */
export function rounded(value: unknown): unknown {
  if (typeof value === 'number') return Math.round(value * 1e6) / 1e6 + 0
  if (Array.isArray(value)) return value.map(rounded)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, rounded(each)]))
}
