import type { Asking } from '../books/ask.ts'
import { compute } from '../books/ask.ts'
import { AnswerCache } from '../books/answer-cache.ts'
import type { Books } from '../books/books.ts'
import { readBook } from '../books/read-book.ts'
import type { OpenBook } from '../books/read-book.ts'
import { addDays } from '../kernel/period.ts'
import { readMetricInputs } from './metric-inputs.ts'
import { metricsRead, modelName } from './model.ts'
import { USUAL_MODELS, modelFor, modelsOf } from './models.ts'
import type { HealthModels } from './models.ts'
import type { AccountStanding, Standing } from './standing/account-standing.ts'
import { judge } from './standing/judge.ts'
import { readModelAccounts } from './standing/read-model-accounts.ts'
import { readRaw } from './standing/read-raw.ts'

export type { AccountStanding, Standing } from './standing/account-standing.ts'

export interface StandingSources {
  readonly books: Books
  /** The models in force and their order. */
  readonly readModels?: () => Promise<HealthModels>
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

const keyOf = ({ order, models }: HealthModels): string => JSON.stringify([order, [...models.values()].map(modelName)])

async function standingOf({ book, state, key, freshness }: OpenBook, models: HealthModels): Promise<Standing> {
  const day = addDays(book.knownUntil, -1)
  const until = freshness.recorded_until
  const rows = new Map<string, AccountStanding>()
  if (until !== null) {
    const on = modelsOf(models, 'on')
    const [{ fleet, accounts }, metrics, accountOf] = [
      await readRaw({ book, day, known_by: day, until, only: null }),
      await readMetricInputs(book, on.flatMap(metricsRead), day),
      await readModelAccounts(book, models, day),
    ]
    const circumstances = { grace: Number(book.settings.renewal_grace_days), lost: [] }
    const judging = { day, fleet, circumstances, metricsOf: (account: string) => metrics.of(account) }
    for (const raw of accounts.values()) rows.set(raw.account_id, judge(raw, judging, modelFor(models, accountOf(raw.account_id))))
  }
  return { day, known_until: until, state: state.state, key, rows }
}

/** Keeps how accounts stand, so that lists, pages and jobs share one reading of each state. */
export function openStandings({ books, readModels = async () => USUAL_MODELS }: StandingSources): Standings {
  const kept = new AnswerCache(2)
  return {
    async read(asking) {
      const [open, models] = await Promise.all([readBook(books, asking), readModels()])
      const key = `${open.key}|${keyOf(models)}`
      const read = (unwanted: AbortSignal): Promise<Standing> =>
        compute(books.lanes, open.book.store, (store, signal) => standingOf({ ...open, key, book: { ...open.book, store, signal } }, models), {
          signal: unwanted,
          seconds: SECONDS,
        })
      return kept.read(asking.asker, key, read, asking.signal)
    },
  }
}
