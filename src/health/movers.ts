import type { Contribution } from './score.ts'

/** One side of a change: what a score was made of. */
export interface Snapshot {
  readonly weighted: number | null
  readonly contributions: readonly Pick<Contribution, 'id' | 'share' | 'score'>[]
  /** The cap that decides it. */
  readonly cap: { readonly id: string; readonly at_most: number } | null
  /** The score that a person answers for instead. */
  readonly override?: { readonly owner: string; readonly value: number } | null | undefined
}

/** What we learnt since, what another model says, and what happened. */
export type MoverStep = 'corrected' | 'model' | 'happened'
export type MoverCause = 'value' | 'weight' | 'appeared' | 'vanished' | 'kept' | 'lifted' | 'imposed' | 'not_comparable'

export interface Mover {
  readonly of: 'input' | 'cap' | 'override' | 'score'
  readonly id: string
  readonly why: MoverCause
  readonly points: number
  readonly step: MoverStep
}

export interface Movers {
  readonly before: number | null
  readonly after: number | null
  /** Null where a side has no score. */
  readonly lines: readonly Mover[] | null
  readonly appeared: readonly string[]
  readonly vanished: readonly string[]
}

const computedOf = ({ weighted, cap }: Snapshot): number | null => (weighted === null || cap === null ? weighted : Math.min(weighted, cap.at_most))
const scoreOf = (snapshot: Snapshot): number | null => snapshot.override?.value ?? computedOf(snapshot)

/** What one step moved: values and weights at the mean of both sides (E. M. Kitagawa, JASA 50, 1955), then what lies over them. */
function moversOf(before: Snapshot, after: Snapshot, step: MoverStep): Mover[] {
  const [w0, w1] = [before.weighted ?? 0, after.weighted ?? 0]
  const middle = (w0 + w1) / 2
  const [old, now] = [new Map(before.contributions.map((each) => [each.id, each])), new Map(after.contributions.map((each) => [each.id, each]))]
  const inputs = [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((id): Mover[] => {
    const [a, b] = [old.get(id), now.get(id)]
    const line = (why: MoverCause, points: number): Mover => ({ of: 'input', id, why, points, step })
    if (a !== undefined && b !== undefined)
      return [line('value', ((a.share + b.share) / 2) * (b.score - a.score)), line('weight', (b.share - a.share) * ((a.score + b.score) / 2 - middle))]
    if (b !== undefined) return [line('appeared', b.share * (b.score - middle))]
    return a === undefined ? [] : [line('vanished', -a.share * (a.score - middle))]
  })
  const capped = (snapshot: Snapshot): Laid =>
    snapshot.cap === null ? null : { id: snapshot.cap.id, moved: (computedOf(snapshot) ?? 0) - (snapshot.weighted ?? 0) }
  return [...inputs, ...laidOver('cap', capped(before), capped(after), step)]
}

type Laid = { readonly id: string; readonly moved: number } | null

function laidOver(of: 'cap' | 'override', before: Laid, after: Laid, step: MoverStep): Mover[] {
  if (before !== null && after !== null && before.id === after.id) return [{ of, id: after.id, why: 'kept', points: after.moved - before.moved, step }]
  return [
    ...(before === null ? [] : [{ of, id: before.id, why: 'lifted', points: -before.moved, step } as const]),
    ...(after === null ? [] : [{ of, id: after.id, why: 'imposed', points: after.moved, step } as const]),
  ]
}

const overridden = (snapshot: Snapshot): Laid => {
  const computed = computedOf(snapshot)
  return snapshot.override === undefined || snapshot.override === null || computed === null
    ? null
    : { id: snapshot.override.owner, moved: snapshot.override.value - computed }
}

/**
 * Why a score changed, in points that add up to the change: from a snapshot to the same as known later, by another model,
 * and a later day, one after the other.
 */
export function movers(before: Snapshot, known: Snapshot, remodelled: Snapshot, after: Snapshot): Movers {
  const [ids, later] = [before.contributions.map(({ id }) => id), after.contributions.map(({ id }) => id)]
  const ends = {
    before: scoreOf(before),
    after: scoreOf(after),
    appeared: later.filter((id) => !ids.includes(id)),
    vanished: ids.filter((id) => !later.includes(id)),
  }
  if (before.weighted === null || after.weighted === null || ends.before === null || ends.after === null) return { ...ends, lines: null }
  const change = ends.after - ends.before
  if (known.weighted === null || remodelled.weighted === null)
    return { ...ends, lines: [{ of: 'score', id: '', why: 'not_comparable', points: change, step: 'happened' }] }
  const lines = [
    ...moversOf(before, known, 'corrected'),
    ...moversOf(known, remodelled, 'model'),
    ...moversOf(remodelled, after, 'happened'),
    ...laidOver('override', overridden(before), overridden(after), 'happened'),
  ]
  return { ...ends, lines: lines.filter(({ points }) => points !== 0) }
}

/** The largest lines, and what the others come to. */
export function largestMovers(lines: readonly Mover[], n = 3): { readonly shown: readonly Mover[]; readonly rest: number } {
  const ordered = lines.toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points))
  return { shown: ordered.slice(0, n), rest: ordered.slice(n).reduce((sum, { points }) => sum + points, 0) }
}
