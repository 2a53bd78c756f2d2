import packageFile from '../package.json' with { type: 'json' }
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import type { Logger } from 'pino'
import { openAccounts } from './accounts/open-account.ts'
import { openFleetNow } from './health/fleet-now.ts'
import { readModels } from './health/model-versions.ts'
import { makeHandlers } from './api/handlers.ts'
import { serveContract } from './api/serve.ts'
import { serveUntilStopped } from './api/serve-until-stopped.ts'
import type { ApiNeeds } from './api/needs.ts'
import { serveWebApp } from './api/web-app.ts'
import type { Listing } from './books/accounts/open-list.ts'
import { membersOf } from './books/accounts/segments.ts'
import { openBooks } from './books/books.ts'
import type { Books } from './books/books.ts'
import { openLanes, placesFor } from './books/lanes.ts'
import { reportBreaks } from './books/reconciliation.ts'
import { composeDays, composeReplays, livedBy, liveDays } from './compose-days.ts'
import { contract } from './contract/contract.ts'
import { boundStore } from './facts/store.ts'
import type { FactStore } from './facts/store.ts'
import type { AppendFacts } from './facts/append.ts'
import { createSampleLoading } from './ingest/files/sample.ts'
import { createIngest } from './ingest/ingest.ts'
import type { Ingest } from './ingest/ingest.ts'
import { kindsOf } from './ingest/record/batch.ts'
import { auditStore } from './ingest/record/losses.ts'
import { traceRows } from './ingest/record/trace.ts'
import { systemClock } from './kernel/clock.ts'
import type { Clock } from './kernel/clock.ts'
import { signalColumns } from './signals/desk/signal-columns.ts'
import { healthColumns } from './health/list/health-columns.ts'
import { openStandings } from './health/standing.ts'
import { uuidv7 } from './kernel/ids.ts'
import { keepLedgers } from './ledgers/keep-ledgers.ts'
import type { LedgerKeeper } from './ledgers/keep-ledgers.ts'
import { isStale } from './ledgers/lineage.ts'
import { forgetShort, prepareLedgers, refreshCounted } from './ledgers/whole.ts'
import { BUILT_IN } from './metrics/catalogue/built-in.ts'
import type { DataDirectory } from './stores/engines/data-directory.ts'
import { startEngines } from './stores/engines/engines.ts'
import type { Engines } from './stores/engines/engines.ts'
import { openFactStore } from './stores/fact-store.ts'
import { northStarVersion } from './stores/schema/north-star-versions.ts'
import { segmentVersion } from './stores/schema/segment-versions.ts'
import { openWorkspace } from './stores/workspace.ts'
import type { Workspace } from './stores/workspace.ts'
import { healthDeskIn } from './workspace/health-desk.ts'
import { keepTrying } from './workspace/keep-trying.ts'
import { versionsByIdIn, versionsIn } from './workspace/versions.ts'
import { readSignals } from './workspace/raised-signals.ts'
import { readSettings, readSettingsAt } from './workspace/settings.ts'
import { signalDeskIn } from './workspace/signal-desk.ts'

export { defaultDataDirectory } from './stores/engines/data-directory.ts'

export const VERSION = packageFile.version

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
      await prepareLedgers(opened, workspace)
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
  /** Closes days as they pass, and raises signals. */
  readonly livesDays?: boolean
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

/** Records what the fact store has lost again, and derives the ledgers from it. */
async function restoreLost({ workspace }: Stores, ingest: Ingest, { audit }: Pick<ApiNeeds, 'audit'>, keeper: LedgerKeeper): Promise<void> {
  try {
    await ingest.restoreLost()
  } finally {
    await audit.now()
  }
  await keeper.refresh({ recordedUntil: (await workspace.readLedgerState()).recorded_until })
}

const serveApi = ({ clock, engines, log }: Stores, needs: ApiNeeds, { checkAnswers = false, webFolder }: AppOptions) =>
  serveContract({
    contract,
    handlers: makeHandlers(needs),
    version: VERSION,
    log,
    checkRoom: engines.facts.checkRoom,
    makeRequestId: () => uuidv7(clock.now()),
    webApp: webFolder !== undefined && existsSync(webFolder) ? serveWebApp(webFolder) : undefined,
    checkAnswers,
  })

/** `listing` is asked for once a segment is: what it is read from rests on the books themselves. */
function composeBooks({ store, workspace, clock, log }: Stores, { imports, audit }: Pick<ApiNeeds, 'imports' | 'audit'>, listing: () => Listing): Books {
  return openBooks(
    {
      store,
      clock,
      log,
      register: workspace,
      catalogue: BUILT_IN,
      northStars: versionsIn(workspace.db, northStarVersion),
      segments: { ...versionsByIdIn(workspace.db, segmentVersion), membersOf: (asking, id, moment) => membersOf(listing(), asking, id, moment) },
      settings: () => readSettings(workspace.db),
      settingsAt: (instant) => readSettingsAt(workspace.db, instant),
      building: (work, unwanted) => workspace.locks.exclusively('ledgers', work, { signal: unwanted, rank: 1 }),
      checkWhole: () => audit.checkWhole(),
      imports: { ...imports, traceRows: (bound, rows) => traceRows(workspace.db, bound, rows) },
    },
    openLanes(placesFor(availableParallelism())),
  )
}

function composeKeeper({ store, workspace, log }: Stores, audit: ApiNeeds['audit']): LedgerKeeper {
  return keepLedgers({
    register: workspace,
    alone: (work) => workspace.locks.exclusively('ledgers', work),
    async derive(refresh, held) {
      await audit.checkWhole()
      await refreshCounted(boundStore(store, { signal: held }), workspace, await readSettings(workspace.db), refresh)
    },
    onFailure: (error) => log.error({ err: error }, 'what follows the ledgers failed'),
  })
}

/** More was said of customers: whatever is kept may rest on what was said before. */
const forgetting = (books: Books) => (): void => Object.values(books.kept).forEach((answers) => answers.forgetAll())

/** The whole product over open stores, as one `fetch`. */
export function composeApp(stores: Stores, options: AppOptions = {}): App {
  const { store, workspace, clock, engines, log } = stores
  const checkLedgers = async (): Promise<void> => {
    const short = await forgetShort(store, workspace)
    if (short.length === 0) return
    log.error({ short }, 'the fact store has lost rows of ledgers; they are derived again')
    unfinished.wake()
  }
  const audit = auditStore({ audit: () => ingest.audit(), checkLedgers, engines, clock, log })
  const keeper = composeKeeper(stores, audit)
  let checking: Promise<void> = Promise.resolve()
  keeper.builds.follow(() => Object.values(books.kept).forEach((answers) => answers.forgetAnswered()))
  keeper.builds.follow(() => (checking = reportBreaks(books)))
  const freshenLedgers = async (): Promise<void> => {
    const [state, settings] = await Promise.all([workspace.readLedgerState(), readSettings(workspace.db)])
    if (isStale(state, settings)) await keeper.refresh({ recordedUntil: state.recorded_until })
  }
  const finish = async (): Promise<boolean> => {
    const isFinished = await ingest.resume()
    return freshenLedgers().then(() => isFinished)
  }
  const unfinished = keepTrying(finish, (error) => log.warn({ err: error }, 'what was left half-way could not be finished yet'))
  const ingest = composeIngest(stores, keeper, unfinished.wake)
  const { imports } = ingest
  const books = composeBooks(stores, { imports, audit }, () => listing)
  const health = { books, readFleet: openFleetNow(books), ...healthDeskIn(workspace, clock) }
  const models = () => readModels(health.versions)
  const standings = openStandings({ books, readModels: models, closedUntil: () => days.status().closed_until })
  const signals = { books, standings, ...signalDeskIn(workspace) }
  const listing: Listing = { books, providers: [healthColumns(books, standings), signalColumns(signals)] }
  const [days, replays] = [composeDays(stores, livedBy(books, health.versions, signals.own), forgetting(books)), composeReplays(stores, forgetting(books))]
  const needs: ApiNeeds = {
    version: VERSION,
    clock,
    engines,
    workspace,
    books,
    accountColumns: listing.providers,
    signals,
    standings,
    accounts: openAccounts({ books, models, signals: async (account) => (await readSignals(workspace.db, { accounts: [account] })).signals }),
    imports,
    audit,
    health,
    days,
    replays,
    restore: () => restoreLost(stores, ingest, needs, keeper).finally(unfinished.wake),
    ledgers: keeper,
    freshenLedgers: () => unfinished.orLater(freshenLedgers),
    ...createSampleLoading(imports, { clock, settings: () => readSettings(workspace.db) }),
  }
  const [server, ready] = [serveApi(stores, needs, options), unfinished.now()]
  const living = options.livesDays === true ? liveDays({ days, replays }, stores, { builds: keeper.builds, ready }) : null
  return {
    fetch: (request) => server.fetch(request),
    appendFacts: ingest.appendFacts,
    ready,
    close: async () => {
      await ready.catch(() => undefined)
      await living?.close()
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

/** Serves until it is told to stop. */
export async function runServer({ dataDirectory, port, announce }: ServerOptions): Promise<void> {
  const log = makeLog('info')
  const open = async (address: string) => {
    const stores = await openStores({ dataDirectory, log })
    try {
      const app = composeApp(stores, { livesDays: true, webFolder: fileURLToPath(new URL('./web', import.meta.url)) })
      app.ready.catch((error: unknown) => log.error({ err: error }, 'what an earlier run left half-way could not be finished'))
      stores.directory.setAddress(address)
      announce(address)
      return { ...app, release: stores.close }
    } catch (error) {
      await stores.close()
      throw error
    }
  }
  await serveUntilStopped({ port, log, open })
}
