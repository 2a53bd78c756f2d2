import { setTimeout as pause } from 'node:timers/promises'
import { makeClient } from '../../src/contract/client.ts'
import type { BinnacleClient } from '../../src/contract/contract.ts'
import type { ImportRecord } from '../../src/contract/imports.ts'
import { routes } from '../conformance/product.ts'
import type { Random } from '../oracle/random.ts'
import type { Plan } from './plans.ts'

/** What became of a plan, as its maker knows it. */
export interface Attempt {
  readonly plan: Plan
  /** The commit was asked for, and its answer came: from then on it must be there. */
  acknowledged: boolean
  asked: boolean
  discarded: boolean
  /** Its undo was asked for: from then on it may be done or undone. */
  undone: boolean
}

export const clientAt = (address: string): BinnacleClient => makeClient(routes, address, (url, init) => fetch(url, init))

const PIECE = 64 * 1024

/** The bytes of a file piece by piece, so that it can be cut off in its middle. */
function streamed(text: string, onPiece: (share: number) => void): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  let at = 0
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close()
      controller.enqueue(bytes.subarray(at, at + PIECE))
      at += PIECE
      onPiece(Math.min(1, at / bytes.length))
    },
  })
}

export interface Moments {
  /** The first files are on their way. */
  onUpload(): void
  onCommit(): void
}

/** Makes imports by plan, whatever happens to the server, and remembers what it was told. */
export function createImporter(next: () => Plan, random: Random) {
  const attempts = new Map<string, Attempt>()
  let typicalMs = 3000

  async function commit(client: BinnacleClient, id: string, attempt: Attempt): Promise<void> {
    attempt.asked = true
    const done = await client.commitImport({ params: { id } })
    if (done.state !== 'done') throw new Error(`the commit was answered while the import is ${done.state}`)
    attempt.acknowledged = true
  }

  async function send(client: BinnacleClient, id: string, files: Plan['files'], onUpload: () => void): Promise<void> {
    const one = async ({ name, text }: Plan['files'][number]): Promise<void> => {
      const { state, refused, error } = await client.addFile({ params: { id }, query: { name }, upload: streamed(text, onUpload) })
      if (state !== 'staged' || refused > 0) throw new Error(`${name} is ${state} with ${refused} refused rows: ${JSON.stringify(error)}`)
    }
    // The web app sends files side by side, the command line one after another.
    if (random.chance(0.5)) await Promise.all(files.map(one))
    else for (const file of files) await one(file)
  }

  /** One import from its beginning to the acknowledgment. */
  async function make(client: BinnacleClient, moments: Moments): Promise<void> {
    const begun = performance.now()
    const attempt: Attempt = { plan: next(), acknowledged: false, asked: false, discarded: false, undone: false }
    const { id } = await client.createImport({})
    attempts.set(id, attempt)
    await send(client, id, attempt.plan.files, moments.onUpload)
    moments.onCommit()
    await commit(client, id, attempt)
    typicalMs = (typicalMs + performance.now() - begun) / 2
  }

  async function discard(client: BinnacleClient, id: string): Promise<void> {
    const attempt = attempts.get(id)
    if (attempt !== undefined) attempt.discarded = true
    await client.discardImport({ params: { id } })
  }

  /** A draft that a kill left: its files are sent again where they did not arrive, or it is thrown away. */
  async function mend(client: BinnacleClient, { id, files }: ImportRecord, always: boolean): Promise<void> {
    const attempt = attempts.get(id)
    // The answer that named it never came.
    if (attempt === undefined || attempt.discarded || (!always && random.chance(0.4))) return discard(client, id)
    for (const file of files.filter(({ state }) => state !== 'staged')) await client.removeFile({ params: { id, file: file.id } })
    const there = new Set(files.filter(({ state }) => state === 'staged').map(({ name }) => name))
    await send(
      client,
      id,
      attempt.plan.files.filter(({ name }) => !there.has(name)),
      () => undefined,
    )
    await commit(client, id, attempt)
  }

  /** Waits until the server has finished what it was at, looks whether all that was acknowledged is there, and mends what is left. */
  async function settle(client: BinnacleClient, always = false): Promise<void> {
    for (;;) {
      const all = await client.listImports({})
      const lost = [...attempts].filter(
        ([id, attempt]) => attempt.acknowledged && !['done', ...(attempt.undone ? ['undone'] : [])].includes(all.find((one) => one.id === id)?.state ?? ''),
      )
      if (lost.length > 0)
        throw new Error(`acknowledged, but not done: ${lost.map(([id]) => `${id} is ${all.find((one) => one.id === id)?.state}`).join(', ')}`)
      const open = all.filter(({ state }) => state === 'draft')
      const atWork = all.some(({ state, files }) => ['committing', 'refreshing'].includes(state) || files.some((file) => file.state === 'receiving'))
      if (atWork) await pause(100)
      else if (open.length === 0) return
      else for (const draft of open) await mend(client, draft, always)
    }
  }

  return { attempts, make, settle, /** How long an import takes on this machine, for kills that come in its middle. */ typicalMs: () => typicalMs }
}

/** Takes back one of the imports that are done. */
export async function undoOne(attempts: ReadonlyMap<string, Attempt>, random: Random, client: BinnacleClient): Promise<void> {
  const done = [...attempts].filter(([, attempt]) => attempt.acknowledged && !attempt.undone)
  const [id, attempt] = done.length === 0 ? [] : random.pick(done)
  if (id === undefined || attempt === undefined) return
  attempt.undone = true
  const { state } = await client.undoImport({ params: { id } })
  if (state !== 'undone') throw new Error(`the undo was answered while the import is ${state}`)
}
