import { refuse } from '../kernel/errors.ts'
import { addMonths } from '../kernel/period.ts'
import { answer } from '../metrics/ask/answer.ts'
import { operandsOf } from '../metrics/ask/composed.ts'
import { metricsOf, readTree } from '../metrics/kit/north-star-tree.ts'
import { checkTree, residualsOf } from '../metrics/kit/north-star-value.ts'
import { compute } from './ask.ts'
import type { Asking } from './ask.ts'
import type { Books, MadeNorthStar, NorthStar } from './books.ts'
import { readBook } from './read-book.ts'
import { readNorthStar } from './workspace-catalogue.ts'

/**
 * Saves a new version of the North Star, which is in force from then on; the one in force makes none. Throws `bad_north_star`
 * for a tree that cannot be counted, `changed_meanwhile`.
 */
export async function changeNorthStar(books: Books, asking: Asking, text: string): Promise<NorthStar> {
  await checkNorthStar(books, asking, text)
  const [definition, present] = [text.trim(), await readNorthStar(books)]
  if (present.definition === definition) return present
  return books.northStars.append({ definition, made_at: books.clock.now().toISOString(), made_by: asking.asker.name })
}

/** Every version, the oldest first. */
export const listNorthStars = ({ northStars }: Books): Promise<MadeNorthStar[]> => northStars.readAll()

/** Full months in which sums are tried. */
const MONTHS = 12

/**
 * Throws `bad_north_star` when a tree is not one, names what cannot stand in it, or holds a sum that is not what its metric
 * says in one of the last full months.
 */
async function checkNorthStar(books: Books, asking: Asking, text: string): Promise<void> {
  const tree = readTree(text)
  const { book } = await readBook(books, asking)
  checkTree(tree, (id) => {
    const { name, unit, rollUp, composed } = book.catalogue.byId(id)
    return { name, unit, rollUp, composed: composed !== null }
  })
  const until = `${book.knownUntil.slice(0, 7)}-01`
  const asked = { from: addMonths(until, -MONTHS), until, grain: 'month' as const }
  const results = await compute(books.lanes, books.store, (store, running) => answer({ ...book, store, signal: running }, metricsOf(tree), asked), asking)
  for (const month of new Set(results.map(({ period }) => period.label))) {
    const [first, ...more] = residualsOf(
      tree,
      operandsOf(
        results.filter(({ period }) => period.label === month),
        book.catalogue,
        'now',
      ),
    )
    if (first !== undefined)
      throw refuse(
        'bad_north_star',
        `"${first.name}" does not add up: in ${month} its parts differ from its metric by ${first.residual.toFixed(2)}.`,
        'Mend the signs, add the part that is missing, or do not name a metric that it must add up to.',
        { residuals: [first, ...more] },
      )
  }
}
