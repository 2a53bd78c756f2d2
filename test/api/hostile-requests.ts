import fc from 'fast-check'
import { openApiDocument } from '../../src/api/openapi.ts'
import { contract } from '../../src/contract/contract.ts'
import { BUILT_IN } from '../../src/metrics/catalogue/built-in.ts'

/** A request as it goes over the wire; the body is text, since JSON.stringify cannot write all that may come. */
export interface HostileRequest {
  readonly method: string
  readonly url: string
  readonly body?: string
  readonly type?: string
}

interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query'
  readonly required?: boolean
  readonly schema: { readonly type?: string; readonly enum?: readonly string[]; readonly items?: object }
}
interface Operation {
  readonly operationId: string
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Readonly<Record<string, unknown>> }
}

const HOSTILE = [
  '',
  ' ',
  'constructor',
  '__proto__',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'constructor=1',
  '__proto__=1',
  'toString=toString',
  'segment=constructor',
  'attribute:constructor',
  '\u0000',
  'a\u0000b',
  'segment=\u0000',
  '\ud800',
  '\udfff',
  'x'.repeat(5000),
  '../../etc/passwd',
  `'; DROP TABLE t; --`,
  '{p0:String}',
  '\\',
  '"',
  '%',
  '\u202e',
  '💥',
  '=',
  'a=',
  '=b',
  '(none)',
  '[]',
  '{}',
  'null',
  'true',
  '0',
  '-1',
  '1e308',
  '-1e400',
  'NaN',
  'Infinity',
  '99999999999999999999999',
  '0x10',
  '1.5',
  '2147483648',
  '9007199254740993',
  '2024-02-30',
  '0000-01-01',
  '0001-01-01',
  '9999-12-31',
  '1969-12-31',
  '2299-12-31',
  '-000001-01-01',
  '+275760-09-13',
  '2024-01-01T00:00:00Z',
  '2024-01-01T25:00:00Z',
  '0000-01-01T00:00:00Z',
  '2024-13-01',
] as const

const hostile = fc.oneof(fc.constantFrom<string[]>(...HOSTILE), fc.string({ unit: 'binary', maxLength: 30 }))
const day = fc.constantFrom('2023-01-01', '2024-01-01', '2024-02-29', '2024-06-01', '2024-07-01', '2024-08-01')

/** What a caller who means well gives, by the name of the parameter. */
function plausible({ name, schema }: Parameter, ids: readonly string[]): fc.Arbitrary<string> {
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  switch (name) {
    case 'metric':
      return fc.constantFrom(...BUILT_IN.all.map(({ id }) => id))
    case 'id':
    case 'file':
    case 'key':
      return fc.constantFrom(...ids)
    case 'by':
      return fc.constantFrom('segment', 'csm', 'plan', 'product', 'account', 'feature')
    case 'where':
      return fc.constantFrom('segment=SMB', 'segment=(none)', 'plan=basic', 'account=a1')
    case 'option':
      return fc.constantFrom('horizon_days=60', 'of=depth', 'by=contract')
    case 'limit':
    case 'offset':
      return fc.constantFrom('1', '7', '100')
    case 'seconds':
      return fc.constantFrom('120', '600')
    case 'interval':
      return fc.constantFrom('true', 'false')
    default:
      return day
  }
}

/** Percent-encoded as UTF-8; halves of characters as the bytes that some programs write for them. */
const encode = (text: string): string =>
  Array.from(text, (char) =>
    /^[\ud800-\udfff]$/.test(char)
      ? `%ED%${(0x80 | ((char.charCodeAt(0) >> 6) & 0x3f)).toString(16)}%${(0x80 | (char.charCodeAt(0) & 0x3f)).toString(16)}`
      : encodeURIComponent(char),
  ).join('')

const one = (parameter: Parameter, ids: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof({ arbitrary: plausible(parameter, ids), weight: 4 }, { arbitrary: hostile, weight: 1 })

const query = (parameters: readonly Parameter[], ids: readonly string[]): fc.Arbitrary<string> => {
  const given = parameters.map((parameter) => {
    const wanted = parameter.required === true || parameter.name === 'metric'
    return fc
      .oneof(
        { arbitrary: fc.constant([] as string[]), weight: wanted ? 1 : 12 },
        { arbitrary: fc.array(one(parameter, ids), { minLength: 1, maxLength: 2 }), weight: wanted ? 30 : 4 },
      )
      .map((values) =>
        values.slice(0, parameter.schema.type === 'array' || values.length < 2 ? 2 : 1).map((value) => `${encode(parameter.name)}=${encode(value)}`),
      )
  })
  const stray = fc.oneof(
    { arbitrary: fc.constant([] as string[]), weight: 20 },
    { arbitrary: fc.tuple(hostile, hostile).map(([name, value]) => [`${encode(name)}=${encode(value)}`]), weight: 1 },
  )
  return fc.tuple(...given, stray).map((parts) => parts.flat().join('&'))
}

/** JSON with keys that JSON.stringify would not write, and what is no JSON at all. */
const body = fc.oneof(
  fc.record({ value: fc.oneof(hostile, fc.constantFrom('EUR', '30', 'UTC')) }).map((value) => JSON.stringify(value)),
  fc
    .record({
      fact: fc.oneof(hostile, fc.constantFrom('account', 'charge')),
      source: hostile,
      columns: fc.array(
        fc.record({ header: fc.oneof(hostile, fc.constant('account_id')), to: fc.oneof(hostile, fc.constantFrom('account_id', 'name'), fc.constant(null)) }),
        { maxLength: 3 },
      ),
    })
    .map((value) => JSON.stringify(value)),
  fc.json(),
  fc.constantFrom(
    '{"__proto__":{"value":1}}',
    '{"value":"x","constructor":{}}',
    '{"fact":"account","source":"files","columns":[{"__proto__":1}]}',
    '{"value":"\\u0000"}',
    '{"value":"\\ud800"}',
    '[',
    '',
    '{"value":1e999}',
    `${'['.repeat(2000)}${']'.repeat(2000)}`,
  ),
)
const upload = fc
  .tuple(
    fc.array(fc.oneof(hostile, fc.constantFrom('account_id', 'name', 'segment', 'amount')), { minLength: 1, maxLength: 5 }),
    fc.array(fc.array(hostile, { minLength: 1, maxLength: 5 }), { maxLength: 4 }),
  )
  .map(([head, rows]) => [head, ...rows].map((cells) => cells.join(',')).join('\n'))

/** Operations that a stranger may call as often as he likes; the sample company takes its time. */
const LEFT_OUT = new Set(['loadSample'])

/** Requests to every operation of the API, most of them nearly right. `ids` are things that are there. */
export function hostileRequests(ids: readonly string[]): fc.Arbitrary<HostileRequest> {
  const { paths } = openApiDocument(contract, '1') as unknown as { paths: Record<string, Record<string, Operation>> }
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
  return fc.oneof(
    ...operations
      .filter(({ operation }) => !LEFT_OUT.has(operation.operationId))
      .map(({ path, method, operation }): fc.Arbitrary<HostileRequest> => {
        const parameters = operation.parameters ?? []
        const inPath = parameters.filter((parameter) => parameter.in === 'path')
        const known = path.includes('/metrics/') ? BUILT_IN.all.map(({ id }) => id) : ids
        const filled = fc
          .tuple(...inPath.map((parameter) => one(parameter, known)))
          .map((values) => inPath.reduce((at, { name }, i) => at.replace(`{${name}}`, encode(values[i] ?? '')), path))
        const kinds = Object.keys(operation.requestBody?.content ?? {})
        const sent = kinds.length === 0 ? fc.constant(undefined) : kinds.includes('application/json') ? body : upload
        return fc
          .record({
            at: filled,
            search: query(
              parameters.filter((parameter) => parameter.in === 'query'),
              ids,
            ),
            sent,
          })
          .map(({ at, search, sent: text }) => ({
            method,
            url: `http://localhost${at}${search === '' ? '' : `?${search}`}`,
            ...(text === undefined ? {} : { body: text, type: kinds[0] ?? '' }),
          }))
      }),
  )
}
