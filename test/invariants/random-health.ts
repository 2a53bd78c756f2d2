import type { Cap } from '../../src/health/caps.ts'
import { DEFAULT_MODEL } from '../../src/health/default-model.ts'
import type { HealthModel, HealthNode, InputNode } from '../../src/health/model.ts'
import { inputsOf } from '../../src/health/model.ts'
import type { Point } from '../../src/health/normalise.ts'
import type { Reading, Readings } from '../../src/health/score.ts'
import type { Random } from '../../src/statistics/random.ts'

const between = (random: Random, least: number, most: number): number => least + random.unit() * (most - least)
export const pick = <T>(random: Random, of: readonly T[]): T => of[random.below(of.length)] as T

function randomPoints(random: Random): Point[] {
  const n = 1 + random.below(4)
  const falls = random.unit() < 0.5
  const scores = Array.from({ length: n }, () => Math.round(between(random, 0, 100))).sort((a, b) => (falls ? b - a : a - b))
  return scores.map((score, i) => [i * 10 + between(random, 0, 9), score])
}

const input = (random: Random, id: string): InputNode => ({
  kind: 'input',
  id,
  name: id,
  reads: { kind: 'metric', metric: id.replace('.', '_'), options: {}, span: null },
  weight: between(random, 0.1, 50),
  scale: { kind: random.unit() < 0.7 ? 'line' : 'steps', points: randomPoints(random) },
  max_age: 1 + random.below(100),
  need: 1 + random.below(4),
  missing: pick(random, [{ kind: 'leave_out' }, { kind: 'leave_out' }, { kind: 'worst' }, { kind: 'last_known', max_age: 100 }] as const),
})

function nodes(random: Random, prefix: string, depth: number): HealthNode[] {
  return Array.from({ length: 1 + random.below(4) }, (_, i) => {
    const id = `${prefix}${i}`
    return depth > 0 && random.unit() < 0.4
      ? { kind: 'group', id, name: id, weight: between(random, 0.1, 50), children: nodes(random, `${id}.`, depth - 1) }
      : input(random, id)
  })
}

/** Any model that can be saved: groups within groups, any weights, anchors and policies. */
export const randomModel = (random: Random): HealthModel => ({ ...DEFAULT_MODEL, id: 'random', families: nodes(random, 'i', 2) })

function randomReading(random: Random, { max_age }: InputNode): Reading {
  if (random.unit() < 0.25) return { missing: 'stale', ...(random.unit() < 0.5 ? { last: { value: between(random, -5, 45), age: random.below(150) } } : {}) }
  return { value: between(random, -5, 45), age: random.unit() * max_age, n: 1 + random.below(5) }
}

export const randomReadings = (random: Random, model: HealthModel): Readings =>
  Object.fromEntries(inputsOf(model.families).map((each) => [each.id, randomReading(random, each)]))

export const randomCaps = (random: Random): Cap[] =>
  Object.entries(DEFAULT_MODEL.caps)
    .filter(() => random.unit() < 0.2)
    .map(([id, { at_most }]) => ({ id, at_most, since: '2025-01-01', evidence: '', expires: null }))
    .sort((a, b) => a.at_most - b.at_most)
