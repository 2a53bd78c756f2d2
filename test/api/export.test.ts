import { createClient } from '@clickhouse/client'
import Papa from 'papaparse'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BinnacleClient } from '../../src/contract/contract.ts'
import type { ClickHouseAddress } from '../../src/stores/clickhouse.ts'
import { openProduct, readFolder } from '../conformance/product.ts'
import type { Product } from '../conformance/product.ts'
import { freshStores, layoutKinds } from '../engines/engines.ts'
import type { FreshStores } from '../engines/engines.ts'
import { GOLDEN_DIRECTORY, goldenSettings } from '../golden/golden.ts'

type Query = Parameters<BinnacleClient['exportQuestion']>[0]['query']
type Row = Record<string, string | number | boolean | null>

const ASKED = { from: '2024-01-01', until: '2024-07-01', where: [], option: [], by: [] }
/** More than a page of the API holds, and a name that a spreadsheet would run. */
const MANY = 2500
const FORMULA = '=HYPERLINK("http://example.com","click")'
const many = [
  {
    name: 'accounts.csv',
    text: `account_id,name\n${Array.from({ length: MANY }, (_, i) => `M${i},${i === 0 ? `"${FORMULA.replaceAll('"', '""')}"` : `Many ${i}`}`).join('\n')}\n`,
  },
  {
    name: 'subscription_versions.csv',
    text: `subscription_id,account_id,effective_at,status,plan,quantity,unit_price,currency,billing_period\n${Array.from({ length: MANY }, (_, i) => `S${i},M${i},2022-05-01,active,basic,1,${i}.10,USD,month`).join('\n')}\n`,
  },
]

async function bytesOf({ bytes }: { bytes: ReadableStream<Uint8Array> }): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of bytes as unknown as AsyncIterable<Uint8Array>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** A Parquet file as an engine reads it back: its columns with their types, and its rows with every digit. */
async function readParquet({ url, writer, headers = {} }: ClickHouseAddress, file: Buffer): Promise<{ types: Record<string, string>; rows: Row[] }> {
  const engine = createClient({ url, username: writer.user, password: writer.password, http_headers: headers })
  const from = `format(Parquet, unhex('${file.toString('hex')}'))`
  const ask = async <T>(query: string): Promise<T[]> => {
    const clickhouse_settings = { output_format_json_quote_decimals: 1 as const, max_query_size: '268435456' }
    return (await engine.query({ query, format: 'JSONEachRow', clickhouse_settings })).json<T>()
  }
  try {
    const types = Object.fromEntries((await ask<{ name: string; type: string }>(`DESCRIBE TABLE ${from}`)).map(({ name, type }) => [name, type]))
    // A file without rows has no row group, in which the engine would look for the columns.
    const [held] = await ask<{ num_rows: string }>(`SELECT num_rows FROM ${from.replace('Parquet', 'ParquetMetadata')}`)
    return { types, rows: Number(held?.num_rows) === 0 ? [] : await ask<Row>(`SELECT * FROM ${from}`) }
  } finally {
    await engine.close()
  }
}

describe.each(layoutKinds)('exports over the engines of kind %s', (kind) => {
  let product: Product
  let engines: FreshStores
  let client: BinnacleClient
  const save = async (query: Partial<Query> & Pick<Query, 'format'>) => {
    const file = await client.exportQuestion({ query: { metric: [], ...ASKED, kind: [], ...query } })
    return { name: file.file_name, bytes: await bytesOf(file) }
  }
  const asCsv = async (query: Partial<Query>): Promise<Row[]> => {
    const { data, errors } = Papa.parse<Row>((await save({ ...query, format: 'csv' })).bytes.toString(), { header: true, skipEmptyLines: true })
    expect(errors).toEqual([])
    return data
  }
  const asJson = async (query: Partial<Query>): Promise<Row[]> => JSON.parse((await save({ ...query, format: 'json' })).bytes.toString()) as Row[]
  const asParquet = async (query: Partial<Query>) =>
    readParquet(engines.facts.nodes[0]?.address ?? expect.fail('no node'), (await save({ ...query, format: 'parquet' })).bytes)

  beforeAll(async () => {
    engines = await freshStores(kind)
    product = await openProduct(kind, goldenSettings)
    client = product.client
    await product.importFiles(readFolder(GOLDEN_DIRECTORY))
    await product.importFiles(many)
  }, 300_000)
  afterAll(async () => {
    await product.close()
    await engines.close()
  })

  test('an answer is the same in every format: series, breakdown, comparison, intervals', async () => {
    const query = { metric: ['mrr', 'nrr'], grain: 'quarter' as const, by: ['segment'], compare: 'previous' as const, interval: 'true' }
    const { results } = await client.answer({ query: { ...ASKED, ...query } })
    expect(results.length).toBeGreaterThan(8)
    expect(await asJson(query)).toEqual(results)
    const told = results.map((result) => ({
      metric: result.metric,
      from: result.period.from,
      until: result.period.until,
      segment: result.dims.segment,
      value: result.value,
      exact: result.exact,
      before: result.comparison?.value ?? null,
      change: result.comparison?.change ?? null,
      ci_low: result.ci?.[0] ?? null,
      null_reason: result.null_reason,
    }))
    const keys = Object.keys(told[0] ?? {})
    const parquet = await asParquet(query)
    expect(parquet.rows.map((row) => Object.fromEntries(keys.map((key) => [key, row[key]])))).toEqual(told)
    expect(parquet.types).toMatchObject({
      exact: 'Nullable(Decimal(38, 6))',
      value: 'Nullable(Float64)',
      from: 'Nullable(Date32)',
      segment: 'Nullable(String)',
    })
    const csv = await asCsv(query)
    expect(csv.map((row) => keys.map((key) => row[key]))).toEqual(
      told.map((row) => keys.map((key) => String((key === 'value' ? (row.exact ?? row.value) : row[key as keyof typeof row]) ?? ''))),
    )
  })

  test('all rows behind a number, not a page of them, with every digit', async () => {
    const query = { metric: ['mrr'], what: 'rows' as const }
    const paged: (string | number | boolean | null)[][] = []
    for (let offset: number | null = 0; offset !== null;) {
      const page: Awaited<ReturnType<BinnacleClient['listRows']>> = await client.listRows({ params: { id: 'mrr' }, query: { ...ASKED, offset, limit: 1000 } })
      paged.push(...page.rows)
      offset = page.next
    }
    expect(paged.length).toBeGreaterThan(MANY)
    const json = await asJson(query)
    expect(json.length).toBe(paged.length)
    expect(json.map((row) => [row.account_id, Number(row.adds)])).toEqual(paged.map((row) => [row[0], row.at(-1)]))
    expect(json.find((row) => row.account_id === 'M7')).toMatchObject({ account_name: 'Many 7', adds: '7.1' })
    const parquet = await asParquet(query)
    expect(parquet.rows).toEqual(json)
    expect(parquet.types).toMatchObject({ account_id: 'Nullable(String)', adds: 'Nullable(Decimal(38, 6))' })
    const csv = await asCsv(query)
    expect(csv.map((row) => row.Account)).toEqual(json.map((row) => row.account_id))
    expect(csv.find((row) => row.Account === 'M0')?.Name).toBe(`'${FORMULA}`)
    expect(json.find((row) => row.account_id === 'M0')?.account_name).toBe(FORMULA)
  })

  test('movements, of some kinds or all', async () => {
    const paged = await client.movements({ query: { ...ASKED, kind: [], limit: 1000 } })
    const json = await asJson({ what: 'movements' })
    expect(json.map((row) => [row.account_id, row.day, row.kind, Number(row.amount)])).toEqual(
      paged.rows.map(([account, , day, movement, , amount]) => [account, day, movement, amount]),
    )
    expect((await asParquet({ what: 'movements' })).rows).toEqual(json)
    const churn = await asCsv({ what: 'movements', kind: ['churn'] })
    expect(churn.length).toBeGreaterThan(0)
    expect(new Set(churn.map((row) => row.Kind))).toEqual(new Set(['churn']))
  })

  test('a metric made of others brings its parts, and one without rows an empty table with its columns', async () => {
    const parts = await asJson({ metric: ['north_star'], what: 'rows' })
    expect(parts.map((row) => row.metric)).toContain('new_mrr')
    expect((await asParquet({ metric: ['north_star'], what: 'rows' })).rows).toEqual(parts)
    expect(await asJson({ metric: ['first_response_time'], what: 'rows' })).toEqual([])
    const empty = await asParquet({ metric: ['first_response_time'], what: 'rows' })
    expect([empty.rows, Object.keys(empty.types).length > 3]).toEqual([[], true])
    expect((await save({ metric: ['first_response_time'], what: 'rows', format: 'csv' })).bytes.toString()).toMatch(/^Account,Name,/)
  })

  // What is asked does not depend on the engines; how it is written is tried on all of them above.
  test.runIf(kind === 'private')('the rows of every metric can be saved with their types', { timeout: 300_000 }, async () => {
    const ids = (await client.listMetrics({})).map(({ id }) => id)
    for (let at = 0; at < ids.length; at += 8)
      await Promise.all(
        ids
          .slice(at, at + 8)
          .map(async (id) => expect((await save({ metric: [id], what: 'rows', format: 'parquet' })).bytes.subarray(0, 4).toString(), id).toBe('PAR1')),
      )
  })

  test('the name of the file says metric and period', async () => {
    expect((await save({ metric: ['nrr'], grain: 'month', by: ['segment'], format: 'csv' })).name).toBe('nrr-by-segment-per-month-2024-01-01-to-2024-06-30.csv')
    expect((await save({ metric: ['nrr'], what: 'rows', part: 'numerator', format: 'json' })).name).toBe('nrr-rows-numerator-2024-01-01-to-2024-06-30.json')
    expect((await save({ what: 'movements', kind: ['churn'], format: 'parquet' })).name).toBe('movements-churn-2024-01-01-to-2024-06-30.parquet')
  })

  test.each([
    ['a format that is none', { metric: ['nrr'], format: 'xlsx' as 'csv' }, 'bad_request', /csv.*json.*parquet/],
    ['a metric that is none', { metric: ['nrx'], format: 'csv' as const }, 'unknown_metric', /nrx/],
    ['rows of two metrics', { metric: ['nrr', 'grr'], what: 'rows' as const, format: 'csv' as const }, 'one_metric', /one metric/],
    ['no metric at all', { format: 'csv' as const }, 'no_metric', /metric=/],
    ['a day that is none', { metric: ['nrr'], until: 'yesterday', what: 'rows' as const, format: 'parquet' as const }, 'bad_day', /YYYY-MM-DD/],
  ])('%s is refused with a cure', async (_, query, code, says) => {
    const error = await save(query).then(
      () => expect.fail('it was not refused'),
      (refused: { code: string; message: string; cure: string }) => refused,
    )
    expect(error.code).toBe(code)
    expect(`${error.message} ${error.cure} ${JSON.stringify(error)}`).toMatch(says)
    expect(error.cure).not.toBe('')
  })
})
