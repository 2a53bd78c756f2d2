import { AnswerCache } from '../books/answer-cache.ts'
import type { Asking } from '../books/ask.ts'
import { compute } from '../books/ask.ts'
import type { Books } from '../books/books.ts'
import { readBook } from '../books/read-book.ts'
import type { Day } from '../kernel/period.ts'
import { scopeKey } from '../metrics/kit/asker.ts'
import { USUAL_MODELS } from './models.ts'
import type { HealthModels } from './models.ts'
import type { Standing } from './standing/account-standing.ts'
import { modelsKey, readStanding } from './standing/read-standing.ts'
import type { KeptStanding } from './standing/read-standing.ts'

export type { AccountStanding, Standing } from './standing/account-standing.ts'

export interface StandingSources {
  readonly books: Books
  /** The models in force and their order. */
  readonly readModels?: () => Promise<HealthModels>
  /** The last day of which there are snapshots, as it was seen last: bands that are held and trends come from them. */
  readonly closedUntil?: () => Day | null
}

export interface Standings {
  /**
   * How all accounts stand at the present state of the books, kept until it is another. Throws what books throw:
   * `ledgers_missing`, `question_timeout`, `question_given_up`.
   */
  read(asking: Asking): Promise<Standing>
}

/** Scoring all accounts takes as long as many questions. */
const SECONDS = 120

/** Keeps how accounts stand, so that lists, pages and jobs share one reading of each state. */
export function openStandings({ books, readModels = async () => USUAL_MODELS, closedUntil = () => null }: StandingSources): Standings {
  const answers = new AnswerCache(2)
  const last = new Map<string, KeptStanding>()
  return {
    async read(asking) {
      const [open, models] = await Promise.all([readBook(books, asking), readModels()])
      const key = `${open.key}|${modelsKey(models)}|${closedUntil() ?? ''}`
      const scope = scopeKey(asking.asker)
      const read = async (unwanted: AbortSignal): Promise<Standing> => {
        const kept = await compute(
          books.lanes,
          open.book.store,
          (store, signal) =>
            readStanding(
              {
                open: { ...open, book: { ...open.book, store, signal } },
                models,
                key,
                factsChangedSince: (instant) => books.imports.factsChangedSince(instant),
              },
              last.get(scope) ?? null,
            ),
          { signal: unwanted, seconds: SECONDS },
        )
        last.set(scope, kept)
        return kept.standing
      }
      return answers.read(asking.asker, key, read, asking.signal)
    },
  }
}
