import { describe, expect, test } from 'vitest'
import { layoutKinds } from '../engines/engines.ts'
import type { TestEngineKind } from '../engines/engines.ts'
import { FIRST_SEED, sizeOf } from '../engines/size.ts'
import { disagreements, questionsFor } from '../invariants/agreement.ts'
import type { Asked } from '../invariants/agreement.ts'
import { lastStep } from '../oracle/company.ts'
import type { Company } from '../oracle/company.ts'
import { ORACLE_METRICS, oracle } from '../oracle/oracle.ts'
import { randomCompany } from '../oracle/random-company.ts'
import { randomOf, shuffled } from '../oracle/random.ts'
import { variants } from '../oracle/variants.ts'
import { inManySteps } from './changing.ts'
import { differences, readLedgerRows, rebuiltRows } from './ledger-rows.ts'
import type { Product } from './product.ts'
import { tell } from './told.ts'
import type { Told } from './told.ts'

const seedsOf = (): number[] => Array.from({ length: sizeOf('RETOLD', 1, 24) }, (_, i) => FIRST_SEED + i)
/** Six companies in a row hear every retelling between them. */
const ONE_RETELLING_IN = 6
/** Of the steps of a company so many are compared, the first ones and then some: what is wrong stays wrong. */
const ONE_STEP_IN = 4
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

async function refreshedOtherwise({ stores }: Product, when: string): Promise<string[]> {
  const present = await stores.workspace.readLedgerState()
  return differences(await readLedgerRows(stores, present), await rebuiltRows(stores)).map((found) => `${when}: ${found}`)
}

/** What answers otherwise when the same is told in another way. */
async function toldOtherwise(kind: TestEngineKind, company: Company, plain: Told, questions: readonly Asked[], seed: number): Promise<string[]> {
  const found: string[] = []
  for (const [i, variant] of variants(company, randomOf(seed + 1)).entries()) {
    if ((i + seed) % ONE_RETELLING_IN !== 0) continue
    const told = await tell(kind, variant.company, plain.settings, { order: (files) => shuffled(files, randomOf(seed + i)) })
    const moved = {
      metric: (id: string, question: Asked['question']) => told.answers.metric(id, variant.ask(question)),
      breakdown: (id: string, dimension: string, question: Asked['question']) => told.answers.breakdown(id, dimension, variant.ask(question)),
    }
    const asked = questions.filter(
      ({ metric, question }) =>
        (metric !== 'arpu' || !variant.name.startsWith('an account')) && (question.reported_on === undefined || lastStep(variant.company) >= lastStep(company)),
    )
    try {
      found.push(...(await disagreements(plain.answers, moved, asked, { money: 0, ratio: 0 })).map((each) => `${variant.name}: ${line(each)}`))
    } finally {
      await told.close()
    }
  }
  return found
}

/** One company, told once, of which three things are held: what refreshing comes to, what the oracle says, and that it may be told otherwise. */
describe.each(layoutKinds)('random companies told as files to engines of kind %s', (kind) => {
  test.each(seedsOf())(
    'company %i: refreshed as rebuilt after every import and undo, answered as by the oracle, however it is told',
    async (seed) => {
      const { company: drawn, settings } = randomCompany(seed, { importable: true })
      const company = inManySteps(drawn, seed)
      const questions = some(questionsFor(ORACLE_METRICS, lastStep(company), randomOf(seed)), seed)
      const found: string[] = []
      const deltas: number[] = []
      const plain = await tell(kind, company, settings, {
        afterStep: async (product, step) => {
          if (step < 2 || step % ONE_STEP_IN === seed % ONE_STEP_IN) found.push(...(await refreshedOtherwise(product, `step ${step}`)))
          deltas.push((await product.stores.workspace.readLedgerState()).ledgers.mrr_movement?.delta ?? 0)
        },
      })
      try {
        found.push(...(await refreshedOtherwise(plain, 'at the end')))
        found.push(
          ...(await disagreements(oracle(company, settings), plain.answers, questions, { skip: ['n'] })).map((each) => `oracle, engine: ${line(each)}`),
        )
        found.push(...(await toldOtherwise(kind, company, plain, questions, seed)))
      } finally {
        await plain.close()
      }
      expect(found.slice(0, 30)).toEqual([])
      // Of two accounts one is half of all: a company so small is derived whole.
      if (company.account.length > 3) expect(deltas.filter((delta) => delta > 0).length).toBeGreaterThan(1)
    },
    900_000,
  )
})
