import { describe, expect, test } from 'vitest'
import { EDGES, holdBand, plainBand } from '../../src/health/bands.ts'
import { healthOf } from '../../src/health/health.ts'
import type { HealthModel, HealthNode } from '../../src/health/model.ts'
import { checkModel, inputsOf } from '../../src/health/model.ts'
import type { Snapshot } from '../../src/health/movers.ts'
import { movers } from '../../src/health/movers.ts'
import { normalise } from '../../src/health/normalise.ts'
import { optOutOf } from '../../src/health/contracts.ts'
import type { Terms } from '../../src/health/contracts.ts'
import { rollUp } from '../../src/health/roll-up.ts'
import type { Readings } from '../../src/health/score.ts'
import { addDays, daysBetween } from '../../src/kernel/period.ts'
import type { Random } from '../../src/statistics/random.ts'
import { seededRandom } from '../../src/statistics/random.ts'
import { terms } from '../conformance/health/facts.ts'
import { pick, randomCaps, randomModel, randomReadings } from './random-health.ts'

const RUNS = 400

/** As many random models, each with an account: the seed of a failure is its number. */
function each(run: (random: Random, model: HealthModel, readings: Readings) => void): void {
  for (let seed = 0; seed < RUNS; seed++) {
    const random = seededRandom(`health ${seed}`)
    const model = randomModel(random)
    checkModel(model)
    run(random, model, randomReadings(random, model))
  }
}

const scaled = (node: HealthNode, by: number): HealthNode =>
  node.kind === 'input'
    ? { ...node, weight: node.weight * by }
    : { ...node, weight: node.weight * by, children: node.children.map((child) => scaled(child, by)) }
const turned = (families: readonly HealthNode[]): HealthNode[] =>
  families.map((node) => (node.kind === 'input' ? node : { ...node, children: turned(node.children) })).reverse()
const close = (a: number | null, b: number | null) => (a === null || b === null ? expect(a).toBe(b) : expect(Math.abs(a - b)).toBeLessThan(1e-9))

describe('a score', () => {
  test('rises with each of its inputs', () => {
    each((random, model, readings) => {
      const { id, scale } = pick(random, inputsOf(model.families))
      const reading = readings[id]
      if (reading === undefined || 'missing' in reading) return
      const other = reading.value + 20 * random.unit() - 10
      const [before, after] = [healthOf(model, readings, []).weighted, healthOf(model, { ...readings, [id]: { ...reading, value: other } }, []).weighted]
      const better = normalise(scale, other) - normalise(scale, reading.value)
      if (before === null || after === null) expect(after).toBe(before)
      else expect((after - before) * Math.sign(better)).toBeGreaterThanOrEqual(better === 0 ? -0 : -1e-9)
    })
  })

  test('lies between 0 and 100, and is the sum of its contributions, whose shares are one', () => {
    each((random, model, readings) => {
      const { weighted, contributions, score, band } = healthOf(model, readings, randomCaps(random))
      expect(band === 'unknown').toBe(score === null)
      expect(score === null).toBe(weighted === null)
      if (weighted === null) return
      expect(weighted).toBeGreaterThanOrEqual(0)
      expect(weighted).toBeLessThanOrEqual(100 + 1e-9)
      close(
        contributions.reduce((sum, { points }) => sum + points, 0),
        weighted,
      )
      close(
        contributions.reduce((sum, { share }) => sum + share, 0),
        1,
      )
    })
  })

  test('does not mind other weights in the same ratio, another order, or one more family that says the same', () => {
    each((random, model, readings) => {
      const { weighted, coverage } = healthOf(model, readings, [])
      const by = 0.1 + 9 * random.unit()
      const same = healthOf({ ...model, families: model.families.map((node) => scaled(node, by)) }, readings, [])
      const ordered = healthOf({ ...model, families: turned(model.families) }, readings, [])
      for (const other of [same, ordered]) {
        close(other.weighted, weighted)
        close(other.coverage, coverage)
      }
      if (weighted === null) return
      const echo: HealthNode = {
        kind: 'input',
        id: 'echo',
        name: 'echo',
        reads: { kind: 'reading', reading: 'usage' },
        weight: 1 + random.below(40),
        scale: {
          kind: 'line',
          points: [
            [0, 0],
            [100, 100],
          ],
        },
        max_age: 1,
        need: 1,
        missing: { kind: 'leave_out' },
      }
      close(healthOf({ ...model, families: [...model.families, echo] }, { ...readings, echo: { value: weighted, age: 0, n: 1 } }, []).weighted, weighted)
    })
  })

  test('is as sure as it is covered at most', () => {
    each((_, model, readings) => {
      const { confidence, coverage } = healthOf(model, readings, [])
      expect(confidence).toBeLessThanOrEqual(coverage)
      expect(coverage).toBeLessThanOrEqual(1)
    })
  })

  test('never becomes green by hiding an input, and is not green with a family missing', () => {
    each((random, model, readings) => {
      const before = healthOf(model, readings, [])
      if (before.missing_families.length > 0) expect(before.band).not.toBe('green')
      const { id } = pick(random, inputsOf(model.families))
      if (before.band !== 'green') expect(healthOf(model, { ...readings, [id]: { missing: 'stale' } }, []).band).not.toBe('green')
    })
  })

  test('is never lifted by a cap', () => {
    each((random, model, readings) => {
      const [free, capped] = [healthOf(model, readings, []), healthOf(model, readings, randomCaps(random))]
      if (free.score !== null) expect(capped.score ?? 0).toBeLessThanOrEqual(free.score)
      else expect(capped.score).toBeNull()
    })
  })
})

test('movers add up to the change, between any two days, models and kinds of knowledge', () => {
  const side = (random: Random, model: HealthModel): Snapshot => {
    const health = healthOf(model, randomReadings(random, model), randomCaps(random))
    return { ...health, cap: health.binding, override: random.unit() < 0.2 ? { owner: pick(random, ['mira', 'noor']), value: random.below(101) } : null }
  }
  let compared = 0
  each((random, model) => {
    const other = randomModel(random)
    const { before, after, lines } = movers(side(random, model), side(random, model), side(random, other), side(random, other))
    if (lines === null || before === null || after === null) return
    compared++
    expect(Math.abs(lines.reduce((sum, { points }) => sum + points, 0) - (after - before))).toBeLessThan(1e-9)
  })
  expect(compared).toBeGreaterThan(RUNS / 4)
})

test('beyond three points of every edge, or after seven days in one band, the held band is the plain one', () => {
  const edges = Object.values(EDGES)
  for (let seed = 0; seed < RUNS; seed++) {
    const random = seededRandom(`band ${seed}`)
    const scores = Array.from({ length: 40 }, () => (random.unit() < 0.03 ? null : Math.round(300 + 500 * random.unit()) / 10))
    let held: ReturnType<typeof holdBand> = null
    scores.forEach((score, i) => {
      held = holdBand(held, scores.slice(0, i + 1))
      expect(held === null).toBe(score === null)
      if (score === null) return
      const week = scores.slice(Math.max(0, i - 6), i + 1)
      const isClear = edges.every((edge) => Math.abs(score - edge) > 3)
      const isSteady = week.length === 7 && week.every((one) => one !== null && plainBand(one) === plainBand(score))
      if (isClear || isSteady) expect(held).toBe(plainBand(score))
    })
  }
})

test('a parent lies between its children', () => {
  for (let seed = 0; seed < RUNS; seed++) {
    const random = seededRandom(`parent ${seed}`)
    const children = Array.from({ length: 1 + random.below(6) }, (_, i) => {
      const score = random.unit() < 0.2 ? null : 100 * random.unit()
      return { account: `c${i}`, arr: random.below(100), score, band: score === null ? ('unknown' as const) : plainBand(score), coverage: random.unit() }
    })
    const { score, band } = rollUp(children, pick(random, ['mean', 'worst']))
    const scores = children.filter(({ arr }) => arr > 0).flatMap((child) => (child.score === null ? [] : [child.score]))
    expect(band === 'unknown').toBe(score === null)
    if (score === null) continue
    expect(score).toBeGreaterThanOrEqual(Math.min(...scores) - 1e-9)
    expect(score).toBeLessThanOrEqual(Math.max(...scores) + 1e-9)
  }
})

test('a deadline lies ahead, its notice before the renewal, and never moves back under the same terms', () => {
  for (let seed = 0; seed < RUNS; seed++) {
    const random = seededRandom(`deadline ${seed}`)
    const own: Terms = terms({
      from: addDays('2023-01-01', random.below(700)),
      term_months: 2 + random.below(35),
      notice_days: random.unit() < 0.2 ? null : random.below(120),
      auto_renew: pick(random, ['yes', 'yes', '']),
      renews_on: random.unit() < 0.5 ? addDays('2024-01-01', random.below(700)) : null,
    })
    let last = ''
    for (let day = own.from; day < addDays(own.from, 1500); day = addDays(day, 1 + random.below(60))) {
      const { deadline, renewal } = optOutOf(own.from, own, day)
      if (deadline === null || renewal === null) throw new Error(`run ${seed}: no deadline on ${day}`)
      expect(deadline >= day && deadline >= last).toBe(true)
      expect(daysBetween(deadline, renewal)).toBe(own.notice_days ?? 0)
      last = deadline
    }
  }
})
