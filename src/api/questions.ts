import { askAnswers, askCatalogue, askCohorts, askDimensions, askExplanation, askMetricCohorts, askMovements, askRows, askSql } from '../books/questions.ts'
import type { Contract } from '../contract/contract.ts'
import type { questionOps } from '../contract/question-ops.ts'
import { periodLabel } from '../kernel/period.ts'
import type { Cohort } from '../metrics/open/cohort-grid.ts'
import type { Handlers } from './handler.ts'
import type { ApiNeeds } from './needs.ts'
import { toQuestion } from './query.ts'

const named = (cohorts: readonly Cohort[]) => cohorts.map(({ period, ...cohort }) => ({ ...cohort, period: { ...period, label: periodLabel(period) } }))

export const questionHandlers = ({ books }: ApiNeeds): Pick<Handlers<Contract>, Exclude<keyof typeof questionOps, 'reconciliation' | 'exportRows'>> => ({
  listDimensions: (_, { asker, signal }) => askDimensions(books, { asker, signal }),
  listMetrics: (_, { asker, signal }) => askCatalogue(books, { asker, signal }),
  async answer({ query: { metric, ...query } }, { asker, signal }) {
    const { found, freshness } = await askAnswers(books, { asker, signal, seconds: query.seconds }, metric, toQuestion(query))
    return { results: found, freshness }
  },
  explain: ({ params, query }, { asker, signal }) => askExplanation(books, { asker, signal, seconds: query.seconds }, params.id, toQuestion(query)),
  listRows({ params, query: { part, offset, limit, sort, ...query } }, { asker, signal }) {
    return askRows(books, { asker, signal, seconds: query.seconds }, params.id, toQuestion(query), { part, offset, limit, sort })
  },
  async metricSql({ params, query }, { asker, signal }) {
    return { statements: await askSql(books, { asker, signal, seconds: query.seconds }, params.id, toQuestion(query)) }
  },
  async cohorts({ query: { of, seconds, ...asked } }, { asker, signal }) {
    return { grain: asked.grain, of, cohorts: named(await askCohorts(books, { asker, signal, seconds }, asked, of)) }
  },
  async metricCohorts({ params, query: { grain, ...query } }, { asker, signal }) {
    const asked = { ...toQuestion({ ...query, by: [] }), grain }
    const { unit, cohorts } = await askMetricCohorts(books, { asker, signal, seconds: query.seconds }, params.id, asked)
    return { unit, cohorts: named(cohorts) }
  },
  movements({ query: { kind, offset, limit, ...query } }, { asker, signal }) {
    return askMovements(books, { asker, signal, seconds: query.seconds }, toQuestion(query), { kinds: kind, offset, limit })
  },
})
