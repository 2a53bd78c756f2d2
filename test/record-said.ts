import { appendDecisions } from '../src/health/account-decision.ts'
import type { AccountDecision } from '../src/health/account-decision.ts'
import { appendSnapshots } from '../src/health/snapshot.ts'
import type { Snapshot } from '../src/health/snapshot.ts'
import type { FactStore } from '../src/facts/store.ts'
import type { Decided, Example, Said } from '../src/metrics/kit/example.ts'

export const snapshotOf = (account_id: string, { day, score, band, arr, phase = null, next_deadline, mode = 'lived' }: Said): Snapshot => ({
  account_id,
  day,
  mode,
  model: 'default@1',
  known_until: `${day}T23:59:59.999999Z`,
  score,
  weighted: score,
  coverage: score === null ? 0.2 : 1,
  confidence: 0.9,
  low: 0,
  band,
  held: band === 'unknown' ? null : band,
  own_band: band,
  own_cap: false,
  arr,
  decided_on: phase === null ? day : null,
  next_deadline: next_deadline ?? null,
  deadline_arr: next_deadline === undefined ? 0 : arr,
  phase,
  is_held: false,
  inputs: [],
  caps: [],
})

export const decisionOf = (account_id: string, { on, taken_back_on }: Decided): AccountDecision => ({
  account_id,
  contract_id: account_id,
  decided_on: on,
  known_on: on,
  source: 'notice',
  deadline: null,
  arr: 100,
  is_whole: true,
  taken_back_on: taken_back_on ?? null,
})

const copies = <T>(from: number, count: number, of: (copy: number) => T): T[] => Array.from({ length: count }, (_, i) => of(from + i))

/** Keeps what an example says was said of its accounts, whose ids it returns, and of the company that it shares. */
export async function recordSaid(store: FactStore, name: string, { said = [], past = { said: [], decided: [] } }: Example): Promise<string[]> {
  const told = (all: readonly Said[], prefix: string): Snapshot[] =>
    all.flatMap((one) => copies(0, one.count ?? 1, (copy) => snapshotOf(`${prefix}${one.account} ${copy}`, one)))
  const own = told(said, `${name} `)
  const decisions = past.decided.flatMap((one) => copies(one.from ?? 0, one.count, (copy) => decisionOf(`${one.account} ${copy}`, one)))
  const snapshots = [...own, ...told(past.said, '')]
  if (snapshots.length > 0) await appendSnapshots(store, snapshots)
  if (decisions.length > 0) await appendDecisions(store, 'lived', decisions, '2024-05-01T00:00:00.000000Z')
  return own.map(({ account_id }) => account_id)
}
