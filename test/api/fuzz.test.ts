import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openProduct } from '../conformance/product.ts'
import type { Product } from '../conformance/product.ts'
import { FIRST_SEED, sizeOf } from '../engines/size.ts'
import { hostileRequests } from './hostile-requests.ts'
import type { HostileRequest } from './hostile-requests.ts'

const REQUESTS = sizeOf('FUZZ', 300, 20_000)
const AT_ONCE = 8

let product: Product
let ids: string[] = []
beforeAll(async () => {
  product = await openProduct('private', {})
  const record = await product.importFiles([
    { name: 'accounts.csv', text: 'account_id,name,segment,csm\na1,Acme,SMB,mira\na2,Bolt,MID,\n' },
    {
      name: 'subscription_versions.csv',
      text: 'subscription_id,account_id,effective_at,status,plan,unit_amount,currency\ns1,a1,2024-01-10T12:00:00Z,active,basic,10,USD\ns2,a2,2024-03-10T12:00:00Z,active,basic,20,USD\n',
    },
  ])
  const { id } = await product.client.createImport({})
  ids = [record.id, ...record.files.map((file) => file.id), id, 'a1', 'a2', 'reporting_currency', 'dunning_days', 'north_star']
})
afterAll(() => product.close())

async function send({ method, url, body, type }: HostileRequest): Promise<{ status: number; text: string }> {
  const response = await product.fetch(new Request(url, { method, ...(body === undefined ? {} : { body, headers: { 'content-type': type ?? '' } }) }))
  return { status: response.status, text: await response.text() }
}

test(`of ${REQUESTS} hostile requests none fails inside`, { timeout: 120_000 + REQUESTS * 500 }, async () => {
  const requests = fc.sample(hostileRequests(ids), { numRuns: REQUESTS, seed: FIRST_SEED })
  const statuses = new Map<number, number>()
  const failed: { request: HostileRequest; status: number; text: string }[] = []
  const lane = async (): Promise<void> => {
    for (let request = requests.shift(); request !== undefined; request = requests.shift()) {
      const { status, text } = await send(request)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      if (status >= 500) failed.push({ request, status, text: text.slice(0, 300) })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  process.stdout.write(
    `${REQUESTS} hostile requests: ${[...statuses]
      .sort()
      .map(([status, n]) => `${n} of ${status}`)
      .join(', ')}\n`,
  )
  expect(failed.slice(0, 10)).toEqual([])
  expect(statuses.get(200) ?? 0).toBeGreaterThan(REQUESTS / 20)
  expect(({} as Record<string, unknown>)['value']).toBeUndefined()
})
