import type { FactStore } from '../facts/store.ts'
import { appendDecisions, decisionsLearnt, readDecisions } from '../health/account-decision.ts'
import { groupBy } from '../health/group.ts'
import { readSaid, readWeighted } from '../health/said.ts'
import type { SnapshotMode } from '../health/snapshot.ts'
import { appendSnapshots } from '../health/snapshot.ts'
import { snapshotOf } from '../health/snapshot-of.ts'
import type { Decisions, Past } from './ports.ts'

/** How a day is kept. */
export interface Keeping {
  readonly mode: SnapshotMode
  /** ISO, UTC: the close of the day. */
  readonly known_until: string
  readonly rateOf: (currency: string) => number | null
}

/** The past as it lies in the fact store. */
export function storedPast(store: FactStore, keeping: Keeping, heldSince: Past['heldSince']): Past {
  const { mode } = keeping
  return {
    weightedOn: (day) => readWeighted(store, mode, day),
    saidOf: (accounts, days) => readSaid(store, mode, accounts, days),
    heldSince,
    async write(reported) {
      const snapshots = reported.map(({ on, health, model, is_held }) => snapshotOf(model, on, health, { ...keeping, is_held }))
      if (snapshots.length > 0) await appendSnapshots(store, snapshots)
    },
  }
}

/** Decisions as they lie in the fact store. */
export const storedDecisions = (store: FactStore, { mode, known_until, rateOf }: Keeping): Decisions => ({
  async learn(accounts) {
    const ids = accounts.map(({ facts }) => facts.account)
    const known = groupBy(await readDecisions(store, mode, ids), ({ account_id }) => account_id)
    const learnt = accounts.flatMap((on) => decisionsLearnt(on, known.get(on.facts.account) ?? [], rateOf))
    if (learnt.length > 0) await appendDecisions(store, mode, learnt, known_until)
  },
})
