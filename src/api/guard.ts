import { BinnacleError } from '../kernel/errors.ts'

/**
 * There is no login: whoever reaches the port may read and write. So only this machine may, and no web page of
 * another site through a browser on it. A name that resolves to 127.0.0.1 (DNS rebinding) shows in `Host`; a page of
 * another site shows in `Sec-Fetch-Site` or `Origin` (https://www.w3.org/TR/fetch-metadata/).
 */
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i

const forbid = (code: string, message: string, cure: string): BinnacleError => new BinnacleError(code, message, { cure, status: 403 })

function originHost(origin: string): string | null {
  try {
    return new URL(origin).host
  } catch {
    return null
  }
}

/** Throws `foreign_host` or `foreign_origin` for a request that did not come from this machine's own user. */
export function guard(request: Request): void {
  const host = request.headers.get('host') ?? new URL(request.url).host
  if (!LOOPBACK.test(host))
    throw forbid('foreign_host', 'The server answers on the loopback interface only.', 'Open it as http://127.0.0.1 or http://localhost with its port.')
  const cure = 'Use the web app of this server, the command line, or a client that is not a web page.'
  const origin = request.headers.get('origin')
  if (origin !== null && originHost(origin) !== host) throw forbid('foreign_origin', 'A page of another site may not use this server.', cure)
  const site = request.headers.get('sec-fetch-site')
  const opensPage = request.method === 'GET' && request.headers.get('sec-fetch-mode') === 'navigate'
  if (site !== null && site !== 'same-origin' && site !== 'none' && !opensPage)
    throw forbid('foreign_origin', 'A page of another site may not use this server.', cure)
}
