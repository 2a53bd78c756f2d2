import type { Asking } from '../books/ask.ts'
import type { Books } from '../books/books.ts'
import { readBook } from '../books/read-book.ts'
import type { Day } from '../kernel/period.ts'
import type { Book } from '../metrics/kit/book.ts'
import { WHOLE_COMPANY } from '../metrics/kit/asker.ts'
import type { AccountFacts } from './account-facts.ts'
import { readMetricInputs } from './metric-inputs.ts'
import type { HealthModel } from './model.ts'
import { metricsRead } from './model.ts'
import type { HealthVersions } from './model-versions.ts'
import { readModels } from './model-versions.ts'
import { attributesAsked, modelFor, modelsOf } from './models.ts'
import type { MetricOperand } from './operand.ts'
import { operandKey } from './operand.ts'
import type { RawMetric } from './readings.ts'
import { readModelAccounts } from './standing/read-model-accounts.ts'

/** By what accounts are scored on a day. */
export interface ScoringOn {
  modelOf(facts: Pick<AccountFacts, 'account'>): HealthModel
  metricsOf(account: string): Readonly<Record<string, RawMetric>>
}

const ASKING: Asking = { asker: WHOLE_COMPANY, seconds: 600 }

/** The book of what was known at an instant: the present one where nothing was recorded since. */
async function bookKnown(books: Books, known: string): Promise<{ readonly book: Book; readonly reportedOn: string | undefined }> {
  const present = await readBook(books, ASKING)
  const { recorded_until } = present.freshness
  return recorded_until === null || recorded_until <= known
    ? { book: present.book, reportedOn: undefined }
    : { book: (await readBook(books, ASKING, known)).book, reportedOn: known }
}

/**
 * By what accounts were scored on a day as known at its close: the models that were in force then, and what their metrics said.
 * Books are read only where a model reads a metric or takes some accounts alone. `alsoRead`: metrics that something else asks for.
 */
export const scoringBy =
  (books: Books, versions: HealthVersions, alsoRead: (knownUntil: string) => Promise<readonly MetricOperand[]> = async () => []) =>
  async (day: Day, knownUntil: string): Promise<ScoringOn> => {
    const [models, others] = await Promise.all([readModels(versions, knownUntil), alsoRead(knownUntil)])
    const read = [...modelsOf(models, 'on').flatMap(metricsRead), ...others]
    const operands = [...new Map(read.map((operand) => [operandKey(operand), operand])).values()]
    const dimensions = attributesAsked(models)
    if (operands.length === 0 && dimensions.length === 0) {
      const model = modelFor(models, { attributes: {}, products: [] })
      return { modelOf: () => model, metricsOf: () => ({}) }
    }
    const { book, reportedOn } = await bookKnown(books, knownUntil)
    const [metrics, accountOf] = await Promise.all([readMetricInputs(book, operands, day, reportedOn), readModelAccounts(book, dimensions, day)])
    return { modelOf: ({ account }) => modelFor(models, accountOf(account)), metricsOf: (account) => metrics.of(account) }
  }
