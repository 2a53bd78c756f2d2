import { setImmediate } from 'node:timers/promises'
import { reportedUntil } from '../books/reported-until.ts'
import type { FactStore } from '../facts/store.ts'
import { appendDecisions } from '../health/account-decision.ts'
import type { AccountDecision } from '../health/account-decision.ts'
import type { ShownBand } from '../health/bands.ts'
import { groupBy } from '../health/group.ts'
import type { AccountHistory } from '../health/history.ts'
import { toldKinds } from '../health/history.ts'
import type { HealthModel } from '../health/model.ts'
import { modelName } from '../health/model.ts'
import { readHistories } from '../health/read/read-histories.ts'
import { readRates } from '../health/read/rates.ts'
import type { Snapshot } from '../health/snapshot.ts'
import { appendSnapshots } from '../health/snapshot.ts'
import { snapshotOf } from '../health/snapshot-of.ts'
import type { Clock } from '../kernel/clock.ts'
import { BinnacleError } from '../kernel/errors.ts'
import type { Day } from '../kernel/period.ts'
import { addDays, dayOf, daysBetween, startOf } from '../kernel/period.ts'
import type { Settings } from '../kernel/settings.ts'
import { connectedHistories } from './as-if-connected.ts'
import type { Reported } from './ports.ts'
import type { JudgedSignal, PastDecision, PastRecord, PastScore } from './record.ts'
import { judge, monthEnds, recordOf } from './record.ts'
import type { Replay } from './replay.ts'
import { replay } from './replay.ts'
import type { Sign } from './sign.ts'

/** By what was recorded when, or as if all sources had been connected all along, which is optimistic. Never mixed. */
export type ReplayMode = 'as_known' | 'as_if_connected'

/** What the past year would have said. */
export interface ReplayedPast extends PastRecord {
  readonly mode: ReplayMode
  /** Accounts that were looked at. */
  readonly accounts: number
  /** Signals of each kind raised in a week, by its first day. */
  readonly weeks: readonly { readonly week: Day; readonly kind: string; readonly raised: number }[]
  /** Signals of risk, the newest first; as many as fit. */
  readonly signals: readonly Pick<JudgedSignal, 'account' | 'kind' | 'raised' | 'verdict' | 'lead'>[]
}

export interface ReplayRegister {
  start(row: { id: string; mode: string; model: string; from: Day; until: Day; made_at: string }): Promise<void>
  /** False where somebody canceled it. */
  progress(id: string, progress: { readonly done: number; readonly total: number }): Promise<boolean>
  finish(id: string, state: 'done' | 'failed', result: unknown): Promise<void>
  giveUp(mode: string): Promise<void>
}

export interface ReplayNeeds {
  readonly store: FactStore
  readonly register: ReplayRegister
  readonly settings: () => Promise<Settings>
  readonly model: HealthModel
  readonly signs: readonly Sign[]
  readonly clock: Clock
  readonly newId: () => string
  readonly signal?: AbortSignal
  /** Default: those of the fact store. */
  readonly histories?: readonly AccountHistory[]
}

/** Days that are told, and days before them from which on bands are held. */
const [TOLD, BEFORE] = [365, 60]
/** A replay holds the past of all accounts in memory. */
const MOST_ACCOUNTS = 5000
const [MOST_SIGNALS, SNAPSHOTS_AT_ONCE, DAYS_BETWEEN_NEWS] = [20_000, 5000, 5]

const tooMany = (): BinnacleError =>
  new BinnacleError('too_many_accounts', `The past of more than ${MOST_ACCOUNTS} accounts is not replayed.`, {
    cure: 'What is lived from today on is kept for all of them.',
  })

async function readAll({ store, histories, clock }: ReplayNeeds, settings: Settings): Promise<readonly AccountHistory[]> {
  if (histories !== undefined) return histories
  const all: AccountHistory[] = []
  for await (const chunk of readHistories(store, settings, { until: clock.now().toISOString() })) {
    all.push(...chunk)
    if (all.length > MOST_ACCOUNTS) throw tooMany()
  }
  return all
}

/** The first day on which anything was told; null where nothing was. */
function firstTold(histories: readonly AccountHistory[]): Day | null {
  let first: Day | null = null
  for (const history of histories)
    for (const [, told] of toldKinds(history)) for (const { recorded_on } of told) if (first === null || recorded_on < first) first = recorded_on
  return first
}

/** What of each day's reports a record asks for. */
class Reports {
  private readonly scores = new Map<Day, PastScore[]>()
  private readonly bands = new Map<Day, Map<string, ShownBand>>()
  private readonly asked: ReadonlySet<Day>

  constructor(from: Day, until: Day) {
    this.asked = new Set(monthEnds(from, until))
  }

  add({ on: { day, facts }, health: { band, score, decided } }: Reported, arr: number): void {
    this.bands.set(day, (this.bands.get(day) ?? new Map<string, ShownBand>()).set(facts.account, band))
    if (!this.asked.has(day)) return
    const scores = this.scores.get(day) ?? []
    this.scores.set(day, scores)
    scores.push({ account: facts.account, score, band, arr, has_decided: decided !== null })
  }

  scoresOn = (day: Day): readonly PastScore[] => this.scores.get(day) ?? []
  bandOn = (account: string, day: Day): ShownBand | null => this.bands.get(day)?.get(account) ?? null
}

/** Accounts that left, as it stands on the last day, with all that they brought. */
export function decisionsInForce(decisions: readonly AccountDecision[]): PastDecision[] {
  const inForce = groupBy(
    decisions.filter(({ taken_back_on }) => taken_back_on === null),
    ({ account_id }) => account_id,
  )
  return [...inForce].flatMap(([account, own]) => {
    const whole = own.find(({ is_whole }) => is_whole)
    return whole === undefined ? [] : [{ account, day: whole.decided_on, deadline: whole.deadline, arr: own.reduce((sum, { arr }) => sum + arr, 0) }]
  })
}

/** Snapshots are written many at once. */
class SnapshotWriter {
  private waiting: Snapshot[] = []
  private readonly store: FactStore

  constructor(store: FactStore) {
    this.store = store
  }

  add(snapshot: Snapshot): void {
    this.waiting.push(snapshot)
  }

  async flush(least = 1): Promise<void> {
    if (this.waiting.length < least) return
    const snapshots = this.waiting
    this.waiting = []
    await appendSnapshots(this.store, snapshots)
  }
}

function resultOf(mode: ReplayMode, told: Replay, reports: Reports, { from, until, accounts }: { from: Day; until: Day; accounts: number }): ReplayedPast {
  const signals = told.signals.filter(({ raised }) => raised >= from)
  const past = { from, until, signals, decisions: decisionsInForce(told.decisions), scoresOn: reports.scoresOn, bandOn: reports.bandOn }
  const weeks = groupBy(signals, ({ kind, raised }) => `${startOf('week', raised)} ${kind}`)
  return {
    mode,
    accounts,
    ...recordOf(past),
    weeks: [...weeks.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, own]) => ({ week: key.slice(0, 10), kind: key.slice(11), raised: own.length })),
    signals: judge(past)
      .sort((a, b) => (a.raised < b.raised ? 1 : -1))
      .slice(0, MOST_SIGNALS)
      .map(({ account, kind, raised, verdict, lead }) => ({ account, kind, raised, verdict, lead })),
  }
}

const canceled = (): BinnacleError => new BinnacleError('replay_canceled', 'Somebody ended the replay.', { cure: 'Begin it again when you want it.' })

/**
 * Lives the past year again, up to yesterday, with today's model, signs and settings, and keeps what it would have said: snapshots and
 * decisions of its mode, and the record of its signals. Days before anything was told are not replayed: `from` says where it begins.
 * Null where nothing was told by then. Throws `too_many_accounts`, and `replay_canceled` where somebody ended it.
 */
export async function replayPast(needs: ReplayNeeds, mode: ReplayMode): Promise<ReplayedPast | null> {
  const { store, register, model, signs, clock } = needs
  const settings = await needs.settings()
  const until = addDays(dayOf(clock.now(), settings.time_zone), -1)
  await register.giveUp(mode)
  const all = await readAll(needs, settings)
  const histories = mode === 'as_known' ? all : connectedHistories(all)
  const first = firstTold(histories)
  if (first === null || first > until) return null
  const latest = (a: Day, b: Day): Day => (a > b ? a : b)
  const [from, livedFrom] = [latest(addDays(until, 1 - TOLD), first), latest(addDays(until, 1 - TOLD - BEFORE), first)]
  const [id, now] = [needs.newId(), clock.now().toISOString()]
  const rateOf = await readRates(store, settings, until, now)
  await register.start({ id, mode, model: modelName(model), from, until, made_at: now })
  try {
    const [reports, writer] = [new Reports(from, until), new SnapshotWriter(store)]
    const told = await replay(histories, {
      from: livedFrom,
      until,
      model,
      signs,
      rateOf,
      circumstances: { grace: Number(settings.renewal_grace_days) },
      ...(needs.signal === undefined ? {} : { signal: needs.signal }),
      onReport(reported) {
        for (const each of reported) {
          const known_until = reportedUntil(each.on.day, settings.time_zone)
          const snapshot = snapshotOf(each.model, each.on, each.health, { mode, known_until, is_held: each.is_held, rateOf })
          writer.add(snapshot)
          reports.add(each, snapshot.arr)
        }
      },
      async onDay(day) {
        await writer.flush(SNAPSHOTS_AT_ONCE)
        await setImmediate()
        const done = daysBetween(livedFrom, day) + 1
        if (done % DAYS_BETWEEN_NEWS === 0 && !(await register.progress(id, { done, total: daysBetween(livedFrom, until) + 1 }))) throw canceled()
      },
    })
    await writer.flush()
    await appendDecisions(store, mode, told.decisions, now)
    const result = resultOf(mode, told, reports, { from, until, accounts: histories.length })
    await register.finish(id, 'done', result)
    return result
  } catch (error) {
    await register.finish(id, 'failed', { error: (error as Error).message })
    throw error
  }
}
