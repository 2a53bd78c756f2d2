import { setTimeout as pause } from 'node:timers/promises'
import { waitFor } from '../../src/stores/engines/process-identity.ts'
import type { Random } from '../oracle/random.ts'
import { processesIn, startApp } from './app-process.ts'
import type { AppProcess } from './app-process.ts'
import { clientAt } from './importer.ts'
import type { createImporter } from './importer.ts'

type Importer = ReturnType<typeof createImporter>

/** When the app is killed: while it starts, some time after, while files arrive, or around a commit. */
const KINDS = ['start', 'any', 'any', 'upload', 'commit', 'commit', 'commit'] as const
type Kind = (typeof KINDS)[number]

export interface CycleReport {
  readonly kind: Kind
  /** Milliseconds until nothing ran in the data directory any more. */
  readonly gone: number
  /** What still ran when patience ended. */
  readonly orphans: readonly string[]
  readonly acknowledged: number
}

/** Engines get two seconds to end in good order; a busy machine may take longer to do it. */
const PATIENCE_MS = 30_000

async function waitUntilGone(dataDirectory: string): Promise<Pick<CycleReport, 'gone' | 'orphans'>> {
  const started = performance.now()
  await waitFor(() => processesIn(dataDirectory).length === 0, PATIENCE_MS)
  return { gone: Math.round(performance.now() - started), orphans: processesIn(dataDirectory).map(({ pid, command }) => `${pid} ${command}`) }
}

const acknowledged = ({ attempts }: Importer): number => [...attempts.values()].filter((attempt) => attempt.acknowledged).length

/** Imports one after another until the app is gone. Any failure that the kill does not explain is thrown. */
async function importUntilKilled(app: AppProcess, importer: Importer, random: Random, moments: { onUpload(): void; onCommit(): void }): Promise<void> {
  const client = clientAt(await app.address)
  try {
    // Some come back only when all is in order, some send their next file at once.
    if (random.chance(0.6)) await importer.settle(client)
    for (;;) {
      await importer.make(client, moments)
      if (random.chance(0.2)) await importer.settle(client)
    }
  } catch (error) {
    if (!app.killed) throw error
  }
}

/** One life of the app: it is started, worked with, and killed at a moment of the kind. */
export async function liveAndDie(dataDirectory: string, importer: Importer, random: Random): Promise<CycleReport> {
  const typicalMs = importer.typicalMs()
  const kind = random.pick(KINDS)
  const app = startApp(dataDirectory)
  const engines = random.chance(0.25)
  const killIn = (milliseconds: number): Promise<void> => pause(random.int(0, Math.round(milliseconds))).then(() => app.kill(engines))
  let last: Promise<void> | undefined
  const once = (milliseconds: number) => (): void => void (last ??= killIn(milliseconds))
  if (kind === 'start') {
    await killIn(typicalMs)
  } else {
    const work = importUntilKilled(app, importer, random, {
      onUpload: kind === 'upload' ? once(typicalMs / 4) : () => undefined,
      onCommit: kind === 'commit' ? once(typicalMs) : () => undefined,
    })
    if (kind === 'any') void app.address.then(once(typicalMs * 2), () => undefined)
    try {
      await work
    } finally {
      if (!app.killed) app.kill(engines)
    }
  }
  await last
  await app.ended
  return { kind, ...(await waitUntilGone(dataDirectory)), acknowledged: acknowledged(importer) }
}

/** The last life: everything that was left half-way is brought to its end, then the app is stopped in good order. */
export async function liveAndSettle(dataDirectory: string, importer: Importer): Promise<void> {
  const app = startApp(dataDirectory)
  try {
    const client = clientAt(await app.address)
    await importer.settle(client, true)
    await importer.make(client, { onUpload: () => undefined, onCommit: () => undefined })
    const { state } = await client.health({})
    if (state !== 'up') throw new Error(`the engines are ${state}`)
  } finally {
    await app.stop()
  }
}
