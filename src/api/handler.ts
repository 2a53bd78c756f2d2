import type { Answer, Op, Received } from '../contract/op.ts'
import type { Asker } from '../metrics/kit/asker.ts'

/** What a handler knows of the request beside its validated input. */
export interface RequestContext {
  readonly request_id: string
  readonly asker: Asker
  /** Fires when the caller goes away: pass it to reads, so that nobody computes for no one. */
  readonly signal: AbortSignal
  /** Length of the body, when the caller declared it. */
  readonly content_length: number | undefined
}

/** A file to be saved, sent as it is made. */
export interface Download {
  readonly file_name: string
  /** Of what the operation can produce, this. */
  readonly media_type?: string
  readonly chunks: AsyncIterable<string | Uint8Array>
}

type Uploaded<T extends Op> = T extends { upload: true } ? { upload: AsyncIterable<Uint8Array> } : unknown
type Reply<T extends Op> = Answer<T> | (T extends { produces: string } ? Download : never)

export type Handler<T extends Op> = (received: Received<T> & Uploaded<T>, context: RequestContext) => Reply<T> | Promise<Reply<T>>
export type Handlers<C extends Record<string, Op>> = { readonly [K in keyof C]: Handler<C[K]> }

/** A handler as the binding sees it, when the types of its operation are already checked. */
export type AnyHandler = (received: Record<string, unknown>, context: RequestContext) => unknown

/** Pairs every operation with its handler. Throws when an operation has none, or a handler no operation. */
export function pairHandlers(contract: Record<string, Op>, handlers: object): { name: string; op: Op; handler: AnyHandler }[] {
  const given = new Map<string, unknown>(Object.entries(handlers))
  const faults: string[] = []
  const pairs = Object.entries(contract).flatMap(([name, op]) => {
    const handler = given.get(name)
    given.delete(name)
    if (typeof handler === 'function') return [{ name, op, handler: handler as AnyHandler }]
    faults.push(`${name} (${op.method} ${op.path}) has no handler`)
    return []
  })
  for (const name of given.keys()) faults.push(`handler ${name} belongs to no operation of the contract`)
  if (faults.length > 0) throw new Error(`The API does not fit its contract: ${faults.join('; ')}`)
  return pairs
}
