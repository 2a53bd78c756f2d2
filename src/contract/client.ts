import { BinnacleError } from '../kernel/errors.ts'
import type { ApiError, BinnacleClient } from './contract.ts'
import { FILE } from './op.ts'
import type { FileAnswer } from './op.ts'

/** Method and path of each operation: all that a client needs to know of the contract at run time. */
export type Routes = Record<string, readonly [method: string, path: string, produces?: string]>

interface LooseCall {
  params?: Record<string, string>
  query?: Record<string, unknown>
  body?: unknown
}

function toUrl(base: string, path: string, call: LooseCall): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(call.params?.[name] ?? ''))
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(call.query ?? {}))
    for (const item of Array.isArray(value) ? value : [value]) if (item !== undefined && item !== null) search.append(key, String(item))
  const text = search.toString()
  return `${base}${filled}${text === '' ? '' : `?${text}`}`
}

async function toError(response: Response): Promise<BinnacleError> {
  const body = (await response.json().catch(() => null)) as ApiError | null
  if (body?.error === undefined)
    return new BinnacleError('unreachable', `The server answered ${response.status}.`, {
      retry: true,
      status: response.status,
      cure: 'Try again; if it stays, look at the server log.',
    })
  const { code, message, cure, retry, details } = body.error
  return new BinnacleError(code, message, { cure, retry, details, status: response.status })
}

const toFile = (response: Response): FileAnswer => ({
  file_name: /filename="([^"]*)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'answer',
  bytes: response.body ?? new Blob([]).stream(),
})

/** A typed client over any `fetch`: the browser's, Node's, or the server's own handler in one process. */
export function makeClient(routes: Routes, base: string, send: (url: string, init: RequestInit) => Promise<Response> | Response): BinnacleClient {
  const call = (name: string) => async (input: LooseCall & { upload?: BodyInit }, signal?: AbortSignal) => {
    const [method = 'GET', path = '', produces] = routes[name] ?? []
    const init: RequestInit & { duplex?: 'half' } = { method, headers: {} }
    if (signal !== undefined) init.signal = signal
    if (input.upload !== undefined) Object.assign(init, { body: input.upload, duplex: 'half', headers: { 'content-type': 'application/octet-stream' } })
    else if (input.body !== undefined) Object.assign(init, { body: JSON.stringify(input.body), headers: { 'content-type': 'application/json' } })
    const response = await send(toUrl(base, path, input), init)
    if (!response.ok) throw await toError(response)
    if (produces === FILE) return toFile(response)
    return produces === undefined ? response.json() : response.text()
  }
  return Object.fromEntries(Object.keys(routes).map((name) => [name, call(name)])) as unknown as BinnacleClient
}
