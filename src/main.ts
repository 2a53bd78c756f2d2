import packageFile from '../package.json' with { type: 'json' }
import { existsSync } from 'node:fs'
import { availableParallelism, homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import type { Logger } from 'pino'
import { makeHandlers } from './api/handlers.ts'
import { listen } from './api/listen.ts'
import { auditStore } from './api/losses.ts'
import { serveContract } from './api/serve.ts'
import type { ApiParts } from './api/parts.ts'
import { stillStarting, untilStopped, within } from './api/stopping.ts'
import { serveWebApp } from './api/web-app.ts'
import { openBooks } from './books/books.ts'
import type { Books } from './books/books.ts'
import { openLanes, placesFor } from './books/lanes.ts'
import { askReconciliation } from './books/reconciliation.ts'
import { contract } from './contract/contract.ts'
import { boundStore } from './facts/store.ts'
import type { FactStore } from './facts/store.ts'
import type { AppendFacts } from './facts/append.ts'
import { createSampleLoading } from './ingest/files/sample.ts'
import { createIngest } from './ingest/ingest.ts'
import type { Ingest } from './ingest/ingest.ts'
import { kindsOf } from './ingest/record/batch.ts'
import { traceRows } from './ingest/record/trace.ts'
import { systemClock } from './kernel/clock.ts'
import type { Clock } from './kernel/clock.ts'
import { ownError } from './kernel/errors.ts'
import { uuidv7 } from './kernel/ids.ts'
import { keepLedgers } from './ledgers/keep-ledgers.ts'
import type { LedgerKeeper } from './ledgers/keep-ledgers.ts'
import { isStale } from './ledgers/lineage.ts'
import { refreshLedgers } from './ledgers/refresh.ts'
import { countBuilds, createLedgerTables } from './ledgers/tables.ts'
import { BUILT_IN } from './metrics/catalogue/built-in.ts'
import { WHOLE_COMPANY } from './metrics/kit/asker.ts'
import type { DataDirectory } from './stores/engines/data-directory.ts'
import { startEngines } from './stores/engines/engines.ts'
import type { Engines } from './stores/engines/engines.ts'
import { openFactStore } from './stores/fact-store.ts'
import { northStarVersion } from './stores/schema/north-star-versions.ts'
import { openWorkspace } from './stores/workspace.ts'
import type { Workspace } from './stores/workspace.ts'
import { keepTrying } from './workspace/keep-trying.ts'
import { versionsIn } from './workspace/versions.ts'
import { readSettings, readSettingsAt } from './workspace/settings.ts'

export const DEFAULT_PORT = 4310
export const VERSION = packageFile.version

/** BINNACLE_DATA, else a folder among the user's own data (https://specifications.freedesktop.org/basedir-spec/). */
export function defaultDataDirectory(env: NodeJS.ProcessEnv): string {
  if (env.BINNACLE_DATA) return resolve(env.BINNACLE_DATA)
  return join(env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'binnacle')
}

/** To standard error, so that standard output belongs to answers. BINNACLE_LOG overrides the level. */
export const makeLog = (level: 'info' | 'warn'): Logger =>
  pino({ level: process.env.BINNACLE_LOG ?? level, base: null, redact: ['*.authorization', '*.cookie', '*.password'] }, pino.destination({ fd: 2, sync: true }))

type OpenEngines = Pick<Engines, 'facts' | 'workspaceUrl' | 'health' | 'rooms' | 'close'>

/** What outlives a reload of the sources: engines and the stores on them. */
export interface Stores {
  readonly engines: OpenEngines
  readonly store: FactStore
  readonly workspace: Workspace
  readonly clock: Clock
  readonly log: Logger
  close(): Promise<void>
}

export interface StoreOptions {
  readonly dataDirectory: string
  readonly log: Logger
  readonly env?: NodeJS.ProcessEnv
  readonly clock?: Clock
}

/** Brings both stores on open engines to the present schema. */
export async function openStoresOn(engines: OpenEngines, { log, clock = systemClock }: Pick<StoreOptions, 'log' | 'clock'>): Promise<Stores> {
  const workspace = await openWorkspace(engines.workspaceUrl, clock)
  try {
    const store = await workspace.locks.exclusively('migrate', async () => {
      const opened = await openFactStore(engines.facts)
      const present = await workspace.readLedgerState()
      // Nothing is shown of a build whose tables are gone; the fingerprint makes it be built again.
      if ((await createLedgerTables(opened)) && present.state > 0) await workspace.swapLedgerState({ ...present, ledgers: {}, settings_hash: '' }, present)
      return opened
    })
    const close = async (): Promise<void> => {
      await workspace.close()
      await engines.close()
    }
    return { engines, store, workspace, clock, log, close }
  } catch (error) {
    await workspace.close()
    throw error
  }
}

/** Claims the data directory, starts the engines and opens the stores on them. */
export async function openStores(options: StoreOptions): Promise<Stores & { readonly directory: DataDirectory }> {
  const { dataDirectory, log, env = process.env } = options
  const engines = await startEngines({ dataDirectory, env, log: (line) => log.info(line, 'engine') })
  try {
    return { ...(await openStoresOn(engines, options)), directory: engines.directory }
  } catch (error) {
    await engines.close()
    throw error
  }
}

export interface App {
  fetch(request: Request): Response | Promise<Response>
  /** The door through which facts come in. */
  readonly appendFacts: AppendFacts
  /** Settles when what an earlier run left half-way is finished. */
  readonly ready: Promise<void>
  /** Waits for work under way. The stores stay open. */
  close(): Promise<void>
}

export interface AppOptions {
  /** Answers are checked against the contract: in tests and development. */
  readonly checkAnswers?: boolean
  /** Where the built web app lies; none in development, where it is served from sources. */
  readonly webFolder?: string
}

function composeIngest({ store, workspace, clock }: Stores, keeper: LedgerKeeper, onInterrupted: () => void): Ingest {
  return createIngest({
    facts: store,
    workspace,
    clock,
    settings: () => readSettings(workspace.db),
    settingsAt: (instant) => readSettingsAt(workspace.db, instant),
    onInterrupted,
    onCommitted: ({ id, stages, committed_at, undone_at }) =>
      keeper.refresh({ changed: { imports: [id], facts: kindsOf(stages) }, recordedUntil: undone_at ?? committed_at ?? clock.now().toISOString() }),
  })
}

/** Ledgers that hold fewer rows than they were made with are shown no more, and derived again: no number rather than a wrong one. */
async function checkLedgers({ store, workspace, log }: Stores, onShort: () => void): Promise<void> {
  const [present, made] = [await workspace.readLedgerState(), await workspace.readLedgerRows()]
  if (made === null) return
  const held = await countBuilds(store, present).catch((error: unknown): Record<string, number> => {
    if (ownError(error)?.code === 'fact_store_damaged') return {}
    throw error
  })
  const short = Object.keys(made).filter((build) => (held[build] ?? 0) < (made[build] ?? 0))
  if (short.length === 0) return
  log.error({ short }, 'the fact store has lost rows of ledgers; they are derived again')
  await workspace.swapLedgerState({ ...present, ledgers: {}, settings_hash: '' }, present)
  onShort()
}

/** Records what the fact store has lost again, and derives the ledgers from it. */
async function restoreLost({ workspace }: Stores, ingest: Ingest, { audit }: Pick<ApiParts, 'audit'>, keeper: LedgerKeeper): Promise<void> {
  try {
    await ingest.restoreLost()
  } finally {
    await audit.now()
  }
  await keeper.refresh({ recordedUntil: (await workspace.readLedgerState()).recorded_until })
}

const serveParts = ({ clock, engines, log }: Stores, parts: ApiParts, { checkAnswers = false, webFolder }: AppOptions) =>
  serveContract({
    contract,
    handlers: makeHandlers(parts),
    version: VERSION,
    log,
    checkRoom: engines.facts.checkRoom,
    makeRequestId: () => uuidv7(clock.now()),
    webApp: webFolder !== undefined && existsSync(webFolder) ? serveWebApp(webFolder) : undefined,
    checkAnswers,
  })

/** Every build is checked, whether anybody looks or not. */
async function checkBalances(books: Books): Promise<void> {
  const { checked, breaks, total } = await askReconciliation(books, { asker: WHOLE_COMPANY })
  if (total > 0) books.log.error({ checked, breaks: total, first: breaks[0] }, 'balances do not add up')
}

function composeBooks({ store, workspace, clock, log }: Stores, { imports, audit }: Pick<ApiParts, 'imports' | 'audit'>): Books {
  return openBooks(
    {
      store,
      clock,
      log,
      register: workspace,
      catalogue: BUILT_IN,
      northStars: versionsIn(workspace.db, northStarVersion),
      settings: () => readSettings(workspace.db),
      settingsAt: (instant) => readSettingsAt(workspace.db, instant),
      building: (work, unwanted) => workspace.locks.exclusively('ledgers', work, { signal: unwanted, rank: 1 }),
      checkWhole: () => audit.checkWhole(),
      imports: { ...imports, traceRows: (bound, rows) => traceRows(workspace.db, bound, rows) },
    },
    openLanes(placesFor(availableParallelism())),
  )
}

/** The whole product over open stores, as one `fetch`. */
export function composeApp(stores: Stores, options: AppOptions = {}): App {
  const { store, workspace, clock, engines, log } = stores
  const audit = auditStore({ ingest: () => ingest, checkLedgers: () => checkLedgers(stores, () => unfinished.wake()), engines, clock, log })
  const keeper = keepLedgers({
    register: workspace,
    alone: (work) => workspace.locks.exclusively('ledgers', work),
    async derive(refresh, held) {
      await audit.checkWhole()
      const bound = boundStore(store, { signal: held })
      const state = await refreshLedgers(bound, workspace, await readSettings(workspace.db), refresh)
      await workspace.saveLedgerRows(state.state, await countBuilds(bound, state))
    },
    onFailure: (error) => log.error({ err: error }, 'what follows the ledgers failed'),
  })
  let checking: Promise<void> = Promise.resolve()
  keeper.builds.follow(() => (checking = checkBalances(books)))
  const freshenLedgers = async (): Promise<void> => {
    const [state, settings] = await Promise.all([workspace.readLedgerState(), readSettings(workspace.db)])
    if (isStale(state, settings)) await keeper.refresh({ recordedUntil: state.recorded_until })
  }
  const finish = async (): Promise<boolean> => {
    const isFinished = await ingest.resume()
    await freshenLedgers()
    return isFinished
  }
  const unfinished = keepTrying(finish, (error) => log.warn({ err: error }, 'what was left half-way could not be finished yet'))
  const ingest = composeIngest(stores, keeper, unfinished.wake)
  const { imports } = ingest
  const books = composeBooks(stores, { imports, audit })
  const parts: ApiParts = {
    version: VERSION,
    clock,
    engines,
    workspace,
    books,
    imports,
    audit,
    restore: () => restoreLost(stores, ingest, parts, keeper).finally(unfinished.wake),
    ledgers: keeper,
    freshenLedgers: () => unfinished.orLater(freshenLedgers),
    ...createSampleLoading(imports, { clock, settings: () => readSettings(workspace.db) }),
  }
  const server = serveParts(stores, parts, options)
  const ready = unfinished.now()
  return {
    fetch: (request) => server.fetch(request),
    appendFacts: ingest.appendFacts,
    ready,
    close: async () => {
      await ready.catch(() => undefined)
      await audit.close()
      await unfinished.close()
      await ingest.idle()
      await keeper.idle()
      await checking.catch(() => undefined)
    },
  }
}

export interface ServerOptions {
  readonly dataDirectory: string
  readonly port?: number | undefined
  readonly announce: (address: string) => void
}

/** Requests and work under way get so long to end, and all together with the engines so long before they are left to themselves. */
const DRAIN_MS = 2500
const CLOSE_MS = 1500
const STOP_MS = 9000

/** Serves until SIGTERM or SIGINT, then drains and stops the engines: within ten seconds, whatever is under way. */
export async function runServer({ dataDirectory, port, announce }: ServerOptions): Promise<void> {
  const log = makeLog('info')
  const stopped = untilStopped(STOP_MS, () => log.warn({}, 'stopped by force; what was left half-way is finished at the next start'))
  let app: App | null = null
  const listening = await listen((request) => app?.fetch(request) ?? stillStarting(), { wanted: port, usual: DEFAULT_PORT })
  try {
    const stores = await openStores({ dataDirectory, log })
    try {
      app = composeApp(stores, { webFolder: fileURLToPath(new URL('./web', import.meta.url)) })
      app.ready.catch((error: unknown) => log.error({ err: error }, 'what an earlier run left half-way could not be finished'))
      stores.directory.setAddress(listening.address)
      announce(listening.address)
      await stopped
      log.info({}, 'stopping')
      await listening.drain(DRAIN_MS)
      await within(CLOSE_MS, app.close())
    } finally {
      await stores.close()
    }
  } finally {
    await listening.drain(0)
  }
}
