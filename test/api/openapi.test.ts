import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, test } from 'vitest'
import { openApiDocument } from '../../src/api/openapi.ts'
import { contract } from '../../src/contract/contract.ts'

const document = openApiDocument(contract, '0.0.0')
const text = JSON.stringify(document)

test('the document is valid OpenAPI 3.1', async () => {
  const { valid, errors } = await new Validator().validate(JSON.parse(text) as Record<string, unknown>)
  expect(errors ?? []).toEqual([])
  expect(valid).toBe(true)
})

test('every reference in it leads somewhere', () => {
  const references = new Set([...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path ?? ''))
  expect(references.size).toBeGreaterThan(5)
  for (const path of references)
    expect(
      path.split('/').reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document),
      path,
    ).toBeDefined()
})

test('it holds every operation, with what may be left out of a query', () => {
  const operations = Object.values(
    document.paths as Record<string, Record<string, { operationId: string; parameters: { name: string; required: boolean }[] }>>,
  ).flatMap((path) => Object.values(path))
  expect(operations.map((one) => one.operationId).sort()).toEqual(Object.keys(contract).sort())
  const asked = operations.find((one) => one.operationId === 'answer')?.parameters ?? []
  expect(asked.filter((one) => one.required).map((one) => one.name)).toEqual(['from', 'until'])
})
