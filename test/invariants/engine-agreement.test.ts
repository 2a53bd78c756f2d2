import { afterAll, beforeAll, expect, it } from 'vitest'
import { ORACLE_METRICS, oracle } from '../oracle/oracle.ts'
import { randomCompany } from '../oracle/random-company.ts'
import { randomOf } from '../oracle/random.ts'
import { lastStep } from '../oracle/company.ts'
import type { Random } from '../oracle/random.ts'
import { disagreements, questionsFor } from './agreement.ts'
import type { Asked } from './agreement.ts'
import { openEngine } from './engine.ts'
import type { Engine } from './engine.ts'

const FIRST = Number(process.env['BINNACLE_FIRST_SEED'] ?? 1)
const QUESTIONS = Number(process.env['BINNACLE_QUESTIONS'] ?? 3)
const COMPANIES = Number(process.env['BINNACLE_COMPANIES'] ?? 3)

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

let engine: Engine
beforeAll(async () => {
  engine = await openEngine((process.env['KIND'] ?? 'private') as 'private')
})
afterAll(() => engine.close())

it(`the engine agrees with the oracle on every metric of ${COMPANIES} random companies`, { timeout: 3_600_000 }, async () => {
  const found: string[] = []
  for (let seed = FIRST; seed < FIRST + COMPANIES; seed++) {
    const { company, settings } = randomCompany(seed)
    const started = performance.now()
    const answers = await engine.load(company, settings)
    const loaded = performance.now()
    const questions = some(questionsFor(ORACLE_METRICS, lastStep(company), randomOf(seed)), randomOf(seed + 1_000_000))
    const list = await disagreements(oracle(company, settings), answers, questions, { skip: ['n'] })
    found.push(...list.map((each) => `seed ${seed} ${each.asked}: ${each.what} oracle ${String(each.left)}, engine ${String(each.right)}`))
    if (process.env['BINNACLE_VERBOSE']) console.log(seed, Math.round(loaded - started), Math.round(performance.now() - loaded), questions.length, list.length)
  }
  expect(found.slice(0, 40)).toEqual([])
})
