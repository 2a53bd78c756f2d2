import { readPieces } from '../../facts/read-pieces.ts'
import type { FactStore } from '../../facts/store.ts'
import type { Day } from '../../kernel/period.ts'
import { addDays } from '../../kernel/period.ts'
import { joinSql, param, sql, table } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { SNAPSHOTS, TREND } from '../../ledgers/health-said.ts'
import { elementsOf } from '../../ledgers/tuple.ts'
import type { Band } from '../bands.ts'
import { healthTrend } from '../trend.ts'
import { dayParam, plain } from './frame.ts'

/** What the last snapshots say of an account. */
export interface Past {
  readonly held: Band | null
  readonly trend: number | null
  readonly score_before: number | null
}

/** What was said of all accounts up to a day. */
export interface Pasts {
  /** The day of the last snapshot; null where there is none. */
  readonly until: Day | null
  /** Whether some of it was replayed as if sources had been connected all along, which is optimistic. */
  readonly is_optimistic: boolean
  of(account: string): Past
}

/** Snapshots by which the past is told: as it was lived, else as it might have been. */
const MODES = ['lived', 'as_if_connected'] as const
const isTold = sql`mode IN ${param('Array(String)', MODES)}`

/** Days back to the snapshot that a score is compared with, and over which a band that was announced is looked for. */
const BACK = { before: 30, held: 7 } as const

export const NO_PAST: Past = { held: null, trend: null, score_before: null }

/** The day of the last snapshot before a day, and in which modes there are any. */
export async function readLastSnapshot(store: FactStore, today: Day): Promise<{ readonly last: Day | null; readonly modes: readonly string[] }> {
  const here = sql`SELECT toString(mode) AS mode, max(day) AS last FROM ${table(SNAPSHOTS)} WHERE ${isTold} AND day < ${dayParam(today)} GROUP BY mode`
  const rows = await store.read<{ mode: string; last: Day }>(
    sql`SELECT mode, toString(max(last)) AS last FROM ${store.shardLocal(here)} GROUP BY mode ORDER BY mode`,
  )
  const last = rows.reduce<Day | null>((newest, row) => (newest === null || row.last > newest ? row.last : newest), null)
  return { last, modes: rows.map(({ mode }) => mode) }
}

const said = elementsOf('said', ['score', 'held', 'is_held'])

/** Of each account and day the snapshot as it was lived, else the other: the score plus one, 0 standing for none. */
function saidSql(last: Day, weeks: readonly Day[], models: readonly string[]): Sql {
  const list = param('Array(Date32)', [...weeks, addDays(last, -BACK.before)])
  return sql`
    SELECT account_id, day, argMax((ifNull(score + 1, 0), toString(held), is_held), mode = 'lived') AS said
    FROM ${table(SNAPSHOTS)}
    WHERE ${isTold} AND (mode = 'lived' OR model IN ${param('Array(String)', models)})
      AND (day IN ${list} OR day BETWEEN ${dayParam(addDays(last, -BACK.held))} AND ${dayParam(last)})
    GROUP BY account_id, day`
}

/** Trends, the score of a month ago and the bands that are held, of all accounts, from the snapshots up to the last one. */
export async function readPasts(store: FactStore, last: Day | null, modes: readonly string[], models: readonly string[]): Promise<Pasts> {
  const found = new Map<string, Past>()
  const pasts: Pasts = { until: last, is_optimistic: modes.includes('as_if_connected'), of: (account) => found.get(account) ?? NO_PAST }
  if (last === null) return pasts
  const weeks = Array.from({ length: TREND.weeks }, (_, i) => addDays(last, 7 * (i + 1 - TREND.weeks)))
  const on = (day: Day): Sql => sql`maxIf(${said.score}, day = ${dayParam(day)})`
  const recent = sql`day >= ${dayParam(addDays(last, -BACK.held))}`
  const announced = sql`${recent} AND NOT ${said.is_held}`
  const rows = sql`
    SELECT account_id, [${joinSql(weeks.map(on), ', ')}] AS weekly, ${on(addDays(last, -BACK.before))} AS month_ago,
      if(countIf(${announced}) > 0, argMaxIf(${said.held}, day, ${announced}), argMaxIf(${said.held}, day, ${recent})) AS held
    FROM (${saidSql(last, weeks, models)}) GROUP BY account_id`
  const scoreOf = (shifted: number | undefined): number | null => (shifted === undefined || shifted === 0 ? null : shifted - 1)
  for await (const piece of readPieces<string | number | readonly number[]>(
    store,
    sql`SELECT * FROM ${store.shardLocal(rows)}`,
    plain('account_id', 'weekly', 'month_ago', 'held'),
  ))
    piece['account_id']?.forEach((id, i) => {
      const weekly = piece['weekly']?.[i] as readonly number[]
      const held = String(piece['held']?.[i])
      found.set(String(id), {
        held: held === '' ? null : (held as Band),
        trend: healthTrend(weekly.map(scoreOf)),
        score_before: scoreOf(Number(piece['month_ago']?.[i])),
      })
    })
  return pasts
}
