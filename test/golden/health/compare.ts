/** One number, text or yes and no that came out otherwise than it must. */
export interface Difference {
  readonly path: string
  readonly expected: unknown
  readonly found: unknown
}

export interface Compared {
  readonly of: number
  readonly differences: readonly Difference[]
}

const TOLERANCE = 1e-6

/** A record that must have these keys and no others, unlike a plain one, of which only the expected keys are looked at. */
export const exactly = (record: object): ReadonlyMap<string, unknown> => new Map(Object.entries(record))

type Keyed = Readonly<Record<string, unknown>>
const isRecord = (value: unknown): value is Keyed => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What tells one element of a list from another; null where only its place does. */
function keyOf(element: unknown): string | null {
  const own = element instanceof Map ? Object.fromEntries(element) : element
  if (!isRecord(own)) return null
  const names =
    own.raised !== undefined
      ? ['raised', 'account', 'kind']
      : own.step !== undefined
        ? ['input', 'cap', 'why', 'step']
        : ['day', 'account', 'contract', 'kind', 'id']
  return names
    .map((name) => String(own[name] ?? ''))
    .join(' ')
    .trim()
}

function elementsOf(list: readonly unknown[]): ReadonlyMap<string, unknown> {
  return new Map(list.map((element, i) => [keyOf(element) ?? String(i), element]))
}

const isSame = (expected: unknown, found: unknown): boolean =>
  typeof expected === 'number' && typeof found === 'number' ? Math.abs(expected - found) <= TOLERANCE * 1.0001 : expected === found

/** How many values a part holds: an empty list or record is one as well. */
function sizeOf(value: unknown): number {
  const parts = value instanceof Map ? [...value.values()] : typeof value === 'object' && value !== null ? Object.values(value) : null
  return parts === null || parts.length === 0 ? 1 : parts.reduce<number>((sum, part) => sum + sizeOf(part), 0)
}

const join = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`)

function comparePairs(path: string, expected: ReadonlyMap<string, unknown>, found: ReadonlyMap<string, unknown>, isExact: boolean): Compared {
  const parts = [...expected].map(([key, each]) => compare(each, found.get(key), join(path, key)))
  const more = !isExact
    ? []
    : [...found]
        .filter(([key, each]) => !expected.has(key) && each !== undefined)
        .map(([key, each]): Compared => ({
          of: sizeOf(each),
          differences: Array.from({ length: sizeOf(each) }, () => ({ path: join(path, key), expected: undefined, found: each })),
        }))
  const all = [...parts, ...more]
  return all.length === 0
    ? { of: 1, differences: [] }
    : { of: all.reduce((sum, { of }) => sum + of, 0), differences: all.flatMap(({ differences }) => differences) }
}

/** Holds what was found against what must be, value by value: numbers to the sixth place, all else exactly. */
export function compare(expected: unknown, found: unknown, path = ''): Compared {
  if (Array.isArray(expected) && Array.isArray(found)) return comparePairs(path, elementsOf(expected), elementsOf(found), true)
  if (isRecord(expected) && found instanceof Map) return comparePairs(path, new Map(Object.entries(expected)), found, true)
  if (isRecord(expected) && isRecord(found)) return comparePairs(path, new Map(Object.entries(expected)), new Map(Object.entries(found)), false)
  if (isSame(expected, found)) return { of: 1, differences: [] }
  return { of: sizeOf(expected), differences: Array.from({ length: sizeOf(expected) }, () => ({ path, expected, found })) }
}

const shown = (value: unknown): string => {
  const text = JSON.stringify(value instanceof Map ? Object.fromEntries(value) : value) ?? 'nothing'
  return text.length > 120 ? `${text.slice(0, 117)}...` : text
}

/** "days.2024-03-31.accounts.H01.score: 82.5 expected, 80 found". */
export const sayDifference = ({ path, expected, found }: Difference): string => `${path}: ${shown(expected)} expected, ${shown(found)} found`
