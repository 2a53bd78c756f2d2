import type { Band } from '../../../src/health/bands.ts'
import { holdBand, shownBand } from '../../../src/health/bands.ts'
import type { Cap, CapEvidence } from '../../../src/health/caps.ts'
import { cappedScore, printCapped } from '../../../src/health/caps.ts'
import { DEFAULT_MODEL } from '../../../src/health/default-model.ts'
import { fleetShift } from '../../../src/health/fleet-hold.ts'
import { capsOn } from '../../../src/health/health.ts'
import { fleetFall, isGreenButFalling, pulseDisagrees, pulseOn, scoreAgainstMoney } from '../../../src/health/lists.ts'
import type { HealthModel } from '../../../src/health/model.ts'
import type { Snapshot } from '../../../src/health/movers.ts'
import { movers } from '../../../src/health/movers.ts'
import { checkOverride, shownScore } from '../../../src/health/override.ts'
import type { Child } from '../../../src/health/roll-up.ts'
import { rollUp } from '../../../src/health/roll-up.ts'
import type { Readings } from '../../../src/health/score.ts'
import { weighted } from '../../../src/health/score.ts'
import { healthTrend } from '../../../src/health/trend.ts'
import { csIndex } from '../../../src/metrics/customer-health/cs-index.ts'
import type { Example, Worked } from './example.ts'
import { factsOf, invoice, ticket } from './facts.ts'
import { USUAL, present } from './inputs.ts'

const cap = (id: string, at_most: number, since = '2025-05-03'): Cap => ({ id, at_most, since, evidence: 's', expires: null })

/** Caps in force on each of the days that an example names. */
const capsOnDays =
  (facts: Partial<CapEvidence['facts']>) =>
  ({ expected }: Example) =>
    Object.fromEntries(
      Object.keys(expected as object).map((day) => [day, capsOn(DEFAULT_MODEL, { day, facts: factsOf(facts), licence: null }).map(({ id }) => id)]),
    )
const champion = (contact: string, from: string, left_on: string | null) => ({
  contact,
  from,
  name: contact,
  user: '',
  is_champion: true,
  is_executive: false,
  left_on,
})

const held = ({ input }: Example): Band | null => {
  const scores = (input.scores ?? [input.score]) as (number | null)[]
  return holdBand(input.held as Band | null, scores)
}

const snapshot = (readings: Readings, own: { cap?: Cap | null; model?: HealthModel } = {}): Snapshot => ({
  cap: null,
  ...weighted(own.model ?? DEFAULT_MODEL, readings),
  ...own,
})
const FALLEN = { ...USUAL, usage: present(4) }
const CHAMPION = cap('champion_left', 60)
const OFF = cap('auto_renew_off', 29)
const REWEIGHED: HealthModel = {
  ...DEFAULT_MODEL,
  version: 2,
  families: DEFAULT_MODEL.families.map((family, i) => ({ ...family, weight: [20, 50, 20, 10][i] ?? 0 })),
}

const binding = (snap: Snapshot): Snapshot => (snap.cap !== null && (snap.weighted ?? 0) <= snap.cap.at_most ? { ...snap, cap: null } : snap)
function moved(from: Snapshot, to: Snapshot, remodelled: Snapshot = from) {
  const [before, middle, after] = [binding(from), binding(remodelled), binding(to)]
  const found = movers(before, before, middle, after)
  const lines = found.lines ?? []
  return {
    ...found,
    lines: lines.map(({ of, id, why, points }) => ({ [of]: id, why, points })),
    sum: lines.reduce((sum, { points }) => sum + points, 0),
  }
}
const trend = ({ input }: Example) => healthTrend(input.weekly as (number | null)[])

const many = (n: number, change: number): number[] => Array.from({ length: n }, () => change)
const child = (account: string, arr: number, score: number | null, band: Child['band'], coverage = 1): Child => ({ account, arr, score, band, coverage })
const falling = ({ input: { now, days_30_ago, fleet_fall } }: Example) => ({
  listed: isGreenButFalling('green', now as number, days_30_ago as number, fleetFall(many(20, fleet_fall as number))),
})

export const scoreExamples: Worked = {
  cap_printed: () => ({ score: cappedScore(71, [OFF]), prints: printCapped(71, [OFF]) }),
  cap_lowest: () => cappedScore(71, [CHAMPION, cap('past_due_60', 40)]),
  cap_above: () => cappedScore(35, [CHAMPION]),
  cap_past_due_window: capsOnDays({ invoices: [invoice('2024-01-01', null)] }),
  cap_critical_ticket: capsOnDays({ tickets: [ticket('2024-06-01', { solved_on: '2024-06-20', is_urgent: true })] }),
  cap_champion_replaced: capsOnDays({ contacts: [champion('p', '2023-01-01', '2024-06-01'), champion('q', '2024-07-01', null)] }),
  cap_champion_expires: capsOnDays({ contacts: [champion('p', '2023-01-01', '2024-06-01')] }),
  hysteresis_by_points: held,
  hysteresis_inside: held,
  hysteresis_seventh_day: held,
  hysteresis_two_edges: held,
  hysteresis_two_edges_far: held,
  hysteresis_up: held,
  hysteresis_first: held,
  hysteresis_null_breaks_run: held,
  cap_band_at_once: () => shownBand({ held: 'green', low: 90, missing_families: [], missing_inputs: [] }, [OFF]),
  movers_value: () => moved(snapshot(USUAL), snapshot(FALLEN)),
  movers_vanished: () => moved(snapshot(USUAL), snapshot({ ...USUAL, feedback: { missing: 'stale' } })),
  movers_cap_imposed: () => moved(snapshot(USUAL), snapshot(USUAL, { cap: OFF })),
  movers_cap_replaced: () => moved(snapshot(USUAL, { cap: CHAMPION }), snapshot(USUAL, { cap: OFF })),
  movers_under_a_kept_cap: () => moved(snapshot(USUAL, { cap: CHAMPION }), snapshot(FALLEN, { cap: CHAMPION })),
  movers_model: () => {
    const after = snapshot(USUAL, { model: REWEIGHED })
    return moved(snapshot(USUAL), after, after)
  },
  health_trend: trend,
  health_trend_gaps: trend,
  green_but_falling: falling,
  green_but_falling_season: falling,
  fleet_hold: () => fleetShift([...many(8, -6), ...many(42, 0)]),
  fleet_no_hold_up_and_down: () => fleetShift([...many(7, -6), ...many(7, 6), ...many(36, 0)]),
  fleet_no_hold_small: () => fleetShift(many(19, -6)),
  roll_up: () => rollUp([child('a', 100, 80, 'green', 1), child('b', 300, 60, 'amber', 0.8)]),
  roll_up_red_child: () => rollUp([child('a', 800, 95, 'green'), child('b', 200, 30, 'red')]),
  roll_up_unknown: () => rollUp([child('a', 400, 90, 'green'), child('b', 600, null, 'unknown', 0.2)]),
  pulse_disagrees: () => {
    const distance = pulseDisagrees(pulseOn([{ set_on: '2025-02-10', value: 'red', reason: 'a new CFO', author: 'mira' }], '2025-03-02'), 'green')
    return { distance, listed: distance !== null }
  },
  score_against_money: ({ input: { mrr, mrr_90_days_ago } }) => {
    const change = scoreAgainstMoney('green', mrr as number, mrr_90_days_ago as number)
    return { change, listed: change !== null }
  },
  override: ({ input: { computed, override: value, by, reason, until } }) => {
    const override = { value: value as number, owner: by as string, reason: reason as string, from: '2025-06-10', until: until as string }
    checkOverride(override)
    return { score: shownScore(computed as number, override).score, computed, expires_within_30_days: true }
  },
  // Counted by the store: the definition's own example, which goes through the engine.
  cs_ce_co: ({ id }) => csIndex.examples.find(({ says }) => says.startsWith(`${id}:`))?.value,
}
