import { survey } from '../facts/survey.ts'
import { sql } from '../kernel/sql.ts'
import { defineLedger } from './ledger.ts'

export const surveyLedger = defineLedger({
  id: 'survey',
  says: 'One row per survey that is listed.',
  isLookup: true,
  placement: 'everywhere',
  columns: {
    survey_id: { type: 'String', says: 'The survey' },
    name: { type: 'String', says: 'Display name' },
    kind: { type: 'LowCardinality(String)', says: 'nps, csat, ces, ces1 or csi' },
    relation: { type: 'LowCardinality(String)', says: 'relationship or transactional; empty where it is not said' },
    scale_min: { type: 'Nullable(Decimal(38, 6))', says: 'Lowest answer' },
    scale_max: { type: 'Nullable(Decimal(38, 6))', says: 'Highest answer' },
    threshold: { type: 'Nullable(Decimal(38, 6))', says: 'Lowest answer that is a good one' },
    touchpoint: { type: 'LowCardinality(String)', says: 'Where it is asked' },
  },
  orderBy: ['survey_id'],
  after: [],
  derive: ({ facts }) => sql`
    SELECT survey_id, name, kind, relation, scale_min, scale_max, threshold, touchpoint
    FROM (${facts(survey)}) ORDER BY recorded_at DESC, source LIMIT 1 BY survey_id`,
})
