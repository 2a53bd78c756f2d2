import { overviewQuery, queryClient, type Overview } from './api.ts'
import { answerOf, type BookQuestion, queryOf } from './book-query.ts'
import { importQuery, importsQuery } from './pages/import/import-data.ts'
import { askOf, type Question } from './question.ts'
import { many, readQuestion, type Search } from './search.ts'
import { settingsQuery } from './setting-data.ts'
import { explanationOf, numberAsked } from './widgets/explanation.ts'
import { LEADING } from './widgets/leading-metrics.ts'
import { LEADING as LOOKED_AT_FIRST } from './widgets/metric-views.ts'

/** The page that a link leads to. */
interface Coming {
  readonly search: Search
  readonly id: string
}

/** Asks the books what the page will ask them, once it is known what they hold. */
function askBooks<T>(search: Search, questionOf: (question: Question) => BookQuestion<T>): void {
  const overview = queryClient.getQueryData<Overview>(overviewQuery.queryKey)
  if (overview === undefined || overview.empty) return
  void queryClient.prefetchQuery(queryOf(questionOf(readQuestion(search, overview)), overview.ledgers.state))
}

/** What each page shows first, fetched while the pointer or the focus still rests on the link to it. */
export const AHEAD = {
  board: ({ search }: Coming) => askBooks(search, (question) => answerOf({ option: [], ...askOf(question), by: [], metric: [...LEADING] })),
  metrics: ({ search }: Coming) => {
    void queryClient.prefetchQuery(settingsQuery)
    askBooks(search, (question) => answerOf({ metric: [...LOOKED_AT_FIRST], ...askOf(question), by: [], option: [] }))
  },
  metric: ({ search, id }: Coming) => askBooks(search, (question) => explanationOf(id, numberAsked(question, { metric: id, options: many(search.option) }))),
  imports: () => void queryClient.prefetchQuery(importsQuery),
  import: ({ id }: Coming) => void queryClient.prefetchQuery(importQuery(id)),
  settings: () => void queryClient.prefetchQuery(settingsQuery),
}
