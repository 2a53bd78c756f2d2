import { z } from 'zod'
import { BinnacleError } from '../kernel/errors.ts'

export type Part = 'path' | 'query' | 'body'

/** One thing wrong with a request. All of them are collected before the answer. */
export interface Fault {
  readonly in: Part
  /** Where in the part: `limit`, `columns.0.header`; empty for the part as a whole. */
  readonly at: string
  readonly says: string
}

type Schema = z.core.$ZodType

/** The schema below defaults, optionals, nullables and preprocessing. */
function unwrap(schema: Schema): Schema {
  const def = (schema as z.core.$ZodTypes)._zod.def
  switch (def.type) {
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'readonly':
      return unwrap(def.innerType)
    case 'pipe':
      return unwrap((def.in as z.core.$ZodTypes)._zod.def.type === 'transform' ? def.out : def.in)
    default:
      return schema
  }
}

/** The fields of an object schema; null for any other schema. */
export function fieldsOf(schema: Schema): Record<string, Schema> | null {
  const def = (unwrap(schema) as z.core.$ZodTypes)._zod.def
  return def.type === 'object' ? def.shape : null
}

function itemOf(schema: Schema): Schema | null {
  const def = (unwrap(schema) as z.core.$ZodTypes)._zod.def
  return def.type === 'array' ? def.element : null
}

const join = (path: string, key: string | number): string => (path === '' ? String(key) : `${path}.${key}`)

/** Keys that the schema does not name, however deep: a misspelt key must not be dropped in silence. */
function unknownKeys(schema: Schema, value: unknown, part: Part, path = ''): Fault[] {
  const item = itemOf(schema)
  if (Array.isArray(value)) return item === null ? [] : value.flatMap((one, i) => unknownKeys(item, one, part, join(path, i)))
  const fields = fieldsOf(schema)
  if (fields === null || typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const field = Object.hasOwn(fields, key) ? fields[key] : undefined
    if (field !== undefined) return unknownKeys(field, inner, part, join(path, key))
    return [{ in: part, at: join(path, key), says: `is not known here; known are ${Object.keys(fields).join(', ') || 'none'}` }]
  })
}

const DEEPEST = 20
const HALF_CHARACTER = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

/** Text that neither store can keep, however deep. */
function badTexts(value: unknown, part: Part, path = '', depth = 0): Fault[] {
  if (depth > DEEPEST) return [{ in: part, at: '', says: 'is nested too deeply' }]
  if (typeof value === 'object' && value !== null) return Object.entries(value).flatMap(([key, inner]) => badTexts(inner, part, join(path, key), depth + 1))
  if (typeof value !== 'string') return []
  if (value.includes('\u0000')) return [{ in: part, at: path, says: 'holds a zero byte; send text' }]
  return HALF_CHARACTER.test(value) ? [{ in: part, at: path, says: 'holds half of a character; send whole ones' }] : []
}

/** The value as the schema reads it. What is wrong with it is added to `faults`. */
export function check(schema: Schema, value: unknown, part: Part, faults: Fault[]): unknown {
  faults.push(...unknownKeys(schema, value, part), ...badTexts(value, part))
  const read = z.safeParse(schema, value)
  if (read.success) return read.data
  for (const issue of read.error.issues) faults.push({ in: part, at: issue.path.join('.'), says: issue.message })
  return undefined
}

/** One error for all faults of a request. */
export function refuseFaults(faults: readonly Fault[]): BinnacleError {
  const [first] = faults
  const count = faults.length === 1 ? 'a fault' : `${faults.length} faults`
  const list = faults.map((fault) => `${fault.in}${fault.at === '' ? '' : ` ${fault.at}`}: ${fault.says}`).join('; ')
  return new BinnacleError('bad_request', `The request has ${count}: ${list}.`, {
    cure: `Mend the ${first?.in ?? 'request'}${first?.at ? ` (${first.at})` : ''}; /openapi.json describes every operation.`,
    details: { faults },
  })
}
