import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import type { BinnacleClient } from '../../src/contract/contract.ts'
import { BinnacleError } from '../../src/kernel/errors.ts'
import { composeApp, makeLog, openStores } from '../../src/main.ts'
import { signalProcess, waitFor } from '../../src/stores/engines/process-identity.ts'
import { differences, readLedgerRows, rebuiltRows } from '../conformance/ledger-rows.ts'
import { temporaryFolder } from '../engines/engines.ts'
import { FIRST_SEED, sizeOf } from '../engines/size.ts'
import { randomOf } from '../oracle/random.ts'
import { processesIn, startApp } from './app-process.ts'
import { checkStore } from './findings.ts'
import { clientAt, createImporter, undoOne } from './importer.ts'
import { createPlans } from './plans.ts'

/** Of each engine. */
const KILLS = sizeOf('ENGINE_KILLS', 1, 60)
const PATIENCE_MS = 120_000

const folder = temporaryFolder()
const data = join(folder.path, 'data')
afterAll(() => folder.remove())

const VICTIMS = {
  postgres: () => Number.parseInt(readFileSync(join(data, 'postgres', 'data', 'postmaster.pid'), 'utf8'), 10),
  clickhouse: () => processesIn(join(data, 'clickhouse')).find(({ command }) => command.includes('clickhouse-host'))?.pid ?? 0,
}

/** What the end of an engine explains: an answer that says so, and that trying again helps. */
const isExplained = (error: unknown): boolean => error instanceof BinnacleError && error.retry && [503, 507].includes(error.status)

test(
  `${KILLS} kills of each engine during imports, undos and refreshes: nothing is lost or doubled, the app stays, every import ends`,
  { timeout: 300_000 + KILLS * 240_000 },
  async () => {
    const random = randomOf(FIRST_SEED)
    const importer = createImporter(createPlans(FIRST_SEED), random)
    const app = startApp(data)
    let ended = false
    void app.ended.then(() => (ended = true))
    const client = clientAt(await app.address)
    const isUp = async (of: BinnacleClient): Promise<boolean> =>
      (await of.health({})).state !== 'down' && (await of.health({})).facts.state === 'up' && (await of.health({})).workspace.state === 'up'
    const works = [
      () => importer.make(client, { onUpload: () => undefined, onCommit: () => undefined }),
      () => undoOne(importer.attempts, random, client),
      async () => void (await client.changeSetting({ params: { key: 'dunning_days' }, body: { value: String(random.int(0, 60)) } })),
    ]
    await importer.make(client, { onUpload: () => undefined, onCommit: () => undefined })

    /** An engine that is just back may still be busy: who is told so asks again. */
    const settle = async (): Promise<void> => {
      for (;;) {
        try {
          return await importer.settle(client, true)
        } catch (error) {
          if (!isExplained(error)) throw error
          await pause(200)
        }
      }
    }
    const strange: string[] = []
    let interrupted = 0
    for (let kill = 0; kill < 2 * KILLS; kill++) {
      const victim = kill % 2 === 0 ? 'postgres' : 'clickhouse'
      const last = pause(random.int(0, Math.round(importer.typicalMs()))).then(() => {
        const pid = VICTIMS[victim]()
        if (pid > 1) signalProcess(pid, 'SIGKILL')
      })
      const under = [works[0], random.pick(works)].map((work) =>
        work?.().catch((error: unknown) => {
          interrupted++
          if (!isExplained(error)) strange.push(`${victim}: ${String(error)} ${JSON.stringify((error as { code?: string }).code)}`)
        }),
      )
      await Promise.all([last, ...under])
      expect(await waitFor(() => isUp(client), PATIENCE_MS)).toBe(true)
      // Waits until what was left half-way has ended by itself.
      await Promise.race([settle(), pause(PATIENCE_MS).then(() => Promise.reject(new Error(`after a kill of ${victim} not all imports ended`)))])
      expect(ended).toBe(false)
    }
    const unfinished = async (): Promise<string[]> =>
      (await client.listImports({}))
        .filter(({ state, progress }) => !['done', 'undone', 'discarded'].includes(state) || progress !== null)
        .map(({ id, state }) => `${id} is ${state}`)
    expect(await waitFor(async () => (await unfinished()).length === 0, PATIENCE_MS)).toBe(true)
    expect(strange).toEqual([])
    expect(await app.stop()).toBe(0)
    process.stdout.write(
      `${KILLS} kills of each engine: ${interrupted} pieces of work were cut off, ${importer.attempts.size} imports, ${[...importer.attempts.values()].filter(({ undone }) => undone).length} of them taken back\n`,
    )

    const stores = await openStores({ dataDirectory: data, log: makeLog('warn'), env: {} })
    const survivor = composeApp(stores)
    try {
      await survivor.ready
      expect(await checkStore(stores.store, importer.attempts)).toEqual([])
      const present = await readLedgerRows(stores, await stores.workspace.readLedgerState())
      expect(differences(present, await rebuiltRows(stores)).slice(0, 10)).toEqual([])
    } finally {
      await survivor.close()
      await stores.close()
    }
  },
)
