import { randomUUID } from 'node:crypto'
import type { Readable } from 'node:stream'
import { ClickHouseLogLevel, createClient } from '@clickhouse/client'
import type { ClickHouseClient, ClickHouseSettings } from '@clickhouse/client'
import { identifier, param, renderSql, sql } from '../kernel/sql.ts'
import type { ParamValue, Sql } from '../kernel/sql.ts'
import { explainFailure } from './clickhouse-failure.ts'

export interface ClickHouseAddress {
  url: string
  database: string
  writer: { user: string; password: string }
  reader: { user: string; password: string }
}

export interface ReadOptions {
  signal?: AbortSignal
  /** The engine gives up after so many seconds: 60 for reads unless told, no limit for writes. */
  maxSeconds?: number
  settings?: Record<string, string | number>
  queryId?: string
}

const outputSettings: ClickHouseSettings = {
  output_format_json_quote_64bit_integers: 1,
  output_format_json_quote_decimals: 1,
  date_time_output_format: 'iso',
}

const inputSettings: ClickHouseSettings = {
  async_insert: 0,
  date_time_input_format: 'best_effort',
  input_format_skip_unknown_fields: 0,
}

// The driver's own limit on one request; ours are per query and end the query itself.
const driverTimeoutMs = 24 * 3600 * 1000

function connect(address: ClickHouseAddress, login: { user: string; password: string }, database: string): ClickHouseClient {
  return createClient({
    url: address.url,
    username: login.user,
    password: login.password,
    database,
    request_timeout: driverTimeoutMs,
    max_open_connections: 32,
    use_multipart_params_auto: true,
    log: { level: ClickHouseLogLevel.OFF },
  })
}

interface Call {
  text: string
  params: Record<string, ParamValue>
  queryId: string
  signal: AbortSignal
  /** Ends the watch over the call; called once, when its result has arrived or failed. */
  settle(): void
}

/** One ClickHouse server or shard, spoken to over HTTP by a user who writes and a user who only reads. */
export class ClickHouseNode {
  readonly address: ClickHouseAddress
  readonly #writer: ClickHouseClient
  readonly #reader: ClickHouseClient
  readonly #admin: ClickHouseClient
  /** Where the reader is no user of its own, only the setting keeps it from writing. */
  readonly #readerSettings: ClickHouseSettings

  constructor(address: ClickHouseAddress) {
    this.address = address
    this.#writer = connect(address, address.writer, address.database)
    this.#reader = connect(address, address.reader, address.database)
    this.#admin = connect(address, address.writer, 'default')
    this.#readerSettings = address.reader.user === address.writer.user ? { readonly: '2' } : {}
  }

  /**
   * All rows of a query as the read-only user. 64-bit integers and decimals come as strings, so that no digit is lost;
   * DateTime64 as ISO 8601 text in UTC. Throws `fact_store_query_failed`, `fact_store_timeout`, `fact_store_out_of_memory`,
   * `fact_store_unreachable` or, when the signal fires, `fact_store_query_aborted`.
   */
  async read<Row>(query: Sql, options: ReadOptions = {}): Promise<Row[]> {
    const call = this.#begin(query, options)
    try {
      // wait_end_of_query: a failure half-way becomes an error, never a shorter answer.
      const result = await this.#reader.query({
        ...this.#readParameters(call),
        format: 'JSONEachRow',
        clickhouse_settings: { ...this.#readSettings(options), wait_end_of_query: 1 },
      })
      return await result.json<Row>()
    } catch (error) {
      throw await this.#fail(error, call, options)
    } finally {
      call.settle()
    }
  }

  /** The same rows in chunks as they arrive. Leaving the loop early ends the query. */
  async *readStream<Row>(query: Sql, options: ReadOptions = {}): AsyncIterable<Row[]> {
    const call = this.#begin(query, options)
    let finished = false
    try {
      const result = await this.#reader.query({
        ...this.#readParameters(call),
        format: 'JSONEachRow',
        clickhouse_settings: this.#readSettings(options),
      })
      for await (const rows of result.stream<Row>()) yield rows.map((row) => row.json())
      finished = true
    } catch (error) {
      finished = true
      throw await this.#fail(error, call, options)
    } finally {
      call.settle()
      if (!finished) void this.#kill(call.queryId)
    }
  }

  /** The answer as bytes in one of ClickHouse's formats (CSVWithNames, Parquet ...). */
  async readRaw(query: Sql, format: string, options: ReadOptions = {}): Promise<Readable> {
    if (!/^[A-Za-z]+$/.test(format)) throw new Error(`not a format: ${format}`)
    const call = this.#begin(query, options)
    try {
      const { query: text, ...parameters } = this.#readParameters(call)
      const result = await this.#reader.exec({
        ...parameters,
        query: `${text}\nFORMAT ${format}`,
        clickhouse_settings: this.#readSettings(options),
      })
      result.stream.once('close', call.settle)
      return result.stream
    } catch (error) {
      call.settle()
      throw await this.#fail(error, call, options)
    }
  }

  /** DDL and INSERT ... SELECT, as the user who writes. */
  async write(query: Sql, options: ReadOptions = {}): Promise<void> {
    await this.#command(this.#writer, query, options)
  }

  /** Inserts rows as one block; acknowledged means on disk. The same token again inserts nothing. */
  async insertRows(table: string, rows: readonly object[], options: { deduplicationToken?: string } = {}): Promise<void> {
    if (rows.length === 0) return
    const body = rows.map((row) => JSON.stringify(row)).join('\n')
    await this.#insert(table, body, options)
  }

  /** Inserts JSON lines as they come. A stream that breaks off fails the call, but blocks sent before may be stored. */
  async insertStream(table: string, ndjson: Readable, options: ReadOptions & { deduplicationToken?: string } = {}): Promise<void> {
    await this.#insert(table, ndjson, options)
  }

  async ping(): Promise<boolean> {
    const answer = await this.#writer.ping()
    return answer.success
  }

  /** The engine's version, asked with the writer's password: throws unless it is our engine that answers. */
  async version(): Promise<string> {
    const result = await this.#admin.query({ query: 'SELECT version() AS version', format: 'JSONEachRow' })
    const [row] = await result.json<{ version: string }>()
    return row?.version ?? ''
  }

  async createDatabase(): Promise<void> {
    await this.#command(this.#admin, sql`CREATE DATABASE IF NOT EXISTS ${identifier(this.address.database)}`, {})
  }

  async close(): Promise<void> {
    await Promise.all([this.#writer.close(), this.#reader.close(), this.#admin.close()])
  }

  #readParameters(call: Call) {
    return { query: call.text, query_params: call.params, query_id: call.queryId, abort_signal: call.signal }
  }

  #readSettings(options: ReadOptions): ClickHouseSettings {
    return {
      ...outputSettings,
      cancel_http_readonly_queries_on_client_close: 1,
      max_execution_time: options.maxSeconds ?? 60,
      ...options.settings,
      ...this.#readerSettings,
    }
  }

  async #command(client: ClickHouseClient, query: Sql, options: ReadOptions): Promise<void> {
    const call = this.#begin(query, options)
    try {
      await client.command({
        query: call.text,
        query_params: call.params,
        query_id: call.queryId,
        abort_signal: call.signal,
        clickhouse_settings: {
          ...inputSettings,
          wait_end_of_query: 1,
          ...(options.maxSeconds === undefined ? {} : { max_execution_time: options.maxSeconds }),
          ...options.settings,
        },
      })
    } catch (error) {
      throw await this.#fail(error, call, options)
    } finally {
      call.settle()
    }
  }

  async #insert(table: string, body: string | Readable, options: ReadOptions & { deduplicationToken?: string }): Promise<void> {
    const name = table.split('.').map((part) => identifier(part))
    const call = this.#begin(name.length === 2 ? sql`${name[0]!}.${name[1]!}` : name[0]!, options)
    const query = `INSERT INTO ${call.text} FORMAT JSONEachRow`
    const { deduplicationToken } = options
    try {
      const request = {
        query,
        query_id: call.queryId,
        abort_signal: call.signal,
        clickhouse_settings: {
          ...inputSettings,
          wait_end_of_query: 1 as const,
          ...(deduplicationToken === undefined ? {} : { insert_deduplication_token: deduplicationToken }),
          ...options.settings,
        },
      }
      if (typeof body === 'string') await this.#writer.command({ ...request, query: `${query}\n${body}` })
      else (await this.#writer.exec({ ...request, values: body })).stream.resume()
    } catch (error) {
      throw await this.#fail(error, { ...call, text: query }, options)
    } finally {
      call.settle()
    }
  }

  /** The limit in `maxSeconds` is the engine's to keep; ours, a little later, is for an engine that does not answer. */
  #begin(query: Sql, options: ReadOptions): Call {
    const { text, params } = renderSql(query)
    const ours = new AbortController()
    const forward = (): void => ours.abort(options.signal?.reason)
    if (options.signal?.aborted === true) forward()
    else options.signal?.addEventListener('abort', forward, { once: true })
    const timer =
      options.maxSeconds === undefined ? undefined : setTimeout(() => ours.abort(), options.maxSeconds * 1000 + 2000)
    return {
      text,
      params,
      queryId: options.queryId ?? randomUUID(),
      signal: ours.signal,
      settle: () => {
        clearTimeout(timer)
        options.signal?.removeEventListener('abort', forward)
      },
    }
  }

  async #fail(error: unknown, call: Call, options: ReadOptions): Promise<Error> {
    if (call.signal.aborted) await this.#kill(call.queryId)
    return explainFailure(error, {
      sql: call.text,
      parameters: Object.keys(call.params),
      server: new URL(this.address.url).host,
      ended: call.signal.aborted ? (options.signal?.aborted === true ? 'by the caller' : 'by the time limit') : null,
    })
  }

  /** Dropping the connection does not stop a query. ASYNC, because SYNC was seen to wait for ever. */
  async #kill(queryId: string): Promise<void> {
    const { text, params } = renderSql(sql`KILL QUERY WHERE query_id = ${param('String', queryId)} ASYNC`)
    try {
      await this.#admin.command({ query: text, query_params: params })
    } catch {
      // The engine is gone, and the query with it, or its own time limit ends it.
    }
  }
}
