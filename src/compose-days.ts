import type { Logger } from 'pino'
import type { Books } from './books/books.ts'
import { readCatalogue } from './books/workspace-catalogue.ts'
import type { FactStore } from './facts/store.ts'
import { DEFAULT_MODEL } from './health/default-model.ts'
import type { HealthVersions } from './health/model-versions.ts'
import { scoringBy } from './health/scoring-on.ts'
import type { Clock } from './kernel/clock.ts'
import { uuidv7 } from './kernel/ids.ts'
import type { LedgerKeeper } from './ledgers/keep-ledgers.ts'
import type { Closing } from './signals/close-days.ts'
import { keepDays } from './signals/keep-days.ts'
import type { DayKeeper } from './signals/keep-days.ts'
import { keepReplays } from './signals/keep-replays.ts'
import type { ReplayKeeper } from './signals/keep-replays.ts'
import { metricsForRules } from './signals/own/own-signal.ts'
import type { OwnVersion } from './signals/own/own-signal.ts'
import { operandsOf, ownSigns } from './signals/own/own-signs.ts'
import { SIGNS } from './signals/signs.ts'
import type { Workspace } from './stores/workspace.ts'
import { keepTrying } from './workspace/keep-trying.ts'
import { livedDaysIn } from './workspace/lived-days.ts'
import { replaysIn } from './workspace/replays.ts'
import { readSettings } from './workspace/settings.ts'
import { wakeAt } from './workspace/wake-at.ts'

interface Stores {
  readonly store: FactStore
  readonly workspace: Workspace
  readonly clock: Clock
  readonly log: Logger
}

const recordedUntil = async (workspace: Workspace): Promise<string> => (await workspace.readLedgerState()).recorded_until

type LivedBy = Pick<Closing, 'scoringOn' | 'ownSigns'>

/** By what days are lived: the models in force at each close, and the signs that the team made and switched on by then. */
export function livedBy(books: Books, health: HealthVersions, own: { readAllAt(instant: string): Promise<readonly OwnVersion[]> }): LivedBy {
  const made = async (known_until: string) => {
    const [versions, catalogue] = await Promise.all([own.readAllAt(known_until), readCatalogue(books)])
    return { versions, metrics: metricsForRules(catalogue) }
  }
  return {
    scoringOn: scoringBy(books, health, async (known_until) => {
      const { versions, metrics } = await made(known_until)
      return operandsOf(versions, metrics)
    }),
    async ownSigns(known_until) {
      const [{ versions, metrics }, settings] = await Promise.all([made(known_until), books.settings()])
      return ownSigns(versions, metrics, settings.reporting_currency)
    },
  }
}

/** Who closes days and raises signals; accounts are scored by the models in force at each close. */
export function composeDays({ store, workspace, clock }: Stores, livedBy: LivedBy, onSaid: () => void): DayKeeper {
  const { locks } = workspace
  return keepDays({
    store,
    register: livedDaysIn(workspace, clock),
    settings: () => readSettings(workspace.db),
    ...livedBy,
    signs: SIGNS,
    clock,
    settled: () => locks.exclusively('recording', async () => undefined),
    alone: (work) => locks.exclusively('days', work),
    recordedUntil: () => recordedUntil(workspace),
    onSaid,
  })
}

/** Who replays the past year. */
export function composeReplays({ store, workspace, clock }: Stores, onSaid: () => void): ReplayKeeper {
  return keepReplays({
    store,
    register: replaysIn(workspace.db),
    settings: () => readSettings(workspace.db),
    model: DEFAULT_MODEL,
    signs: SIGNS,
    clock,
    newId: () => uuidv7(clock.now()),
    isFirstDay: async () => (await livedDaysIn(workspace, clock).readLast()) === null,
    recordedUntil: () => recordedUntil(workspace),
    onSaid,
    ifFree: (work) => workspace.locks.ifFree('replay', work),
  })
}

interface Keepers {
  readonly days: DayKeeper
  readonly replays: ReplayKeeper
}

/** Lives days in the background: after what was left half-way, after each build of the ledgers, and when a day is over; then replays. */
export function liveDays({ days, replays }: Keepers, { clock, log }: Stores, { builds, ready }: { builds: LedgerKeeper['builds']; ready: Promise<void> }) {
  const replaying = keepTrying(
    () => replays.runDue().then(() => true),
    (error) => log.warn({ err: error }, 'the past could not be replayed yet'),
  )
  const living = keepTrying(
    async () => {
      await days.run()
      replaying.wake()
      return true
    },
    (error) => log.warn({ err: error }, 'the day could not be lived yet'),
  )
  const ends = [builds.follow(living.wake), wakeAt(days.nextClose, living.wake, clock), days.stop, replays.stop]
  ready.then(living.wake, living.wake)
  return {
    async close(): Promise<void> {
      for (const end of ends) end()
      await living.close()
      await replaying.close()
    },
  }
}
