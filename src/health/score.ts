import type { HealthModel, HealthNode, InputNode, MissingPolicy } from './model.ts'
import { inputsOf } from './model.ts'
import { lowestScore, normalise } from './normalise.ts'

/** Why an input cannot be checked. */
export type MissingReason = 'not_connected' | 'never_seen' | 'stale' | 'no_seats' | 'silent' | 'no_answers' | 'none_due' | (string & {})

/** What an input is on a day: a value with the age of what it rests on and how much that is, or why there is none. */
export type Reading =
  | { readonly value: number; readonly age: number; readonly n: number; readonly max_age?: number | undefined }
  | { readonly missing: MissingReason; readonly last?: { readonly value: number; readonly age: number } | undefined }

export type Readings = Readonly<Record<string, Reading>>

/** Share of its weight that a family needs to speak at all. */
const FAMILY_QUORUM = 0.5

/** One input in a score. Shares and contributions are of what is known; nominal weights of the whole model. */
export interface Contribution {
  readonly id: string
  readonly nominal: number
  readonly share: number
  readonly score: number
  readonly points: number
}

export interface Weighted {
  /** Null where too little is known. */
  readonly weighted: number | null
  readonly coverage: number
  readonly confidence: number
  /** The score with all that is missing counted 0. */
  readonly low: number
  readonly missing_families: readonly string[]
  readonly missing_inputs: readonly string[]
  readonly contributions: readonly Contribution[]
}

/** 1 while fresh, then falling to a half at the end of its time. */
export const freshness = (age: number, maxAge: number): number => Math.max(0, Math.min(1, 1.5 - age / maxAge))

const isPresent = (reading: Reading | undefined): reading is Extract<Reading, { value: number }> => reading !== undefined && 'value' in reading

/** The score with which an input counts, or null where it is left out. */
function countedAs(input: InputNode, reading: Reading | undefined): number | null {
  if (isPresent(reading)) return normalise(input.scale, reading.value)
  return standIn(input, input.missing, reading)
}

function standIn(input: InputNode, policy: MissingPolicy, reading: Reading | undefined): number | null {
  switch (policy.kind) {
    case 'leave_out':
      return null
    case 'worst':
      return lowestScore(input.scale)
    case 'last_known': {
      const last = reading !== undefined && 'missing' in reading ? reading.last : undefined
      return last === undefined || last.age > policy.max_age ? null : normalise(input.scale, last.value)
    }
  }
}

/** A node with what of its weight counts. */
interface Weighed {
  readonly node: HealthNode
  /** Share of the weight below it that has a score, and that is present. */
  readonly usable: number
  readonly present: number
  readonly children: readonly Weighed[]
}

function weigh(node: HealthNode, readings: Readings): Weighed {
  if (node.kind === 'input') {
    const reading = readings[node.id]
    return { node, usable: countedAs(node, reading) === null ? 0 : 1, present: isPresent(reading) ? 1 : 0, children: [] }
  }
  const children = node.children.map((child) => weigh(child, readings))
  const all = sumOf(children, () => 1)
  // A group below its quorum says nothing, so above it its weight is missing whole.
  const share = (of: (child: Weighed) => number): number => sumOf(children, of) / all
  return { node, usable: share((child) => (counts(child) ? child.usable : 0)), present: share((child) => (counts(child) ? child.present : 0)), children }
}

const sumOf = (children: readonly Weighed[], of: (child: Weighed) => number): number => children.reduce((sum, child) => sum + child.node.weight * of(child), 0)

const counts = ({ usable }: Weighed): boolean => usable >= FAMILY_QUORUM

interface Leaf {
  readonly input: InputNode
  readonly nominal: number
  /** 0 for what does not count. */
  readonly share: number
  /** Whether every group above it counts. */
  readonly speaks: boolean
}

/** Inputs with their shares: the weight of what does not count goes to its siblings that do. */
function leavesOf(nodes: readonly Weighed[], nominal: number, share: number, speaks: boolean): Leaf[] {
  const [all, counted] = [sumOf(nodes, () => 1), sumOf(nodes, (child) => (counts(child) ? 1 : 0))]
  return nodes.flatMap((each): Leaf[] => {
    const own = (nominal * each.node.weight) / all
    const taken = counts(each) && counted > 0 ? (share * each.node.weight) / counted : 0
    const heard = speaks && counts(each)
    return each.node.kind === 'input' ? [{ input: each.node, nominal: own, share: taken, speaks: heard }] : leavesOf(each.children, own, taken, heard)
  })
}

/** Weighs what is known of an account by a model. */
export function weighted(model: HealthModel, readings: Readings): Weighted {
  const families = model.families.map((node) => weigh(node, readings))
  const leaves = leavesOf(families, 1, 1, true)
  const isKnown = ({ input }: Leaf): boolean => isPresent(readings[input.id])
  const sum = (of: (leaf: Leaf) => number): number => leaves.reduce((total, leaf) => total + of(leaf), 0)
  const coverage = Math.min(
    1,
    sum((leaf) => (leaf.speaks && isKnown(leaf) ? leaf.nominal : 0)),
  )
  const confidence = sum((leaf) => (leaf.speaks ? leaf.nominal * certainty(leaf.input, readings[leaf.input.id]) : 0))
  const scoreOf = (leaf: Leaf): number => countedAs(leaf.input, readings[leaf.input.id]) ?? 0
  const contributions = leaves
    .filter(({ share }) => share > 0)
    .map((leaf) => ({ id: leaf.input.id, nominal: leaf.nominal, share: leaf.share, score: scoreOf(leaf), points: leaf.share * scoreOf(leaf) }))
  return {
    weighted: reaches(coverage, model.min_coverage) && contributions.length > 0 ? contributions.reduce((total, { points }) => total + points, 0) : null,
    coverage,
    confidence: Math.min(coverage, confidence),
    low: sum((leaf) => (isKnown(leaf) ? leaf.nominal * scoreOf(leaf) : 0)),
    missing_families: families.filter(({ present }) => !reaches(present, FAMILY_QUORUM)).map(({ node }) => node.id),
    missing_inputs: inputsOf(model.families)
      .filter(({ id }) => !isPresent(readings[id]))
      .map(({ id }) => id),
    contributions,
  }
}

/** Sums of shares that come to a half may miss it by the last bit. */
const reaches = (share: number, least: number): boolean => share >= least - 1e-12

const certainty = (input: InputNode, reading: Reading | undefined): number =>
  isPresent(reading) ? freshness(reading.age, reading.max_age ?? input.max_age) * Math.min(1, reading.n / input.need) : 0
