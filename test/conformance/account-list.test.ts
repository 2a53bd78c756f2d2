import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { reasonWords } from '../../src/kernel/words/reasons.ts'
import { layoutKinds } from '../engines/engines.ts'
import { GOLDEN_DIRECTORY, goldenSettings } from '../golden/golden.ts'
import { openProduct, readFolder } from './product.ts'
import type { Product } from './product.ts'

const PATIENCE = 300_000
const DAY = '2024-06-30'
const H1 = { from: '2024-01-01', until: '2024-07-01' }
/** Of every kind: at a moment, over a period, of the customers of its start, looking back, computed by the store and by the app, made of others. */
const METRICS = ['arr', 'mrr', 'nrr', 'grr', 'expansion_mrr', 'nps', 'csat', 'first_response_time', 'usage_trend', 'touches_per_account', 'north_star']

describe.each(layoutKinds)('the list of accounts on engines of kind %s', (kind) => {
  let product: Product
  beforeAll(async () => {
    product = await openProduct(kind, goldenSettings)
    await product.importFiles(readFolder(GOLDEN_DIRECTORY))
  }, PATIENCE)
  afterAll(() => product.close())

  type Asked = Partial<Parameters<Product['client']['listAccounts']>[0]['query']>
  const list = (asked: Asked = {}) =>
    product.client.listAccounts({ query: { ...H1, as_of: DAY, accounts: 'all', column: [], where: [], limit: 1000, ...asked } })
  const totals = (asked: Asked = {}) => product.client.totalAccounts({ query: { ...H1, as_of: DAY, accounts: 'all', column: [], where: [], ...asked } })
  const ids = async (asked: Asked = {}): Promise<string[]> => (await list(asked)).rows.map(({ account_id }) => account_id)
  const answer = async (metric: string, asked: { by?: string[]; where?: string[] }) =>
    (await product.client.answer({ query: { ...H1, metric: [metric], as_of: DAY, by: [], where: [], option: [], ...asked } })).results

  test('has of every account what each metric says of it alone', { timeout: PATIENCE }, async () => {
    const { columns } = await product.client.listAccountColumns({ query: {} })
    const offered = METRICS.filter((metric) => columns.some(({ id }) => id === metric))
    expect(offered.length).toBeGreaterThan(8)
    const { rows } = await list({ column: offered })
    for (const [i, metric] of offered.entries()) {
      const results = await answer(metric, { by: ['account'] })
      const told = new Map(results.map((result) => [result.dims['account'], result]))
      let nothing: (typeof results)[number] | undefined
      for (const { account_id, cells, why } of rows) {
        // Of accounts of which it says nothing, it says of each what it says of one of them.
        const alone = told.get(account_id) ?? (nothing ??= (await answer(metric, { where: [`account=${account_id}`] }))[0])
        const expected = [alone?.value ?? null, alone?.null_reason === null ? undefined : reasonWords(alone?.null_reason ?? null)]
        const [value, reason] = [cells[i] ?? null, why[metric]]
        expect([metric, account_id, typeof value === 'number' ? Number(value.toFixed(9)) : value, reason]).toEqual([
          metric,
          account_id,
          typeof expected[0] === 'number' ? Number(expected[0].toFixed(9)) : expected[0],
          expected[1],
        ])
      }
    }
  })

  test('comes to what a metric says of the accounts of the list, not to a mean of theirs', async () => {
    const where = ['arr > 5000']
    const column = ['arr', 'nrr', 'grr']
    const { rows } = await list({ accounts: 'customers', column, where })
    const all = await ids()
    expect(rows.length).toBeGreaterThan(1)
    expect(rows.length).toBeLessThan(all.length)
    const found = await totals({ accounts: 'customers', column, where })
    expect(found.total).toBe(rows.length)
    for (const [i, metric] of column.entries()) {
      const [result] = await answer(metric, { where: rows.map(({ account_id }) => `account=${account_id}`) })
      expect(found.totals[i]).toMatchObject({ column: metric, value: result?.value, exact: result?.exact })
    }
    const [everybody] = await answer('nrr', {})
    expect((await totals({ column: ['nrr'] })).totals[0]?.value).toBe(everybody?.value)
  })

  test('lists customers, those that left and those that never paid, each account once', async () => {
    const [customers, former, prospects, all] = [
      await ids({ accounts: 'customers' }),
      await ids({ accounts: 'former' }),
      await ids({ accounts: 'prospects' }),
      await ids(),
    ]
    expect([...customers, ...former, ...prospects].sort()).toEqual([...all].sort())
    expect(new Set(all).size).toBe(all.length)
    const paying = (await answer('arr', { by: ['account'] })).filter(({ value }) => (value ?? 0) > 0).map(({ dims }) => dims['account'])
    expect([...customers].sort()).toEqual(paying.sort())
    expect(former.length).toBeGreaterThan(0)
    const left = await list({ accounts: 'former', column: ['state', 'customer_since', 'customer_until'] })
    for (const { cells } of left.rows) {
      expect(cells[0]).toBe('former')
      expect(String(cells[1]) < String(cells[2])).toBe(true)
    }
  })

  test('is the same in pages as in one, in either order, with those without a value last', async () => {
    for (const sort of ['nrr', '-nrr', 'name', '-customer_since', 'segment']) {
      const whole = await ids({ sort, column: ['nrr'] })
      const paged: string[] = []
      for (let after: string | undefined, more = true; more;) {
        const page = await list({ sort, column: ['nrr'], limit: 3, ...(after === undefined ? {} : { after }) })
        paged.push(...page.rows.map(({ account_id }) => account_id))
        expect(page.total).toBe(whole.length)
        after = page.next ?? undefined
        more = page.next !== null
      }
      expect(paged).toEqual(whole)
    }
    const values = (await list({ sort: '-nrr', column: ['nrr'] })).rows.map(({ cells }) => cells[0] ?? null)
    const known = values.filter((value) => value !== null)
    expect(values.slice(known.length).every((value) => value === null)).toBe(true)
    expect(known).toEqual([...known].sort((a, b) => Number(b) - Number(a)))
  })

  test('filters by attributes as they were on the day, as a question does', async () => {
    const segments = (await product.client.listDimensions({})).find(({ id }) => id === 'segment')?.values ?? []
    expect(segments.length).toBeGreaterThan(1)
    for (const segment of segments) {
      const [listed] = (await totals({ accounts: 'customers', column: ['arr'], where: [`segment=${segment}`] })).totals
      const [asked] = await answer('arr', { where: [`segment=${segment}`] })
      expect([segment, listed?.exact ?? '0']).toEqual([segment, asked?.exact])
    }
    const all = await ids({ accounts: 'customers' })
    const [one = ''] = segments
    const [inside, outside] = [
      await ids({ accounts: 'customers', where: [`segment=${one}`] }),
      await ids({ accounts: 'customers', where: [`segment != ${one}`] }),
    ]
    expect(all.length).toBeGreaterThanOrEqual(inside.length + outside.length)
    expect(inside.some((id) => outside.includes(id))).toBe(false)
  })

  test('refuses what is not there, and offers what was probably meant', async () => {
    await expect(list({ column: ['nnr'] })).rejects.toMatchObject({ code: 'unknown_column', cure: expect.stringContaining('nrr') as string })
    await expect(list({ where: ['segment=SBM'] })).rejects.toMatchObject({ code: 'unknown_value' })
    await expect(list({ where: ['state=custmer'] })).rejects.toMatchObject({ code: 'unknown_value' })
    await expect(list({ column: ['arr_per_csm'] })).rejects.toMatchObject({ code: 'dimension_not_supported' })
    await expect(list({ column: ['nrr[of=x]'] })).rejects.toMatchObject({ code: 'unknown_option' })
    await expect(list({ after: 'nobody' })).rejects.toMatchObject({ code: 'bad_cursor' })
    await expect(list({ as_of: '2024-02-30' })).rejects.toMatchObject({ code: 'bad_day' })
  })

  test('is a file of all its rows in every format, with exact money', async () => {
    const { rows } = await list({ column: ['arr', 'nrr'] })
    const exact = new Map((await answer('arr', { by: ['account'] })).map(({ dims, exact: text }) => [dims['account'], text]))
    for (const format of ['csv', 'json', 'parquet'] as const) {
      const { bytes } = await product.client.exportAccounts({ query: { ...H1, as_of: DAY, accounts: 'all', column: ['arr', 'nrr'], where: [], format } })
      const body = Buffer.from(await new Response(bytes).arrayBuffer())
      if (format === 'parquet') expect(body.subarray(0, 4).toString()).toBe('PAR1')
      if (format === 'csv')
        expect(
          body
            .toString()
            .split('\r\n')
            .filter((line) => line !== '').length,
        ).toBe(rows.length + 1)
      if (format !== 'json') continue
      const found = JSON.parse(body.toString()) as { account: string; arr: string | null }[]
      expect(found.map(({ account }) => account)).toEqual(rows.map(({ account_id }) => account_id))
      for (const { account, arr } of found) expect([account, arr]).toEqual([account, exact.get(account) ?? '0'])
    }
  })

  test('has the health of customers as it stands now, and of a day of which nothing was said the reason', async () => {
    const column = ['score', 'band', 'coverage', 'arr', 'hour', 'hour_reason']
    const now = await product.client.listAccounts({ query: { accounts: 'all', column: [...column, 'state'], where: [], sort: '-hour', limit: 1000 } })
    const customers = now.rows.filter(({ cells }) => cells.at(-1) === 'customer')
    expect(customers.length).toBeGreaterThan(1)
    for (const { cells } of customers) expect([cells[0] === null, typeof cells[2]]).toEqual([cells[1] === 'unknown', 'number'])
    for (const { cells, why } of now.rows.filter((row) => !customers.includes(row)))
      expect([cells[0], why['score']]).toEqual([null, 'Only customers are scored'])
    // An hour is worth no more than what the account pays, and the reason is said.
    for (const { cells } of now.rows) if (cells[4] !== null) expect([Number(cells[4]) <= Number(cells[3]) + 1e-6, cells[5] !== null]).toEqual([true, true])
    const then = await list({ column: ['score', 'band'] })
    expect(new Set(then.rows.map(({ why }) => why['score']))).toEqual(new Set(['Nothing was said of its health on this day']))
    const reds = await product.client.listAccounts({ query: { accounts: 'customers', column: ['band'], where: ['band in (red, amber)'], limit: 1000 } })
    expect(reds.total).toBe(customers.filter(({ cells }) => cells[1] === 'red' || cells[1] === 'amber').length)
  })

  test('keeps a list under a name, which is a filter wherever a filter is', async () => {
    const { client } = product
    const written = { name: 'Paying 5,000', accounts: 'customers' as const, where: ['arr > 5000'], column: ['arr'], sort: '-arr' }
    const made = await client.makeSegment({ body: written })
    expect(made).toMatchObject({ ...written, id: 'paying_5_000', version: 1 })
    const members = await ids({ accounts: 'customers', where: written.where })
    expect(members.length).toBeGreaterThan(1)
    const where = [`segment_of=${made.id}`]
    expect((await ids({ where })).sort()).toEqual(members.sort())
    const [result] = await answer('nrr', { where })
    const [alone] = await answer('nrr', { where: members.map((id) => `account=${id}`) })
    expect([result?.value, result?.numerator]).toEqual([alone?.value, alone?.numerator])
    const rows = await client.listRows({ params: { id: 'arr' }, query: { ...H1, as_of: DAY, by: [], where, option: [], limit: 1000 } })
    expect(new Set(rows.rows.map((row) => row[rows.columns.findIndex(({ id }) => id === 'account_id')]))).toEqual(new Set(members))
    // Another version is another answer, to the same question too.
    const [one = ''] = members
    const changed = await client.changeSegment({ params: { id: made.id }, body: { ...written, where: [`account=${one}`] } })
    expect(changed.version).toBe(2)
    expect(await ids({ where })).toEqual([one])
    expect((await answer('arr', { where }))[0]?.exact).toBe((await answer('arr', { where: [`account=${one}`] }))[0]?.exact)
    // Of nobody there is nothing, not everything.
    await client.changeSegment({ params: { id: made.id }, body: { ...written, where: ['arr > 1e12'] } })
    expect([(await list({ where })).total, (await answer('customers_lost', { where }))[0]?.value]).toEqual([0, 0])
    await client.removeSegment({ params: { id: made.id } })
    expect(await client.listSegments({})).toEqual([])
    expect((await client.segmentVersions({ params: { id: made.id } })).map(({ version, is_gone }) => [version, is_gone])).toEqual([
      [1, false],
      [2, false],
      [3, false],
      [4, true],
    ])
    await expect(answer('arr', { where })).rejects.toMatchObject({ code: 'not_found' })
    await expect(client.makeSegment({ body: { ...written, where } })).rejects.toMatchObject({ code: 'bad_segment' })
    await expect(client.makeSegment({ body: { ...written, where: ['nonsense < 1'] } })).rejects.toMatchObject({ code: 'unknown_column' })
    expect((await client.makeSegment({ body: written })).version).toBe(5)
    await expect(client.makeSegment({ body: written })).rejects.toMatchObject({ code: 'name_taken' })
  })

  test('reads anew when facts came, and as reported what was known before', async () => {
    const before = await ids({ where: ['name contains brand new'] })
    await product.importFiles([{ name: 'accounts.csv', text: 'account_id,name\nNEW-1,Brand New Ltd\n' }])
    expect(before).toEqual([])
    const listed = await list({ where: ['name contains brand new'], column: ['arr', 'nps'] })
    expect(listed.rows).toMatchObject([{ account_id: 'NEW-1', name: 'Brand New Ltd', cells: [0, null] }])
    expect(await ids({ where: ['name contains brand new'], reported_on: '2024-07-15' })).toEqual([])
  })
})
