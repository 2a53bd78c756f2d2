import { describe, expect, test } from 'vitest'
import { testEngineKinds } from '../engines/engines.ts'
import type { TestEngineKind } from '../engines/engines.ts'
import { disagreements, questionsFor } from '../invariants/agreement.ts'
import type { Asked } from '../invariants/agreement.ts'
import { lastStep } from '../oracle/company.ts'
import { ORACLE_METRICS, oracle } from '../oracle/oracle.ts'
import { randomCompany } from '../oracle/random-company.ts'
import { randomOf, shuffled } from '../oracle/random.ts'
import { variants } from '../oracle/variants.ts'
import { tell } from './told.ts'

const FIRST = Number(process.env['BINNACLE_FIRST_SEED'] ?? 1)
/** Six companies in a row hear every retelling between them. */
const ONE_IN = 6
/** One node by its URL tells what the private one does. */
const COMPANIES: Record<TestEngineKind, number> = { private: 1, url: 0, cluster: 1 }
const SEEDS = (kind: TestEngineKind): number[] => Array.from({ length: Number(process.env['BINNACLE_COMPANIES'] ?? COMPANIES[kind]) }, (_, i) => FIRST + i)
/** Each company is asked some of the questions, all metrics that fit at once. */
const QUESTIONS = 4

function some(all: readonly Asked[], seed: number): Asked[] {
  const groups = new Map<string, Asked[]>()
  for (const asked of all) {
    const key = JSON.stringify([asked.question, asked.by])
    groups.set(key, [...(groups.get(key) ?? []), asked])
  }
  return shuffled([...groups.values()], randomOf(seed))
    .slice(0, QUESTIONS)
    .flat()
}

const line = (each: { asked: string; what: string; left: unknown; right: unknown }) =>
  `${each.asked} ${each.what}: ${String(each.left)} and ${String(each.right)}`

describe.each(testEngineKinds.filter((kind) => SEEDS(kind).length > 0))('random companies told as files to engines of kind %s', (kind) => {
  test.each(SEEDS(kind))('company %i: the product agrees with the oracle, however it is told', { timeout: 900_000 }, async (seed) => {
    const { company, settings } = randomCompany(seed, { importable: true })
    const questions = some(questionsFor(ORACLE_METRICS, lastStep(company), randomOf(seed)), seed)
    const plain = await tell(kind, company, settings)
    const found: string[] = []
    try {
      found.push(...(await disagreements(oracle(company, settings), plain.answers, questions, { skip: ['n'] })).map((each) => `oracle, engine: ${line(each)}`))
      for (const [i, variant] of variants(company, randomOf(seed + 1)).entries()) {
        if ((i + seed) % ONE_IN !== 0) continue
        const told = await tell(kind, variant.company, settings, { order: (files) => shuffled(files, randomOf(seed + i)) })
        const moved = {
          metric: (id: string, question: Asked['question']) => told.answers.metric(id, variant.ask(question)),
          breakdown: (id: string, dimension: string, question: Asked['question']) => told.answers.breakdown(id, dimension, variant.ask(question)),
        }
        const asked = questions.filter(
          ({ metric, question }) =>
            (metric !== 'arpu' || !variant.name.startsWith('an account')) &&
            (question.reported_on === undefined || lastStep(variant.company) >= lastStep(company)),
        )
        try {
          found.push(...(await disagreements(plain.answers, moved, asked, { money: 0, ratio: 0 })).map((each) => `${variant.name}: ${line(each)}`))
        } finally {
          await told.close()
        }
      }
    } finally {
      await plain.close()
    }
    expect(found.slice(0, 30)).toEqual([])
  })
})
