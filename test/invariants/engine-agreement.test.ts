import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testEngineKinds } from '../engines/engines.ts'
import type { TestEngineKind } from '../engines/engines.ts'
import { lastStep } from '../oracle/company.ts'
import { ORACLE_METRICS, oracle } from '../oracle/oracle.ts'
import { randomCompany } from '../oracle/random-company.ts'
import { randomOf } from '../oracle/random.ts'
import type { Random } from '../oracle/random.ts'
import { disagreements, questionsFor } from './agreement.ts'
import type { Asked } from './agreement.ts'
import { openEngine } from './engine.ts'
import type { Engine } from './engine.ts'
import { propertiesOf } from './properties.ts'

/** The everyday run is short; `BINNACLE_COMPANIES=200 npx vitest run test/invariants/engine-agreement.test.ts` is the long one. */
const COMPANIES = Number(process.env['BINNACLE_COMPANIES'] ?? 15)
const FIRST = Number(process.env['BINNACLE_FIRST_SEED'] ?? 1)
const QUESTIONS = Number(process.env['BINNACLE_QUESTIONS'] ?? 2)
const ON_KIND: Record<TestEngineKind, number> = { private: COMPANIES, url: Math.ceil(COMPANIES / 10), cluster: Math.ceil(COMPANIES / 5) }

/** A few of the questions, each asked of all metrics that fit it: many companies find more than many questions of one. */
function some(all: readonly Asked[], random: Random): Asked[] {
  const groups = new Map<string, Asked[]>()
  for (const asked of all) {
    const key = JSON.stringify([asked.question, asked.by])
    groups.set(key, [...(groups.get(key) ?? []), asked])
  }
  const list = [...groups.values()]
  return Array.from({ length: QUESTIONS }, () => random.pick(list)).flat()
}

describe.each(testEngineKinds)('the engine and the oracle (%s)', (kind) => {
  let engine: Engine
  beforeAll(async () => {
    engine = await openEngine(kind)
  })
  afterAll(() => engine.close())

  it(`agree on every metric of ${ON_KIND[kind]} random companies`, { timeout: 3_600_000 }, async () => {
    const found: string[] = []
    for (let seed = FIRST; seed < FIRST + ON_KIND[kind]; seed++) {
      const { company, settings } = randomCompany(seed)
      const answers = await engine.load(company, settings)
      const questions = some(questionsFor(ORACLE_METRICS, lastStep(company), randomOf(seed)), randomOf(seed + 1_000_000))
      const list = await disagreements(oracle(company, settings), answers, questions, { skip: ['n'] })
      found.push(...list.map((each) => `seed ${seed} ${each.asked}: ${each.what} oracle ${String(each.left)}, engine ${String(each.right)}`))
    }
    expect(found.slice(0, 40)).toEqual([])
  })

  it.runIf(kind === testEngineKinds[0])('hold what must always hold', { timeout: 600_000 }, async () => {
    const { company, settings } = randomCompany(FIRST)
    const answers = await engine.load(company, settings)
    // The oracle, which the engine agrees with, is held to it with all metrics.
    const metrics = ORACLE_METRICS.filter((_, i) => i % 16 === FIRST % 16)
    for (const property of propertiesOf(metrics, FIRST).filter(({ id }) => /^I([1-6]|10|11|12|13|14|15)$/.test(id)))
      expect(await property.check({ company, settings, answers, load: oracle }), property.id).toEqual([])
  })
})
