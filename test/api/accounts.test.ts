import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openProduct } from '../conformance/product.ts'
import type { NamedFile, Product } from '../conformance/product.ts'
import { layoutKinds } from '../engines/engines.ts'

const csv = (name: string, ...lines: string[]): NamedFile => ({ name, text: `${lines.join('\n')}\n` })
const FILES = [
  csv(
    'accounts.csv',
    'account_id,name,merged_into,is_internal',
    'A1,Acme,,',
    'A2,Acme Foods & Sons,,',
    'A3,The Acme-Works,,',
    'A4,Placmed,,',
    'B1,Müller Straßenbau,,',
    'B2,Łódź Café 東京,,',
    'B3,Old Acme Ltd,A1,',
    'ours,Test of Acme,,true',
    '100%,Per_cent,,',
  ),
  csv(
    'subscription_versions.csv',
    'subscription_id,account_id,effective_at,status,product,plan,interval,unit_amount,quantity,currency',
    's1,billing-7,2024-01-01,active,p,q,month,10,1,USD',
  ),
]

describe.each(layoutKinds)('accounts by what is typed, on engines of kind %s', (kind) => {
  let product: Product
  beforeAll(async () => {
    product = await openProduct(kind, {})
    await product.importFiles(FILES)
  })
  afterAll(() => product.close())
  const find = async (text: string, limit?: number) =>
    (await product.client.findAccounts({ query: { find: text, ...(limit === undefined ? {} : { limit }) } })).accounts.map(({ account_id }) => account_id)

  test('the whole name before its beginning, before the beginning of a word, before somewhere inside', async () => {
    expect(await find('acme')).toEqual(['A1', 'A2', 'B3', 'A3', 'ours', 'A4'])
  })

  test('every word must fit, in the name or in the id, whatever the case and the accents', async () => {
    expect(await find('FOODS acme')).toEqual(['A2'])
    expect(await find('muller')).toEqual(['B1'])
    expect(await find('cafe 東')).toEqual(['B2'])
    expect(await find('acme banana')).toEqual([])
    expect(await find('a3 works')).toEqual(['A3'])
  })

  test('an account that only a subscription names is found by its id', async () => {
    expect(await find('billing')).toEqual(['billing-7'])
  })

  test('signs of patterns are letters like others; nothing typed finds nothing', async () => {
    expect(await find('%')).toEqual(['100%'])
    expect(await find('_')).toEqual(['100%'])
    expect(await find(`a' OR 1=1 --`)).toEqual([])
    expect(await find('   ')).toEqual([])
  })

  test('lists as many as are asked for and says how many there are; a merged account says under which it counts', async () => {
    expect(await product.client.findAccounts({ query: { find: 'acme', limit: 2 } })).toEqual({
      accounts: [
        { account_id: 'A1', name: 'Acme', counted_as: 'A1', is_internal: false },
        { account_id: 'A2', name: 'Acme Foods & Sons', counted_as: 'A2', is_internal: false },
      ],
      total: 6,
    })
    const { accounts } = await product.client.findAccounts({ query: { find: 'old acme' } })
    expect(accounts).toEqual([{ account_id: 'B3', name: 'Old Acme Ltd', counted_as: 'A1', is_internal: false }])
    expect(await product.client.findAccounts({ query: { find: 'ours' } })).toMatchObject({ accounts: [{ is_internal: true }], total: 1 })
  })
})
