import { readFileSync, readdirSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { entityTag, matches } from './answer.ts'
import { bare } from '../kernel/bare.ts'

const TYPES: Record<string, string> = bare({
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
})

interface StaticFile {
  readonly content: Uint8Array<ArrayBuffer>
  readonly headers: Record<string, string>
}

function readFolder(folder: string): Map<string, StaticFile> {
  const files = new Map<string, StaticFile>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const address = `/${relative(folder, path).split(sep).join('/')}`
    const content = new Uint8Array(readFileSync(path))
    // The build puts a hash of the content into the names below assets/.
    const caching = address.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'
    files.set(address, {
      content,
      headers: { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream', 'cache-control': caching, etag: entityTag(content) },
    })
  }
  return files
}

function send(file: StaticFile, request: Request): Response {
  if (matches(request, file.headers.etag ?? '')) return new Response(null, { status: 304, headers: file.headers })
  return new Response(request.method === 'HEAD' ? null : file.content, { headers: file.headers })
}

/**
 * The built web app, read into memory once: a request can name no file outside of it, and a build during a run cannot
 * mix two versions. An address without a file is a page of the app. Null when it is neither.
 */
export function serveWebApp(folder: string): (request: Request) => Response | null {
  const files = readFolder(folder)
  return (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return null
    const path = new URL(request.url).pathname
    const file = files.get(path)
    if (file !== undefined) return send(file, request)
    const page = files.get('/index.html')
    return page === undefined || extname(path) !== '' ? null : send(page, request)
  }
}
