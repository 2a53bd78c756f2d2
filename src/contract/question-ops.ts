import { z } from 'zod'
import { op } from './op.ts'
import { cohort, day, dimensionEntry, explanation, list, metricEntry, metricQuestion, part, question, result, rowPage, seconds, unit } from './question.ts'

const metricId = z.object({ id: z.string() })

export const questionOps = {
  listMetrics: op({ method: 'GET', path: '/api/v1/metrics', summary: 'The catalog of metrics', response: z.array(metricEntry) }),
  listDimensions: op({ method: 'GET', path: '/api/v1/dimensions', summary: 'Dimensions with the values they take', response: z.array(dimensionEntry) }),
  answer: op({
    method: 'GET',
    path: '/api/v1/answers',
    summary: 'Answers of metrics for a period or series, broken down and compared',
    query: question,
    response: z.object({ results: z.array(result), freshness: explanation.shape.freshness }),
  }),
  explain: op({
    method: 'GET',
    path: '/api/v1/metrics/{id}/explanation',
    summary: 'How one number came about',
    params: metricId,
    query: metricQuestion,
    response: explanation,
  }),
  listRows: op({
    method: 'GET',
    path: '/api/v1/metrics/{id}/rows',
    summary: 'The rows a number was made of',
    params: metricId,
    query: metricQuestion.extend({
      part,
      offset: z.coerce.number().int().min(0).default(0),
      limit: z.coerce.number().int().min(1).max(1000).default(100),
      sort: z.string().optional(),
    }),
    response: rowPage,
  }),
  metricSql: op({
    method: 'GET',
    path: '/api/v1/metrics/{id}/sql',
    summary: 'The SQL of a question, which runs as it stands in the fact store',
    params: metricId,
    query: metricQuestion,
    response: z.object({
      statements: z
        .array(
          z.object({
            metric: z.string(),
            name: z.string(),
            sql: z.string(),
            computed: z.boolean().describe('The value is computed of the sums that the query gives; otherwise it stands among them'),
          }),
        )
        .describe('One, or of a metric that is made of others one for each of these'),
    }),
  }),
  exportRows: op({
    method: 'GET',
    path: '/api/v1/metrics/{id}/rows.csv',
    summary: 'All rows a number was made of, as CSV',
    params: metricId,
    query: metricQuestion.extend({ part }),
    response: z.string(),
    produces: 'text/csv',
  }),
  cohorts: op({
    method: 'GET',
    path: '/api/v1/cohorts',
    summary: 'Retention of acquisition cohorts by age',
    query: z.object({
      from: day,
      until: day,
      grain: z.enum(['month', 'quarter', 'year']).default('month'),
      of: z.enum(['customers', 'mrr']).default('customers'),
      where: list,
      as_of: day.optional(),
      reported_on: z.string().optional(),
      seconds,
    }),
    response: z.object({
      grain: z.string(),
      of: z.string(),
      cohorts: z.array(cohort),
    }),
  }),
  metricCohorts: op({
    method: 'GET',
    path: '/api/v1/metrics/{id}/cohorts',
    summary: 'The cohorts of a metric by their age',
    params: metricId,
    query: metricQuestion
      .omit({ by: true, compare: true, interval: true, grain: true })
      .extend({ grain: z.enum(['month', 'quarter', 'year']).default('month') }),
    response: z.object({ unit: unit.extract(['months', 'days']).describe('Of the ages'), cohorts: z.array(cohort) }),
  }),
  movements: op({
    method: 'GET',
    path: '/api/v1/movements',
    summary: 'MRR movements, the largest first',
    query: metricQuestion.extend({
      kind: list,
      offset: z.coerce.number().int().min(0).default(0),
      limit: z.coerce.number().int().min(1).max(1000).default(50),
    }),
    response: rowPage,
  }),
  reconciliation: op({
    method: 'GET',
    path: '/api/v1/reconciliation',
    summary: 'Whether opening + movements = closing, for every account, month and currency',
    response: z.object({ checked_at: z.string().nullable(), checked: z.number(), breaks: rowPage }),
  }),
}
