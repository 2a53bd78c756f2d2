import type { AccountDay } from './account-day.ts'
import type { AccountHealth } from './account-health.ts'
import { inForce } from './contracts.ts'
import { phaseOf } from './likelihood.ts'
import type { HealthModel, HealthNode } from './model.ts'
import { modelName } from './model.ts'
import { nextDeadline } from './opt-out-calendar.ts'
import type { Snapshot, SnapshotInput } from './snapshot.ts'

/** Inputs with their weight of the whole model. */
export function nominalShares(nodes: readonly HealthNode[], share = 1): { readonly id: string; readonly nominal: number }[] {
  const all = nodes.reduce((sum, { weight }) => sum + weight, 0)
  return nodes.flatMap((node) => {
    const nominal = (share * node.weight) / all
    return node.kind === 'input' ? [{ id: node.id, nominal }] : nominalShares(node.children, nominal)
  })
}

function inputsSaid(model: HealthModel, { readings, contributions }: AccountHealth): SnapshotInput[] {
  return nominalShares(model.families).map(({ id, nominal }) => {
    const [counted, reading] = [contributions.find((each) => each.id === id), readings[id] ?? { missing: 'not_connected' }]
    return { id, reading, score: counted?.score ?? null, nominal, share: counted?.share ?? 0, points: counted?.points ?? 0 }
  })
}

export interface SnapshotMoment extends Pick<Snapshot, 'mode' | 'known_until' | 'is_held'> {
  /** What one unit of a currency is worth in that of the workspace; null where no rate is known. */
  readonly rateOf: (currency: string) => number | null
}

/** What contracts in force bring a year, in the currency of the workspace. Those without a rate are left out. */
const arrOf = ({ facts, day }: AccountDay, rateOf: SnapshotMoment['rateOf'], only?: readonly string[]): number =>
  facts.contracts.reduce((sum, contract) => {
    const terms = inForce(contract, day)
    const counts = terms !== null && (only === undefined || only.includes(terms.contract))
    return counts ? sum + 12 * terms.mrr * (rateOf(terms.currency) ?? 0) : sum
  }, 0)

/** What is said of a customer at the close of a day, as it is kept. */
export function snapshotOf(model: HealthModel, on: AccountDay, health: AccountHealth, { mode, known_until, is_held, rateOf }: SnapshotMoment): Snapshot {
  const next = nextDeadline(on.facts.contracts, on.day, on.circumstances)
  return {
    account_id: on.facts.account,
    day: on.day,
    mode,
    model: modelName(model),
    known_until,
    score: health.score,
    weighted: health.weighted,
    coverage: health.coverage,
    confidence: health.confidence,
    low: health.low,
    band: health.band,
    held: health.held,
    own_band: health.own_band,
    own_cap: health.own_cap,
    arr: arrOf(on, rateOf),
    decided_on: health.decided?.day ?? null,
    next_deadline: next?.deadline ?? null,
    deadline_arr: next === null ? 0 : arrOf(on, rateOf, next.contracts),
    phase: health.decided === null ? phaseOf(next?.days ?? null) : null,
    is_held,
    inputs: inputsSaid(model, health),
    caps: health.caps,
  }
}
