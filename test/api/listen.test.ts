import { request } from 'node:http'
import { connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { listen } from '../../src/api/listen.ts'
import type { Listening } from '../../src/api/listen.ts'
import { waitFor } from '../../src/stores/engines/process-identity.ts'

let listening: Listening | undefined
afterEach(async () => {
  await listening?.drain(0)
  listening = undefined
})
const start = async (fetch: (request: Request) => Response | Promise<Response>): Promise<URL> => {
  listening = await listen(fetch, { wanted: 0, usual: 0 })
  return new URL(listening.address)
}

/** Sends all of it, whatever comes back, as simple clients do, and reads only then. */
function sendAll(address: URL, bytes: number): Promise<{ status: number | undefined; text: string }> {
  return new Promise((resolve, reject) => {
    const sending = request(address, { method: 'POST', headers: { 'content-length': bytes } }, (response) => {
      let text = ''
      response.on('data', (chunk: Buffer) => (text += chunk.toString()))
      response.on('end', () => resolve({ status: response.statusCode, text }))
      response.on('error', reject)
    })
    sending.on('error', reject)
    const piece = Buffer.alloc(1_000_000)
    let left = bytes
    const send = (): void => {
      while (left > 0) {
        left -= piece.length
        if (!sending.write(piece)) return void sending.once('drain', send)
      }
      sending.end()
    }
    send()
  })
}

const refusal = (): Response => new Response('refused: too late', { status: 409 })

test.each([
  ['before it is read', refusal],
  [
    'after its first part was read',
    async ({ body }: Request) => {
      for await (const _ of body as unknown as AsyncIterable<Uint8Array>) break
      return refusal()
    },
  ],
  ['later', async () => new Promise<Response>((resolve) => setTimeout(() => resolve(refusal()), 30))],
])('who sends a large body that is refused %s reads why', async (_, fetch) => {
  expect(await sendAll(await start(fetch), 100_000_000)).toEqual({ status: 409, text: 'refused: too late' })
})

test('a handler hears that its caller went away', async () => {
  let gone = false
  let asked = false
  const address = await start(async ({ signal }) => {
    asked = true
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
    gone = true
    return new Response('nobody reads it')
  })
  const socket = connect(Number(address.port), address.hostname)
  socket.write(`GET / HTTP/1.1\r\nhost: ${address.host}\r\n\r\n`)
  expect(await waitFor(() => asked, 10_000)).toBe(true)
  socket.destroy()
  expect(await waitFor(() => gone, 10_000)).toBe(true)
})

test('each part of a request has a limit of its own', async () => {
  await start(() => new Response(''))
  expect(listening?.limits).toEqual({ headersMs: 20_000, keepAliveMs: 30_000, requestMs: 0 })
})
