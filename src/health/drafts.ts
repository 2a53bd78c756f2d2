import { compute } from '../books/ask.ts'
import type { Asking } from '../books/ask.ts'
import type { Books } from '../books/books.ts'
import { readBook } from '../books/read-book.ts'
import { ownError, refuse } from '../kernel/errors.ts'
import { addDays } from '../kernel/period.ts'
import type { Day } from '../kernel/period.ts'
import type { Book } from '../metrics/kit/book.ts'
import type { FileFault } from './files/place.ts'
import { printOrder } from './files/print-model.ts'
import { readModel, readOrder } from './files/read-model.ts'
import type { KnownMetric } from './files/read-model.ts'
import { knownMetrics } from './known-metrics.ts'
import type { HealthModel } from './model.ts'
import { modelChanges } from './model-changes.ts'
import type { HealthVersions, MadeModel, MadeOrder } from './model-versions.ts'
import { checkSaved, readModelList, readModels, saveModel, saveOrder } from './model-versions.ts'
import type { ModelPlace } from './models.ts'
import { trialOf } from './trial.ts'
import type { Trial } from './trial.ts'
import { takePercentiles, tryModel } from './try-model.ts'
import type { TryableFleet } from './try-model.ts'

/** What drafts of models are checked, tried and saved with. */
export interface DraftNeeds {
  readonly books: Books
  readonly versions: HealthVersions
  readonly readFleet: (asking: Asking) => Promise<TryableFleet>
}

interface Checked {
  /** Empty where it can be saved. */
  readonly faults: readonly FileFault[]
  readonly model: HealthModel | null
  readonly changes: readonly string[]
  /** The one in force; null where there is no model of its id. */
  readonly present: MadeModel | null
}

const todayOf = ({ knownUntil }: Book): Day => addDays(knownUntil, -1)

const faultsOf = (error: unknown): FileFault[] => {
  const own = ownError(error)
  if (own === null || own.status >= 500) throw error
  const { faults } = own.details
  return Array.isArray(faults) ? (faults as FileFault[]) : [{ place: '', line: 1, message: own.message, cure: own.cure }]
}

export async function readMetrics(books: Books, asking: Asking): Promise<readonly KnownMetric[]> {
  return knownMetrics((await readBook(books, asking)).book.catalogue)
}

/** Reads a draft: every fault, and what it does otherwise than the version in force. */
export async function checkDraft({ books, versions }: DraftNeeds, asking: Asking, text: string): Promise<Checked & { metrics: readonly KnownMetric[] }> {
  const { book } = await readBook(books, asking)
  const metrics = knownMetrics(book.catalogue)
  try {
    const model = readModel(text, metrics)
    const { models } = await readModelList(versions)
    const present = models.find((each) => each.model.id === model.id) ?? null
    const changes = present === null ? [] : modelChanges(present.model, model, metrics)
    checkSaved(model, todayOf(book), 'draft')
    return { faults: [], model, changes, present, metrics }
  } catch (error) {
    return { faults: faultsOf(error), model: null, changes: [], present: null, metrics }
  }
}

/** Scores all customers of today by a draft, and by the models in force. Throws `bad_health_file`. */
export async function tryDraft(needs: DraftNeeds, asking: Asking, text: string): Promise<Trial & { readonly day: Day; readonly currency: string }> {
  const { books, versions } = needs
  const { book } = await readBook(books, asking)
  const draft = readModel(text, knownMetrics(book.catalogue))
  const [fleet, models] = await Promise.all([needs.readFleet(asking), readModels(versions)])
  const tried = await compute(
    books.lanes,
    book.store,
    async (store, signal) => {
      const open = { ...book, store, signal }
      return tryModel(open, fleet, models, await takePercentiles(open, fleet, draft))
    },
    asking,
  )
  return { ...trialOf(tried), day: fleet.day, currency: book.settings.reporting_currency }
}

/** Saves a draft with its percentiles taken. Throws `bad_health_file`, `bad_health_model`, `no_reason`, `changed_meanwhile`. */
export async function saveDraft(
  needs: DraftNeeds,
  asking: Asking,
  { id, text, reason }: { readonly id: string; readonly text: string; readonly reason: string },
): Promise<MadeModel & { readonly made: boolean; readonly changes: readonly string[] }> {
  const { books, versions } = needs
  const { book } = await readBook(books, asking)
  const metrics = knownMetrics(book.catalogue)
  const draft = readModel(text, metrics)
  if (draft.id !== id)
    throw refuse('bad_health_model', `The text is of the model "${draft.id}", not "${id}".`, `Write model: ${id}, or save it under its own id.`)
  const model = await takePercentiles(book, await needs.readFleet(asking), draft)
  checkSaved(model, todayOf(book))
  const present = (await readModelList(versions)).models.find((each) => each.model.id === id) ?? null
  const saved = await saveModel(versions, model, { clock: books.clock, author: asking.asker.name, reason })
  return { ...saved, made: saved.version !== present?.version, changes: present === null ? [] : modelChanges(present.model, model, metrics) }
}

/** Reads a draft of the order. `coming`: models that are about to be saved. */
export async function checkOrderText(
  { versions }: Pick<DraftNeeds, 'versions'>,
  text: string,
  coming: readonly string[],
): Promise<{ readonly faults: readonly FileFault[]; readonly text: string | null; readonly same: boolean }> {
  const { models, order } = await readModelList(versions)
  try {
    const printed = printOrder(readOrder(text, [...new Set([...models.map(({ model }) => model.id), ...coming])]))
    return { faults: [], text: printed, same: printed === printOrder(order.order) }
  } catch (error) {
    return { faults: faultsOf(error), text: null, same: false }
  }
}

/** Saves the order, which holds from then on. Throws `bad_health_file`, `no_reason`, `changed_meanwhile`. */
export async function saveOrderText(
  { books, versions }: Pick<DraftNeeds, 'books' | 'versions'>,
  asking: Asking,
  { order, reason }: { readonly order: string | readonly ModelPlace[]; readonly reason: string },
): Promise<MadeOrder & { readonly made: boolean }> {
  const { models, order: present } = await readModelList(versions)
  // What was put together is read like what was written: it is checked in one place.
  const read = readOrder(
    typeof order === 'string' ? order : printOrder(order),
    models.map(({ model }) => model.id),
  )
  const saved = await saveOrder(versions, read, { clock: books.clock, author: asking.asker.name, reason })
  return { ...saved, made: saved.version !== present.version }
}
