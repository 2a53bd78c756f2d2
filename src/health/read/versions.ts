import type { FactDefinition } from '../../facts/fact.ts'
import { factTable } from '../../facts/fact.ts'
import type { FactStore } from '../../facts/store.ts'
import type { Settings } from '../../kernel/settings.ts'
import { emptySql, identifier, joinSql, param, sql, table, trusted } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { groupBy } from '../group.ts'
import type { Told } from '../known.ts'
import { tell } from './tell.ts'
import type { Undos, VersionRow } from './tell.ts'

const INSTANT = "DateTime64(6, 'UTC')"

/** What is read, and how what is read is understood. */
export interface Reading {
  readonly store: FactStore
  readonly settings: Settings
  /** Nothing recorded after this instant (ISO, UTC) is read. */
  readonly until: string
  readonly undos: Undos
}

/** Some accounts: those that count, each with all that are counted as it. */
export interface Chunk {
  readonly accounts: readonly string[]
  readonly countedAs: ReadonlyMap<string, string>
}

/** Rows of a kind by the account that they count for. */
export type ByAccount<T> = ReadonlyMap<string, readonly Told<T>[]>

/** The local day of a column of instants, as text. */
export const dayText = ({ settings }: Pick<Reading, 'settings'>, column: string): Sql =>
  sql`toString(toDate32(toTimeZone(${trusted(column)}, ${param('String', settings.time_zone)})))`

export const isRecorded = ({ until }: Pick<Reading, 'until'>): Sql => sql`recorded_at <= ${param(INSTANT, until)}`

/** The columns of a version that say whose it is and when it was told. Imports are named only where one was ever undone. */
export const toldColumns = (reading: Reading, fact: FactDefinition): Sql => sql`
  source, source_id, toString(recorded_at) AS told_at, ${dayText(reading, 'recorded_at')} AS recorded_on,
  ${fact.columns[fact.effective]?.type === 'date' ? sql`toString(${identifier(fact.effective)})` : dayText(reading, fact.effective)} AS effective_on,
  if(import_id IN (SELECT import_id FROM ${table('fact_undo')}), import_id, '') AS import_id, row_number, deleted`

export const inChunk = ({ countedAs }: Pick<Chunk, 'countedAs'>): Sql => sql`account_id IN ${param('Array(String)', [...countedAs.keys()])}`

/** All versions of facts of some accounts, in the order in which they were told. */
export function versionsOf(reading: Reading, chunk: Chunk, fact: FactDefinition, columns: readonly Sql[], where: Sql = emptySql): Sql {
  const rows = sql`SELECT account_id, ${toldColumns(reading, fact)}, ${joinSql(columns, ', ')}
    FROM ${table(factTable(fact))} WHERE ${inChunk(chunk)} AND ${isRecorded(reading)} ${where}`
  return sql`SELECT * FROM ${reading.store.shardLocal(rows)} ORDER BY told_at, row_number`
}

/** Imports that were ever undone. */
export async function readUndos(store: FactStore, settings: Settings, until: string): Promise<Undos> {
  const rows = await store.read<{ import_id: string; at: string; on: string; undone: number }>(sql`
    SELECT import_id, toString(recorded_at) AS at, ${dayText({ settings }, 'recorded_at')} AS on, undone
    FROM ${table('fact_undo')} FINAL WHERE ${isRecorded({ until })} ORDER BY fact_undo.recorded_at`)
  return groupBy(
    rows.map(({ undone, ...row }) => ({ ...row, undone: undone === 1 })),
    ({ import_id }) => import_id,
  )
}

/** Runs a query of versions; gives what they say by the account they count for. */
export async function readTold<R extends VersionRow, T>(
  { store, undos }: Reading,
  { countedAs }: Chunk,
  query: Sql,
  fact: (row: R) => T,
): Promise<ByAccount<T>> {
  const rows: R[] = []
  for await (const chunk of store.readChunks<R>(query, { maxSeconds: MOST_SECONDS })) for (const row of chunk) rows.push(row)
  const byAccount = groupBy(rows, ({ account_id }) => countedAs.get(account_id) ?? account_id)
  return new Map([...byAccount].map(([account, own]) => [account, tell(own, undos, fact)]))
}

const MOST_SECONDS = 600
