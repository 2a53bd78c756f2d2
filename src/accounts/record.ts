import type { Column, FactDefinition } from '../facts/fact.ts'
import { factTable } from '../facts/fact.ts'
import { FACTS } from '../facts/facts.ts'
import type { FactStore } from '../facts/store.ts'
import { usageEvent } from '../facts/usage-event.ts'
import { identifier, joinSql, param, sql, table } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import type { FactValue, Undo, Version } from './version.ts'

/** All that was ever told of one account, use apart: it is counted by days where it is looked at. */
export interface AccountRecord {
  /** In the order in which they were told. */
  readonly versions: readonly Version[]
  readonly undos: readonly Undo[]
  /** Kinds of which there are more than are read; the latest told are there. */
  readonly cut: readonly string[]
}

/** Versions of one kind that are read of one account, the latest told: a screen shows no more. */
const MOST = 5000

/** Facts that name an account, without those that come by the thousand. */
export const RECORDED: readonly FactDefinition[] = FACTS.filter((fact) => fact.columns.account_id !== undefined && fact !== usageEvent)

interface Row {
  readonly fact: string
  readonly source: string
  readonly source_id: string
  readonly recorded: string
  readonly import_id: string
  readonly row_number: string
  readonly deleted: number
  readonly cells: readonly string[]
}

const asInstant = (text: string): string => `${text.replace(' ', 'T')}Z`

const NUMBERS: ReadonlySet<Column['type']> = new Set(['number'])

function toValue({ type }: Column, cell: string): FactValue {
  if (cell === '') return null
  if (type === 'boolean') return cell === '1' || cell === 'true'
  if (NUMBERS.has(type)) return Number(cell)
  return type === 'instant' ? asInstant(cell) : cell
}

/** The latest versions of a kind, every cell as text. */
const versionsOf = (fact: FactDefinition, accounts: Sql): Sql => sql`
  SELECT ${param('String', fact.id)} AS fact, toString(source) AS source, source_id, toString(recorded_at) AS recorded, import_id,
    toString(row_number) AS row_number, deleted,
    [${joinSql(
      Object.keys(fact.columns).map((name) => sql`ifNull(toString(${identifier(name)}), '')`),
      ', ',
    )}] AS cells
  FROM ${table(factTable(fact))} WHERE account_id IN (${accounts}) ORDER BY recorded_at DESC, row_number DESC LIMIT ${param('UInt32', MOST + 1)}`

/** Reads all that was ever told of the accounts that are counted as one, by a subquery of their ids. */
export async function readRecord(store: FactStore, accounts: Sql): Promise<AccountRecord> {
  const byPlacement = (placement: FactDefinition['placement']): Sql[] =>
    RECORDED.filter((fact) => fact.placement === placement).map((fact) => sql`SELECT * FROM (${versionsOf(fact, accounts)})`)
  const here = joinSql(byPlacement('everywhere'), ' UNION ALL ')
  const onShards = store.shardLocal(joinSql(byPlacement('account'), ' UNION ALL '))
  const [rows, undos] = await Promise.all([
    store.read<Row>(sql`SELECT * FROM (SELECT * FROM ${onShards} UNION ALL ${here}) ORDER BY recorded, toUInt64(row_number)`),
    store.read<{ import_id: string; at: string; undone: number }>(
      sql`SELECT import_id, toString(recorded_at) AS at, undone FROM ${table('fact_undo')} FINAL ORDER BY fact_undo.recorded_at`,
    ),
  ])
  const facts = new Map(RECORDED.map((fact) => [fact.id, Object.entries(fact.columns)]))
  const counts = new Map<string, number>()
  for (const { fact } of rows) counts.set(fact, (counts.get(fact) ?? 0) + 1)
  return {
    versions: rows.map(({ fact, cells, recorded, deleted, ...row }) => ({
      ...row,
      fact,
      recorded_at: asInstant(recorded),
      deleted: deleted === 1,
      values: Object.fromEntries((facts.get(fact) ?? []).map(([name, column], i) => [name, toValue(column, cells[i] ?? '')])),
    })),
    undos: undos.map(({ import_id, at, undone }) => ({ import_id, at: asInstant(at), undone: undone === 1 })),
    cut: [...counts].filter(([, n]) => n > MOST).map(([fact]) => fact),
  }
}
