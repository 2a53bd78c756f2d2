import { factTable } from '../../facts/fact.ts'
import type { FactStore } from '../../facts/store.ts'
import { emptySql, param, sql, table, trusted } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { INSTANT, judgedDated, judgedUndated, keyOf, moved } from './judge.ts'
import type { Work } from './scopes.ts'
import { columnsOf, isKeptByAccount } from './staged-rows.ts'

/** The versions that are new or changed, as queries of the columns of the fact's table. */
function newVersions(store: FactStore, { fact, scope }: Work, recordedAt: string): Sql[] {
  const marked = (known: Sql): Sql => (fact.marksRevisions ? sql`, ${known}` : emptySql)
  const own = trusted(columnsOf(fact).join(', '))
  const version = sql`source, source_id, ${param(INSTANT, recordedAt)}, ${param('String', scope.importId)}`
  const key = trusted(keyOf(fact))
  const isNotThere = (deleted: Sql): Sql =>
    scope.knownUntil === undefined
      ? sql`1`
      : sql`(${key}, toUInt8(${deleted})) NOT IN (SELECT ${key}, deleted FROM ${table(factTable(fact))} WHERE import_id = ${param('String', scope.importId)})`
  const record = (judged: Sql, known: Sql, deleted: Sql): Sql =>
    sql`SELECT ${own}, ${version}, row_number, ${deleted} ${marked(known)} FROM (${judged}) WHERE judgement IN ('new', 'changed') AND ${isNotThere(deleted)}`
  return [
    ...(scope.moves ? [sql`SELECT ${own}, ${version}, last_row, 1 ${marked(sql`1`)} FROM (${moved(store, fact, scope)}) WHERE ${isNotThere(sql`1`)}`] : []),
    record(judgedDated(store, fact, scope), sql`known`, sql`deleted`),
    ...(fact.historyOf === undefined ? [] : [record(judgedUndated(store, fact, scope), sql`1`, sql`0`)]),
  ]
}

/** The statements that record what is new or changed, as of an instant. Repeating them adds nothing. */
export function insertStatements(store: FactStore, work: Work, recordedAt: string): Sql[] {
  const { fact } = work
  const revises = fact.marksRevisions ? ['revises'] : []
  const columns = trusted([...columnsOf(fact), 'source', 'source_id', 'recorded_at', 'import_id', 'row_number', 'deleted', ...revises].join(', '))
  return newVersions(store, work, recordedAt).map((rows) => sql`INSERT INTO ${table(factTable(fact))} (${columns}) ${rows}`)
}

/** How many versions `insertStatements` would add. */
export async function countNewVersions(store: FactStore, work: Work, recordedAt: string): Promise<number> {
  let sum = 0
  for (const rows of newVersions(store, work, recordedAt)) {
    const count = sql`SELECT count() AS n FROM (${rows})`
    const [found] = await store.read<{ n: string }>(sql`SELECT sum(n) AS n FROM ${isKeptByAccount(work.fact) ? store.shardLocal(count) : sql`(${count})`}`, {
      maxSeconds: 600,
    })
    sum += Number(found?.n ?? 0)
  }
  return sum
}
