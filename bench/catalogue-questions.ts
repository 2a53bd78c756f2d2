import * as hand from './catalogue-by-hand.ts'
import * as postgres from './catalogue-in-postgres.ts'
import { answers, collect, key, question, rowNumbers } from './questions.ts'
import type { Answer, Question } from './questions.ts'

/** Beside the value of 28 days there are those of 7 and of 1 in the same record. */
const userRows = rowNumbers((row) => [
  ['active_users', Number(row.users)],
  ['stickiness', Number(row.stickiness)],
  ['weekly', Number(row.weekly)],
  ['daily', Number(row.daily)],
])

const fromUsers: Question['fromProduct'] = (body, { boundaries }) =>
  collect(
    (body as Answer).results.flatMap(({ metric, period, dims, value, parts }) => {
      const at = (name: string) => key(name, dims.segment ?? '', boundaries.indexOf(period.from) + 1)
      const beside = [[at('weekly'), parts.weekly ?? 0] as const, [at('daily'), parts.daily ?? 0] as const]
      return [[at(metric), value ?? 0] as const, ...(metric === 'active_users' ? beside : [])]
    }),
  )

const METRICS = ['active_users', 'stickiness']
const users = (says: string, by: readonly string[], sql: Pick<Question, 'clickhouse' | 'postgres'>): Question => ({
  says,
  path: answers(METRICS, by),
  fromProduct: fromUsers,
  fromRows: userRows,
  ...sql,
})

const bySegment = (says: string, metric: string, column: string, sql: Pick<Question, 'clickhouse' | 'postgres'>): Question =>
  question(
    says,
    [metric],
    ['segment'],
    rowNumbers((row) => [[metric, Number(row[column])]]),
    sql,
  )

/** Distinct users of windows: what reads most rows. */
export const USERS: readonly Question[] = [
  users('users of 28, 7 and 1 days and stickiness, 24 months', [], { clickhouse: hand.users, postgres: postgres.users }),
  users('the same by segment', ['segment'], { clickhouse: hand.usersBySegment, postgres: postgres.usersBySegment }),
]

/** What weighs most of each level beside the financial one, and what is asked most. */
export const CATALOGUE: readonly Question[] = [
  ...USERS,
  bySegment('feature adoption by segment', 'feature_adoption_rate', 'adoption', { clickhouse: hand.adoptionBySegment, postgres: postgres.adoptionBySegment }),
  bySegment('NPS by segment', 'nps', 'nps', { clickhouse: hand.npsBySegment, postgres: postgres.npsBySegment }),
  bySegment('CSAT by segment', 'csat', 'csat', { clickhouse: hand.csatBySegment, postgres: postgres.csatBySegment }),
  bySegment('median full resolution time by segment', 'full_resolution_time', 'hours', {
    clickhouse: hand.resolutionBySegment,
    postgres: postgres.resolutionBySegment,
  }),
  bySegment('reopen rate by segment', 'reopen_rate', 'rate', { clickhouse: hand.reopenBySegment, postgres: postgres.reopenBySegment }),
]
