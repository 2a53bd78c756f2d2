import { z } from 'zod'
import type { Op } from '../contract/op.ts'
import { fieldsOf } from './faults.ts'

type Json = Record<string, unknown>
type Direction = 'input' | 'output'

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Every `$ref` to a definition of its own document becomes one to a component, renamed where `names` says so. */
function pointToComponents(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((one) => pointToComponents(one, names))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== '$schema' && key !== '$id' && key !== '$defs')
      .map(([key, inner]) => {
        if (key !== '$ref' || typeof inner !== 'string') return [key, pointToComponents(inner, names)]
        const name = inner.replace('#/$defs/', '')
        return [key, `#/components/schemas/${names.get(name) ?? name}`]
      }),
  )
}

/**
 * Collects named schemas. OpenAPI 3.1 speaks JSON Schema 2020-12, which zod writes; only the place of definitions
 * differs. A schema that is read otherwise than it is written (defaults) gets a second component, `NameInput`.
 */
class Components {
  readonly schemas: Record<string, Json> = {}

  add(schema: z.core.$ZodType, io: Direction): Json {
    const written = z.toJSONSchema(schema, {
      io,
      override: ({ jsonSchema }) => {
        // Unknown keys of a request are refused; answers may grow.
        if (jsonSchema.type !== 'object') return
        if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
        if (io === 'input') jsonSchema.additionalProperties ??= false
      },
    }) as Json
    const definitions = (written.$defs ?? {}) as Record<string, Json>
    const id = z.globalRegistry.get(schema)?.id
    if (id !== undefined) definitions[id] = { ...written, $defs: undefined }
    const names = new Map(Object.keys(definitions).map((name) => [name, io === 'input' ? `${name}Input` : name]))
    for (const [name, definition] of Object.entries(definitions)) {
      const { id: _, ...rest } = pointToComponents(definition, names) as Json
      this.schemas[names.get(name) ?? name] = rest
    }
    return id === undefined ? (pointToComponents(written, names) as Json) : { $ref: `#/components/schemas/${names.get(id)}` }
  }
}

function parameters(op: Op, components: Components): Json[] {
  const path = [...op.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))
  const query = Object.entries((op.query === undefined ? null : fieldsOf(op.query)) ?? {}).map(([name, field]) => {
    // What is sent is text; the value it stands for says more.
    const { description, ...schema } = components.add(field, 'output')
    return { name, in: 'query', required: !z.safeParse(field, undefined).success, ...(description === undefined ? {} : { description }), schema }
  })
  return [...path, ...query]
}

function operation(name: string, op: Op, components: Components): Json {
  const files = op.files ?? (op.produces === undefined ? [] : [op.produces])
  const content =
    files.length === 0
      ? { 'application/json': { schema: components.add(op.response, 'output') } }
      : Object.fromEntries(files.map((type) => [type, { schema: { type: 'string' } }]))
  const body =
    op.upload === true
      ? { required: true, content: { 'application/octet-stream': { schema: {} } } }
      : op.body === undefined
        ? undefined
        : { required: true, content: { 'application/json': { schema: components.add(op.body, 'input') } } }
  const tag = op.path.replace('/api/v1/', '').replace(/^\//, '').split('/')[0] ?? ''
  return {
    operationId: name,
    summary: op.summary,
    tags: [tag],
    parameters: parameters(op, components),
    ...(body === undefined ? {} : { requestBody: body }),
    responses: { '200': { description: 'Done', content }, default: { $ref: '#/components/responses/Error' } },
  }
}

const errorSchema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'cure', 'retry', 'details'],
      properties: {
        code: { type: 'string', description: 'Stable; decide by it, not by the message' },
        message: { type: 'string' },
        cure: { type: 'string', description: 'What to do about it' },
        retry: { type: 'boolean', description: 'Whether the same request can succeed later' },
        details: { type: 'object' },
      },
    },
  },
}

/** The OpenAPI 3.1 document of a contract. */
export function openApiDocument(contract: Record<string, Op>, version: string): Json {
  const components = new Components()
  const paths: Record<string, Json> = {}
  for (const [name, op] of Object.entries(contract)) (paths[op.path] ??= {})[op.method.toLowerCase()] = operation(name, op, components)
  return {
    openapi: '3.1.0',
    info: { title: 'Binnacle', version, description: 'Every number with its definition, its formula and its rows.' },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: { ...components.schemas, Error: errorSchema },
      responses: { Error: { description: 'What is wrong, and the cure', content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } } },
    },
  }
}
