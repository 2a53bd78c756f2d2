import type { OpenBook } from '../../books/read-book.ts'
import { settingsHash } from '../../kernel/settings.ts'
import { addDays } from '../../kernel/period.ts'
import { readChances } from '../chances.ts'
import type { ReadChances } from '../chances.ts'
import type { Circumstances } from '../decisions.ts'
import { arrAtRisk } from '../likelihood.ts'
import type { AtRisk } from '../likelihood.ts'
import { readMetricInputs } from '../metric-inputs.ts'
import { metricsRead, modelName } from '../model.ts'
import { attributesAsked, modelFor, modelsOf } from '../models.ts'
import type { HealthModels } from '../models.ts'
import type { AccountStanding, Standing } from './account-standing.ts'
import { readChangedAccounts } from './changed.ts'
import type { StandingFrame } from './frame.ts'
import { judge } from './judge.ts'
import { readLastSnapshot, readPasts } from './past.ts'
import type { Pasts } from './past.ts'
import type { RawAccounts } from './raw-account.ts'
import { familiesOf, readNames, readWhoCounts } from './read-accounts.ts'
import { isSameFleet, readFleet } from './read-fleet.ts'
import type { StandingFleet } from './read-fleet.ts'
import { readModelAccounts } from './read-model-accounts.ts'
import { readRaw } from './read-raw.ts'

/** How accounts stand, with what the next reading can begin from. */
export interface KeptStanding {
  readonly standing: Standing
  /** Null where nothing is recorded. */
  readonly fleet: StandingFleet | null
  readonly past: Told
  /** All that every row rests on but facts: of another basis nothing is kept. */
  readonly basis: string
}

/** What snapshots and decisions tell. */
interface Told {
  readonly pasts: Pasts
  readonly chances: ReadChances | null
}

export interface StandingAsked {
  readonly open: OpenBook
  readonly models: HealthModels
  readonly key: string
  /** Kinds of facts of which anything was recorded or taken back after an instant (ISO, UTC). */
  readonly factsChangedSince: (instant: string) => Promise<readonly string[]>
}

export const modelsKey = ({ order, models }: HealthModels): string => JSON.stringify([order, [...models.values()].map(modelName)])

/** Accounts whose rows must be read again; null where all must. */
async function readAgain(asked: StandingAsked, last: KeptStanding, fleet: StandingFleet, until: string): Promise<ReadonlySet<string> | null> {
  const since = last.standing.known_until
  if (since === null || last.fleet === null || since > until || !isSameFleet(last.fleet, fleet)) return null
  if (modelsOf(asked.models, 'on').some((model) => metricsRead(model).length > 0)) return null
  return readChangedAccounts(asked.open.book, since, await asked.factsChangedSince(since))
}

/** The rows of the accounts of a frame. */
async function readRows(frame: StandingFrame, accounts: RawAccounts, fleet: StandingFleet, past: Told, models: HealthModels): Promise<AccountStanding[]> {
  const { book, day } = frame
  const on = modelsOf(models, 'on')
  await readNames(frame, accounts)
  await readRaw(frame, accounts, fleet)
  const [metrics, accountOf] = [await readMetricInputs(book, on.flatMap(metricsRead), day), await readModelAccounts(book, attributesAsked(models), day)]
  const circumstances: Circumstances = { grace: Number(book.settings.renewal_grace_days) }
  const judging = { day, fleet, circumstances, chances: past.chances, metricsOf: (account: string) => metrics.of(account) }
  return [...accounts.byId.values()].map((raw) => judge(raw, judging, modelFor(models, accountOf(raw.account_id)), past.pasts.of(raw.account_id)))
}

function atRisk(rows: Iterable<AccountStanding>): AtRisk {
  const undecided: { arr: number; p: number }[] = []
  let decided = 0
  for (const { is_customer, decided_on, arr, churn_probability: p } of rows) {
    if (!is_customer || arr === null) continue
    if (decided_on !== null) decided += arr
    else if (p !== null) undecided.push({ arr, p })
  }
  return arrAtRisk(undecided, decided)
}

/**
 * How all accounts stand at the present state of a book. Beside what is kept of an earlier state only accounts are read of which
 * something was recorded since; all are read again where what they have in common is another: the day, settings, models, how
 * late sources come, when anything was heard of last.
 */
export async function readStanding(asked: StandingAsked, last: KeptStanding | null): Promise<KeptStanding> {
  const { open, models, key } = asked
  const { book, state, freshness } = open
  const [day, until] = [addDays(book.knownUntil, -1), freshness.recorded_until]
  const snapshots = await readLastSnapshot(book.store, day)
  const basis = JSON.stringify([day, settingsHash(book.settings), modelsKey(models), snapshots])
  const kept = last?.basis === basis ? last : null
  const names = modelsOf(models, 'on').map(modelName)
  const past: Told = kept?.past ?? {
    pasts: await readPasts(book.store, snapshots.last, snapshots.modes, names),
    chances: snapshots.last === null ? null : await readChances(book.store, names),
  }
  const stand = (rows: ReadonlyMap<string, AccountStanding>): Standing => ({
    day,
    known_until: until,
    state: state.state,
    key,
    chances: past.chances,
    at_risk: atRisk(rows.values()),
    rows,
  })
  if (until === null) return { standing: stand(new Map()), fleet: null, past, basis }
  const accounts = await readWhoCounts({ book, day })
  const frame: StandingFrame = { book, day, known_by: day, until, only: null }
  const fleet = await readFleet(frame, accounts)
  const changed = kept === null ? null : await readAgain(asked, kept, fleet, until)
  const only = changed === null ? null : familiesOf(changed, accounts)
  const rows = new Map(only === null ? [] : kept?.standing.rows)
  for (const account of only?.accounts ?? []) rows.delete(account)
  if (only === null || only.accounts.length > 0)
    for (const row of await readRows({ ...frame, only }, accounts, fleet, past, models)) rows.set(row.account_id, row)
  return { standing: stand(rows), fleet, past, basis }
}
