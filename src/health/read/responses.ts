import { factTable } from '../../facts/fact.ts'
import { surveyResponse } from '../../facts/survey-response.ts'
import { sql, table } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { RESPONSE } from '../../ledgers/survey-responses.ts'
import { ON_SCALE, SCALE } from '../../metrics/rows/survey-responses.ts'
import type { SurveyResponse } from '../account-facts.ts'
import type { VersionRow } from './tell.ts'
import type { ByAccount, Chunk, Reading } from './versions.ts'
import { inChunk, isRecorded, readTold, toldColumns } from './versions.ts'

interface Row extends VersionRow {
  readonly response: string
  readonly asks: string
  readonly contact_id: string
  readonly points: number
  readonly least: number
  readonly most: number
}

const KINDS = ['nps', 'csat', 'ces'] as const

/** An answer to how much effort it took is turned round, so that more is better in all. */
function responseOf({ response, asks, effective_on, contact_id, points, least, most }: Row): SurveyResponse {
  const isTurned = asks === 'ces1'
  const kind = isTurned ? 'ces' : KINDS.find((each) => each === asks)
  if (kind === undefined) throw new Error(`an answer to a survey of the kind ${asks} was read`)
  return { id: response, kind, day: effective_on, contact: contact_id, score: isTurned ? least + most - points : points, scale: [least, most] }
}

/** Answers that lie on the scale of their survey, as it is described at the last instant that is read. */
export function readResponses(reading: Reading, chunk: Chunk, surveys: Sql): Promise<ByAccount<SurveyResponse>> {
  const rows = sql`
    SELECT account_id, source, source_id, told_at, effective_on, recorded_on, import_id, row_number, deleted OR NOT (${ON_SCALE}) AS deleted,
      response, kind AS asks, contact_id,
      toFloat64(score) AS points, toFloat64(lowest) AS least, toFloat64(highest) AS most
    FROM (
      SELECT a.*, ${SCALE}
      FROM (
        SELECT account_id, ${toldColumns(reading, surveyResponse)}, ${RESPONSE} AS response, toString(kind) AS given_kind,
          contact_id, survey_id, assumeNotNull(score) AS score
        FROM ${table(factTable(surveyResponse))} WHERE ${inChunk(chunk)} AND ${isRecorded(reading)} AND item = '' AND isNotNull(score)) AS a
      LEFT JOIN (${surveys}) AS s ON s.survey_id = a.survey_id)
    WHERE kind IN ('nps', 'csat', 'ces', 'ces1')`
  return readTold<Row, SurveyResponse>(reading, chunk, sql`SELECT * FROM ${reading.store.shardLocal(rows)} ORDER BY told_at, row_number`, responseOf)
}
