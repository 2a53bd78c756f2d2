import type { z } from 'zod'

/** One operation of the HTTP API. Handlers, the typed client and the OpenAPI document are all derived from it. */
export interface Op {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** With `{name}` for path parameters. */
  readonly path: string
  readonly summary: string
  readonly params?: z.core.$ZodType
  readonly query?: z.core.$ZodType
  readonly body?: z.core.$ZodType
  /** The body is the bytes of a file, read as they arrive. */
  readonly upload?: boolean
  /** It takes something away, and so is done at a full disk too. */
  readonly makesRoom?: boolean
  readonly response: z.core.$ZodType
  /** Media type when the answer is not JSON. */
  readonly produces?: string
  /** Media types of the file that the answer can be; then `produces` is `FILE` and the client passes its bytes on as they arrive. */
  readonly files?: readonly string[]
}

/** What an operation produces whose answer is a file of one of several types. */
export const FILE = 'application/octet-stream'

/** A file as a client gets it. */
export interface FileAnswer {
  readonly file_name: string
  readonly bytes: ReadableStream<Uint8Array>
}

export const op = <const T extends Op>(definition: T): T => definition

type Part<T, K extends string> = T extends Record<K, infer S> ? (S extends z.core.$ZodType ? Record<K, z.core.input<S>> : unknown) : unknown
type Parsed<T, K extends string> = T extends Record<K, infer S> ? (S extends z.core.$ZodType ? Record<K, z.core.output<S>> : unknown) : unknown

/** What a caller passes. */
export type Call<T extends Op> = Part<T, 'params'> & Part<T, 'query'> & Part<T, 'body'> & (T extends { upload: true } ? { upload: BodyInit } : unknown)
/** What a handler gets, after validation. */
export type Received<T extends Op> = Parsed<T, 'params'> & Parsed<T, 'query'> & Parsed<T, 'body'>
export type Answer<T extends Op> = z.core.output<T['response']>
export type Client<C extends Record<string, Op>> = { readonly [K in keyof C]: (call: Call<C[K]>, signal?: AbortSignal) => Promise<Answer<C[K]>> }
