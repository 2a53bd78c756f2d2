import { systemClock } from '../../src/kernel/clock.ts'
import type { Rules } from '../oracle/book.ts'
import type { TestEngineKind } from '../engines/engines.ts'
import { engineAnswers, together } from '../invariants/engine-answers.ts'
import type { Answers } from '../oracle/answer.ts'
import type { Company } from '../oracle/company.ts'
import { stepsOf } from '../oracle/files.ts'
import { ORACLE_METRICS } from '../oracle/oracle.ts'
import { openProduct } from './product.ts'
import type { NamedFile, Product } from './product.ts'

/** A company that was told to the product import by import, as files, with its undos between them. */
export interface Told extends Product {
  readonly settings: Rules
  /** The instant at which a step, an import or undo, was recorded. */
  instantOf(step: number): string
  readonly answers: Answers
}

export interface Telling {
  /** In which order the files of one import are sent. */
  readonly order?: (files: readonly NamedFile[]) => NamedFile[]
  /** Called after each import or undo. */
  readonly afterStep?: (product: Product, step: number) => Promise<void>
}

export async function tell(kind: TestEngineKind, company: Company, settings: Rules, { order = (files) => [...files], afterStep }: Telling = {}): Promise<Told> {
  const product = await openProduct(kind, settings, systemClock)
  const { client } = product
  const ids = new Map<number, string>()
  const instants = new Map<number, string>()
  for (const step of stepsOf(company)) {
    if ('files' in step) {
      const { id, committed_at } = await product.importFiles(order(step.files))
      ids.set(step.step, id)
      instants.set(step.step, committed_at ?? '')
    } else {
      const { undone_at } = await client.undoImport({ params: { id: ids.get(step.undo) ?? '' } })
      instants.set(step.step, undone_at ?? '')
    }
    await afterStep?.(product, step.step)
  }
  /** A step that brought nothing is the one before it. */
  const instantOf = (step: number): string => instants.get(Math.max(...[...instants.keys()].filter((done) => done <= step))) ?? ''
  const answers = together(
    engineAnswers(async (query) => (await client.answer({ query })).results, instantOf),
    ORACLE_METRICS,
  )
  return { ...product, settings, instantOf, answers }
}
