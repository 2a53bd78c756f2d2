import { readPieces } from '../../facts/read-pieces.ts'
import { addDays } from '../../kernel/period.ts'
import { param, sql } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { scoredResponses } from '../../metrics/rows/survey-responses.ts'
import { WINDOWS } from '../readings.ts'
import { dayParam, days, ofWanted, plain } from './frame.ts'
import type { StandingFrame } from './frame.ts'
import type { RawAccounts } from './raw-account.ts'

/** On 0 to 10, more being better in all: who is asked how much effort it took gives the most for the worst. */
const TEN = sql`10 * if(kind = 'ces1', toFloat64(highest - score), toFloat64(score - lowest)) / toFloat64(highest - lowest)`

/** Responses up to the day that lie on a scale of which more or less is better. */
const scored = ({ book, day }: StandingFrame): Sql =>
  sql`SELECT * FROM (${scoredResponses(book)}) WHERE kind IN ('nps', 'csat', 'ces', 'ces1') AND day <= ${dayParam(day)}`

/** Whether anybody ever responded. */
export async function hasResponses(frame: StandingFrame): Promise<boolean> {
  const any = sql`SELECT 1 AS one FROM (${scored(frame)}) LIMIT 1`
  return (await frame.book.store.read(sql`SELECT one FROM ${frame.book.store.shardLocal(any)} LIMIT 1`)).length > 0
}

/** The latest response of each person in the window that ends with the account's newest one, put together by account. */
function respondedSql(frame: StandingFrame): Sql {
  const days = param('UInt16', WINDOWS.responses)
  const recent = sql`day > ${dayParam(addDays(frame.day, -WINDOWS.responses))}`
  return sql`
    SELECT account_id, max(newest) AS newest_day, countIf(${recent}) AS people, if(people = 0, 0, sumIf(ten, ${recent}) / people) AS mean, avg(ten) AS mean_then
    FROM (
      SELECT account_id, day, ten, newest
      FROM (
        SELECT account_id, day, answered_at, response, respondent, ${TEN} AS ten, max(day) OVER (PARTITION BY account_id) AS newest
        FROM (${scored(frame)}) WHERE 1${ofWanted(frame)})
      WHERE day > subtractDays(newest, ${days})
      ORDER BY account_id, respondent, answered_at DESC, response DESC LIMIT 1 BY account_id, respondent)
    GROUP BY account_id`
}

/** What the people of each account said. */
export async function readResponses(frame: StandingFrame, accounts: RawAccounts): Promise<void> {
  const rows = sql`SELECT * FROM ${frame.book.store.shardLocal(respondedSql(frame))}`
  for await (const piece of readPieces<string | number>(frame.book.store, rows, {
    ...plain('account_id', 'people', 'mean', 'mean_then'),
    ...days('newest_day'),
  }))
    piece['account_id']?.forEach((id, i) => {
      const account = accounts.of(String(id))
      if (account === null) return
      account.responded = {
        newest: String(piece['newest_day']?.[i]),
        n: Number(piece['people']?.[i]),
        mean: Number(piece['mean']?.[i]),
        mean_then: Number(piece['mean_then']?.[i]),
      }
    })
}
