import { randomUUID } from 'node:crypto'
import { setMaxListeners } from 'node:events'
import { Readable, Transform, pipeline } from 'node:stream'
import { ClickHouseLogLevel, createClient } from '@clickhouse/client'
import type { ClickHouseClient, ClickHouseSettings } from '@clickhouse/client'
import { identifier, param, sql } from '../kernel/sql.ts'
import type { ParamValue, Sql } from '../kernel/sql.ts'
import { CutAnswer, PROVING_FORMAT, checkWritten, isWhole, provesItsEnd, rowsAsTheyCome, rowsOf } from './clickhouse-answer.ts'
import { explainFailure, failureInTail } from './clickhouse-failure.ts'
import { askAgain, namesOf } from './ask-again.ts'
import { encodeQuery, insertInto } from './clickhouse-parameters.ts'
import { columnsOf, encodeRow } from './tab-separated.ts'
import { JOINS_AS_WRITTEN } from '../facts/store.ts'

export interface ClickHouseAddress {
  url: string
  database: string
  /** What a private engine wants to see in each request before it looks at the user. */
  headers?: Record<string, string>
  writer: { user: string; password: string }
  reader: { user: string; password: string }
}

export interface ReadOptions {
  signal?: AbortSignal
  /** The engine gives up after so many seconds: 60 for reads unless told, no limit for writes. */
  maxSeconds?: number
  settings?: Record<string, string | number>
  queryId?: string
  /** Reads as the user who writes, who sees what a reader may not; the query still only reads. */
  asWriter?: true
}

export interface InsertOptions extends ReadOptions {
  /** A second insert with the same token is acknowledged and stores nothing, whatever rows it brings. */
  deduplicationToken?: string
}

const everySettings: ClickHouseSettings = {
  // A server of the user's may keep another zone; a day must begin at the same instant everywhere.
  session_timezone: 'UTC',
  ...JOINS_AS_WRITTEN,
}

const readSettings: ClickHouseSettings = {
  ...everySettings,
  output_format_json_quote_64bit_integers: 1,
  output_format_json_quote_decimals: 1,
  date_time_output_format: 'iso',
  cancel_http_readonly_queries_on_client_close: 1,
}

const writeSettings: ClickHouseSettings = {
  ...everySettings,
  async_insert: 0,
  date_time_input_format: 'best_effort',
  input_format_tsv_empty_as_default: 1,
  // A failure half-way becomes an error. In memory: what is put by on a full disk is lost without a word.
  wait_end_of_query: 1,
  buffer_size: '1000000',
}

const readSeconds = 60
/** An answer that is held in memory whole may have so many rows; more of them are read as a stream. */
const MOST_ROWS = 500_000
/** The engine keeps the limit of a query; ours, so much later, is for an engine that does not answer. */
const graceMs = 3000
/** The driver's own limit on a request, which would leave the query running. */
const driverTimeoutMs = 24 * 3600 * 1000

function connect(address: ClickHouseAddress, login: { user: string; password: string }, database: string): ClickHouseClient {
  return createClient({
    url: address.url,
    username: login.user,
    password: login.password,
    database,
    http_headers: address.headers,
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
  /** Fires when the caller gives up or time is over; by then the engine has been told to end the query. */
  signal: AbortSignal
  settle(): void
  /** What the failure means; `error` may be what giving up caused. */
  explain(error: unknown): Error
}

/** One ClickHouse server or shard, spoken to over HTTP by a user who writes and a user who only reads. */
export class ClickHouseNode {
  readonly address: ClickHouseAddress
  readonly #writer: ClickHouseClient
  readonly #reader: ClickHouseClient
  /** The writer outside its database, which may not exist yet. */
  readonly #outside: ClickHouseClient
  /** Where the reader is no user of its own, only this keeps it from writing. */
  readonly #readonly: ClickHouseSettings

  constructor(address: ClickHouseAddress) {
    this.address = address
    this.#writer = connect(address, address.writer, address.database)
    this.#reader = connect(address, address.reader, address.database)
    this.#outside = connect(address, address.writer, 'default')
    this.#readonly = address.reader.user === address.writer.user ? { readonly: '2' } : {}
  }

  /**
   * All rows of a query as the read-only user. 64-bit integers and decimals come as strings, so that no digit is lost;
   * DateTime64 as ISO 8601 text in UTC. Throws `fact_store_query_failed`, `fact_store_timeout`, `fact_store_out_of_memory`,
   * `answer_too_large`, `fact_store_unreachable`, `fact_store_busy` or, when the signal fires, `fact_store_query_aborted`.
   */
  async read<Row>(query: Sql, options: ReadOptions = {}): Promise<Row[]> {
    const { stream, call } = await this.#open(query, PROVING_FORMAT, { ...options, settings: { max_result_rows: MOST_ROWS, ...options.settings } })
    const chunks: Buffer[] = []
    for await (const chunk of stream) chunks.push(chunk as Buffer)
    try {
      return rowsOf<Row>(Buffer.concat(chunks).toString())
    } catch (error) {
      throw call.explain(error)
    }
  }

  /** The rows of a query in chunks as they arrive. Leaving the loop early ends the query. */
  async *readStream<Row>(query: Sql, options: ReadOptions = {}): AsyncIterable<Row[]> {
    const { stream, call } = await this.#open(query, PROVING_FORMAT, options)
    try {
      yield* rowsAsTheyCome<Row>(stream)
    } catch (error) {
      throw error instanceof CutAnswer ? call.explain(error) : error
    }
  }

  /** The answer as the bytes of a file in one of ClickHouse's formats, one that proves its end (Parquet). */
  async readRaw(query: Sql, format: string, options: ReadOptions = {}): Promise<Readable> {
    return (await this.#open(query, format, options)).stream
  }

  /** The bytes of an answer as they arrive. A query that fails on the way fails the stream, and so does an end that is not proved. */
  async #open(query: Sql, format: string, options: ReadOptions): Promise<{ stream: Readable; call: Call }> {
    const ending = sql`\nFORMAT ${identifier(format)}`
    if (!provesItsEnd(format)) throw new Error(`nothing proves the end of an answer in ${format}`)
    const call = this.#begin(query, { maxSeconds: readSeconds, ...options })
    try {
      const request = { ...requestOf(call), query: call.text + encodeQuery(ending).text }
      const reader = options.asWriter === true ? this.#writer : this.#reader
      const result = await askAgain(call, (query_id) => reader.exec({ ...request, query_id, clickhouse_settings: this.#settingsToRead(options) }))
      return { stream: this.#watched(result.stream, format, call), call }
    } catch (error) {
      call.settle()
      throw call.explain(error)
    }
  }

  /** DDL and INSERT ... SELECT, as the user who writes. Throws what `read` throws. */
  async write(query: Sql, options: ReadOptions = {}): Promise<void> {
    await this.#command(this.#writer, query, options)
  }

  /**
   * Inserts rows; on return they are on disk. All or none, as long as they fit one block (a million rows). What a row leaves
   * out or has as undefined gets the column's default, which must be '' where a column of text may be empty.
   */
  async insertRows(table: string, rows: readonly object[], options: InsertOptions = {}): Promise<void> {
    if (rows.length === 0) return
    const columns = columnsOf(rows)
    await this.insertText(table, columns, rows.map((row) => encodeRow(row, columns)).join(''), options)
  }

  /** Inserts rows that `encodeRow` has already made text of. */
  async insertText(table: string, columns: readonly string[], text: string, options: InsertOptions = {}): Promise<void> {
    await this.#follow(this.#begin(insertInto(table, columns), options), async (call) => {
      // As the body's own stream: the driver trims a query, and with it empty cells at the end.
      const result = await this.#writer.exec({ ...requestOf(call), values: Readable.from([text]), clickhouse_settings: settingsToInsert(options) })
      for await (const _ of result.stream) continue
      checkWritten(result, text.split('\n').length - 1)
    })
  }

  async ping(): Promise<boolean> {
    return (await this.#outside.ping({ select: true })).success
  }

  /** The engine's version, asked with the writer's password: throws unless it is our engine that answers. */
  async version(): Promise<string> {
    const result = await this.#outside.query({ query: 'SELECT version() AS version', format: 'JSONEachRow' })
    const [row] = await result.json<{ version: string }>()
    return row?.version ?? ''
  }

  async createDatabase(): Promise<void> {
    await this.#command(this.#outside, sql`CREATE DATABASE IF NOT EXISTS ${identifier(this.address.database)}`, {})
  }

  async close(): Promise<void> {
    await Promise.all([this.#writer.close(), this.#reader.close(), this.#outside.close()])
  }

  #settingsToRead(options: ReadOptions): ClickHouseSettings {
    const max_execution_time = options.maxSeconds ?? readSeconds
    return { ...readSettings, max_execution_time, ...options.settings, ...(options.asWriter === true ? { readonly: '2' } : this.#readonly) }
  }

  async #command(client: ClickHouseClient, query: Sql, options: ReadOptions): Promise<void> {
    const limit = options.maxSeconds === undefined ? {} : { max_execution_time: options.maxSeconds }
    await this.#follow(this.#begin(query, options), async (call) => {
      checkWritten(await client.command({ ...requestOf(call), clickhouse_settings: { ...writeSettings, ...limit, ...options.settings } }))
    })
  }

  async #follow<T>(call: Call, work: (call: Call) => Promise<T>): Promise<T> {
    try {
      return await work(call)
    } catch (error) {
      throw call.explain(error)
    } finally {
      call.settle()
    }
  }

  #begin(query: Sql, options: ReadOptions): Call {
    const { text, params } = encodeQuery(query)
    const queryId = options.queryId ?? randomUUID()
    const ours = new AbortController()
    let ended: 'by the caller' | 'by the time limit' | null = null
    const end = (by: 'by the caller' | 'by the time limit'): void => {
      if (ended !== null) return
      ended = by
      void this.#kill(queryId)
      ours.abort()
    }
    const forward = (): void => end('by the caller')
    if (options.signal?.aborted === true) forward()
    if (options.signal !== undefined) setMaxListeners(0, options.signal)
    options.signal?.addEventListener('abort', forward, { once: true })
    const { maxSeconds = 0 } = options
    const timer = maxSeconds > 0 ? setTimeout(() => end('by the time limit'), maxSeconds * 1000 + graceMs) : undefined
    const server = new URL(this.address.url).host
    return {
      text,
      params,
      queryId,
      signal: ours.signal,
      settle: () => {
        clearTimeout(timer)
        options.signal?.removeEventListener('abort', forward)
      },
      explain: (error) => explainFailure(error, { sql: text, parameters: Object.keys(params), server, ended }),
    }
  }

  /** Ends the query when the reader goes away, and fails the stream when the query fails or its answer is cut short. */
  #watched(source: Readable, format: string, call: Call): Readable {
    let tail = ''
    const watched = new Transform({
      transform: (chunk: Buffer, _, done) => {
        tail = (tail + chunk.subarray(-4000).toString('latin1')).slice(-4000)
        done(null, chunk)
      },
      flush: (done) => done(isWhole(format, tail) ? null : new CutAnswer(tail === '' ? 'it is empty' : 'it has no end')),
      destroy: (error, done) => {
        call.settle()
        if (error === null && !source.readableEnded) void this.#kill(call.queryId)
        done(error === null ? null : call.explain(failureInTail(tail) ?? error))
      },
    })
    call.signal.addEventListener('abort', () => source.destroy(new Error('given up')), { once: true })
    pipeline(source, watched, () => undefined)
    return watched
  }

  /** Dropping the connection does not stop every query. ASYNC, because SYNC was seen to wait for ever. */
  async #kill(queryId: string): Promise<void> {
    const { text, params } = encodeQuery(sql`KILL QUERY WHERE query_id IN ${param('Array(String)', namesOf(queryId))} ASYNC`)
    try {
      await this.#outside.command({ query: text, query_params: params })
    } catch {
      // The engine is gone, and the query with it, or the query's own time limit ends it.
    }
  }
}

const requestOf = (call: Call) => ({
  query: call.text,
  query_params: call.params,
  query_id: call.queryId,
  abort_signal: call.signal,
})

const settingsToInsert = ({ deduplicationToken, settings }: InsertOptions): ClickHouseSettings => ({
  ...writeSettings,
  ...(deduplicationToken === undefined ? {} : { insert_deduplication_token: deduplicationToken }),
  ...settings,
})
