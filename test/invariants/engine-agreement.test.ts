import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { layoutKinds } from '../engines/engines.ts'
import type { TestEngineKind } from '../engines/engines.ts'
import { FIRST_SEED, sizeOf } from '../engines/size.ts'
import { lastStep } from '../oracle/company.ts'
import { ORACLE_METRICS, oracle } from '../oracle/oracle.ts'
import { randomCompany } from '../oracle/random-company.ts'
import type { RandomCompany } from '../oracle/random-company.ts'
import { randomOf } from '../oracle/random.ts'
import type { Random } from '../oracle/random.ts'
import { disagreements, questionsFor } from './agreement.ts'
import type { Asked } from './agreement.ts'
import { openEngine } from './engine.ts'
import type { Engine } from './engine.ts'
import { foresee } from './foresee.ts'
import { propertiesOf } from './properties.ts'

const COMPANIES = sizeOf('COMPANIES', 6, 200)
const QUESTIONS = sizeOf('QUESTIONS', 2, 2)
/** No company is drawn for two kinds: what one of them finds the others would find too. */
const ON_KIND: Record<TestEngineKind, number> = { private: COMPANIES, url: Math.ceil(COMPANIES / 10), cluster: Math.max(3, Math.ceil(COMPANIES / 5)) }
const firstOn = (kind: TestEngineKind): number => FIRST_SEED + layoutKinds.slice(0, layoutKinds.indexOf(kind)).reduce((sum, before) => sum + ON_KIND[before], 0)
/** The oracle, which the engine agrees with, is held to what must always hold with all metrics; an engine with some, on one company in so many. */
const ONE_HELD_IN = 10
const ONE_METRIC_IN = 16

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

async function differences(engine: Engine, { seed, company, settings }: RandomCompany, holds: boolean): Promise<string[]> {
  const answers = await engine.load(company, settings)
  const truth = oracle(company, settings)
  const questions = some(questionsFor(ORACLE_METRICS, lastStep(company), randomOf(seed)), randomOf(seed + 1_000_000))
  const list = await disagreements(truth, answers, questions, { skip: ['n'] })
  const found = list.map(
    (each) =>
      `seed ${seed} ${each.asked}: ${each.what} oracle ${String(each.left)}, engine ${String(each.right)}${each.sql === undefined ? '' : `\n${each.sql}`}`,
  )
  if (!holds) return found
  const metrics = ORACLE_METRICS.filter((_, i) => i % ONE_METRIC_IN === seed % ONE_METRIC_IN)
  const properties = propertiesOf(metrics, seed).filter(({ id }) => /^I([1-6]|10|11|12|13|14|15)$/.test(id))
  const subject = { company, settings, load: oracle }
  const checked = async (by: typeof answers): Promise<string[]> => {
    const broken: string[] = []
    for (const { id, check } of properties) broken.push(...(await check({ ...subject, answers: by })).map((line) => `seed ${seed} ${id}: ${line}`))
    return broken
  }
  return [...found, ...(await checked(await foresee(answers, truth, checked)))]
}

describe.each(layoutKinds)('the engine and the oracle (%s)', (kind) => {
  let engine: Engine
  beforeAll(async () => {
    engine = await openEngine(kind)
  })
  afterAll(() => engine.close())

  it(`agree on every metric of ${ON_KIND[kind]} random companies, and the engine holds to what must always hold`, { timeout: 3_600_000 }, async () => {
    const found: string[] = []
    for (let i = 0; i < ON_KIND[kind]; i++)
      found.push(...(await differences(engine, randomCompany(firstOn(kind) + i), kind === layoutKinds[0] && i % ONE_HELD_IN === 0)))
    expect(found.slice(0, 40)).toEqual([])
  })
})
