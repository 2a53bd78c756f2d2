import { currentFacts, undoneImports } from '../../facts/current.ts'
import type { FactDefinition } from '../../facts/fact.ts'
import { factTable, stagedTable } from '../../facts/fact.ts'
import type { FactStore } from '../../facts/store.ts'
import { emptySql, identifier, param, sql, table, trusted } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { canMove, columnsOf, hasIdentityIn, isKeptByAccount, isStaged, lastAccounts, winners } from './staged-rows.ts'
import type { StagedScope } from './staged-rows.ts'
import type { FactCounts } from '../files/types.ts'

const INSTANT = "DateTime64(6, 'UTC')"

/** What one version belongs to: src/facts/current.ts says why the account is part of it. */
const keyOf = (fact: FactDefinition): string => (isKeptByAccount(fact) ? 'account_id, source_id, source' : 'source_id, source')

const wasKnown = ({ knownUntil }: StagedScope): Sql => (knownUntil === undefined ? emptySql : sql`AND recorded_at <= ${param(INSTANT, knownUntil)}`)

/** Staged rows that count with what they would be: `judgement` new, changed or same; `known`: another version of it counts. */
function judgedDated(store: FactStore, fact: FactDefinition, scope: StagedScope): Sql {
  const rows = winners(store, fact, scope, 0)
  if (scope.first) return sql`SELECT *, 0 AS known, 'new' AS judgement FROM (${rows})`
  const key = trusted(keyOf(fact))
  // Of a history the identities are those that its rows are given, which may lie outside the range of those they came with.
  const isHistory = fact.historyOf !== undefined
  const staged = isHistory ? sql`(${rows})` : sql`${table(stagedTable(fact))} WHERE ${isStaged(scope)}`
  const narrowed = (name: string): Sql => sql`${identifier(name)} IN (SELECT ${identifier(name)} FROM ${staged})`
  return sql`
    SELECT w.*, known, multiIf(known = 0 OR gone = 1, 'new', hash = content_hash, 'same', 'changed') AS judgement
    FROM (${rows}) AS w
    LEFT ANY JOIN (
      SELECT ${key}, 1 AS known, argMax(content_hash, recorded_at) AS hash, argMax(deleted, recorded_at) AS gone
      FROM ${table(factTable(fact))}
      WHERE ${isHistory ? trusted('1') : hasIdentityIn(scope.range)} AND import_id NOT IN (${undoneImports(scope.knownUntil)}) ${wasKnown(scope)} AND ${narrowed('source_id')} ${isKeptByAccount(fact) ? sql`AND ${narrowed('account_id')}` : emptySql}
      GROUP BY ${key}
    ) AS v USING (${key})`
}

const isoText = (instant: Sql): Sql => sql`concat(replaceOne(toString(toDateTime64(${instant}, 3, 'UTC')), ' ', 'T'), 'Z')`

/**
 * Undated rows of a history whose file dates none of the same thing: what holds now. The first of its thing holds since
 * always, one that differs from what held before from the import on; an empty first one says nothing. Columns and
 * `judgement` as for dated rows, dated.
 */
function judgedUndated(store: FactStore, fact: FactDefinition, scope: StagedScope): Sql {
  const things = fact.historyOf ?? []
  const values = columnsOf(fact).filter((name) => name !== fact.effective && !things.includes(name))
  const hash = trusted(`cityHash64(${values.map((name) => `ifNull(toString(${name}), '\\x1e')`).join(", '\\x1f', ")})`)
  const says = trusted(values.map((name) => `ifNull(toString(${name}), '') != ''`).join(' OR '))
  const thing = trusted([...things, 'source'].join(', '))
  const effective = identifier(fact.effective)
  const at = param(INSTANT, scope.at)
  const kept = trusted(
    columnsOf(fact)
      .filter((name) => name !== fact.effective)
      .join(', '),
  )
  const begins = sql`if(held = 0, toDateTime64(0, 3, 'UTC'), toDateTime64(${at}, 3, 'UTC'))`
  const wanted = sql`(${thing}) IN (SELECT ${thing} FROM ${table(stagedTable(fact))} WHERE ${isStaged(scope)} AND undated = 1)`
  const datedBeside = winners(store, fact, { ...scope, range: { from: null, until: null } }, 0, sql`AND ${wanted}`)
  return sql`
    SELECT ${kept}, ${begins} AS ${effective}, concat(source_id, ${isoText(begins)}) AS source_id, source, row_number, file_id,
      multiIf(held = 0 AND NOT says, 'same', held = 0, 'new', latest = value_hash, 'same', 'changed') AS judgement
    FROM (SELECT ${kept}, source_id, source, row_number, file_id, ${hash} AS value_hash, (${says}) AS says FROM (${winners(store, fact, scope, 1)})) AS w
    LEFT ANY JOIN (
      SELECT ${thing}, 1 AS held, argMax(value, ${effective}) AS latest FROM (
        SELECT ${thing}, ${effective}, ${hash} AS value FROM (${currentFacts(fact, { where: wanted, reportedOn: scope.knownUntil })})
        UNION ALL
        SELECT ${thing}, ${effective}, ${hash} AS value FROM (${datedBeside})
      ) WHERE ${effective} <= ${at} GROUP BY ${thing}
    ) AS h USING (${thing})`
}

/** Facts of other accounts that the staged rows take over: a tombstone ends them there. */
function moved(store: FactStore, fact: FactDefinition, scope: StagedScope): Sql {
  const last = lastAccounts(store, fact, scope)
  return sql`
    SELECT f.*, last_file, last_row FROM (${currentFacts(fact, { where: sql`${hasIdentityIn(scope.range)} AND source_id IN (SELECT source_id FROM (${last}))`, reportedOn: scope.knownUntil })}) AS f
    INNER JOIN (${last}) AS l USING (source_id, source) WHERE account_id != last_account`
}

/** Whether any version stands under another account than the staged row of its identity: hardly ever, so it is asked first. */
async function mayMove(store: FactStore, fact: FactDefinition, scope: StagedScope): Promise<boolean> {
  if (scope.first || !canMove(fact)) return false
  const rows = (columns: Sql): Sql => sql`SELECT ${columns} FROM ${store.everyShard(stagedTable(fact))} WHERE ${isStaged(scope)}`
  const others = sql`SELECT source_id FROM ${table(factTable(fact))} WHERE ${hasIdentityIn(scope.range)}
    AND source_id IN (${rows(sql`source_id`)}) AND (source_id, account_id) NOT IN (${rows(sql`source_id, account_id`)}) LIMIT 1`
  return (await store.read(sql`SELECT source_id FROM ${store.shardLocal(others)}`, { maxSeconds: 600 })).length > 0
}

/** The versions that are new or changed, as queries of the columns of the fact's table. */
async function newVersions(store: FactStore, fact: FactDefinition, scope: StagedScope): Promise<Sql[]> {
  const marked = (known: Sql): Sql => (fact.marksRevisions ? sql`, ${known}` : emptySql)
  const own = trusted(columnsOf(fact).join(', '))
  const version = sql`source, source_id, ${param(INSTANT, scope.at)}, ${param('String', scope.importId)}`
  const key = trusted(keyOf(fact))
  const isNotThere = (deleted: 0 | 1): Sql =>
    scope.knownUntil === undefined
      ? trusted('1')
      : sql`(${key}) NOT IN (SELECT ${key} FROM ${table(factTable(fact))} WHERE import_id = ${param('String', scope.importId)} AND deleted = ${trusted(String(deleted))})`
  const record = (judged: Sql, known: Sql): Sql =>
    sql`SELECT ${own}, ${version}, row_number, 0 ${marked(known)} FROM (${judged}) WHERE judgement IN ('new', 'changed') AND ${isNotThere(0)}`
  return [
    ...((await mayMove(store, fact, scope))
      ? [sql`SELECT ${own}, ${version}, last_row, 1 ${marked(trusted('1'))} FROM (${moved(store, fact, scope)}) WHERE ${isNotThere(1)}`]
      : []),
    record(judgedDated(store, fact, scope), trusted('known')),
    ...(fact.historyOf === undefined ? [] : [record(judgedUndated(store, fact, scope), trusted('1'))]),
  ]
}

/** The statements that record what is new or changed. Repeating them adds nothing. */
export async function recordStatements(store: FactStore, fact: FactDefinition, scope: StagedScope): Promise<Sql[]> {
  const revises = fact.marksRevisions ? ['revises'] : []
  const columns = trusted([...columnsOf(fact), 'source', 'source_id', 'recorded_at', 'import_id', 'row_number', 'deleted', ...revises].join(', '))
  return (await newVersions(store, fact, scope)).map((rows) => sql`INSERT INTO ${table(factTable(fact))} (${columns}) ${rows}`)
}

/** How many versions `recordStatements` would add. */
export async function countNewVersions(store: FactStore, fact: FactDefinition, scope: StagedScope): Promise<number> {
  let sum = 0
  for (const rows of await newVersions(store, fact, scope)) {
    const count = sql`SELECT count() AS n FROM (${rows})`
    const [found] = await store.read<{ n: string }>(sql`SELECT sum(n) AS n FROM ${isKeptByAccount(fact) ? store.shardLocal(count) : sql`(${count})`}`, {
      maxSeconds: 600,
    })
    sum += Number(found?.n ?? 0)
  }
  return sum
}

interface Counted {
  file_id: string
  judgement: keyof FactCounts | 'all' | 'moved'
  n: string
}

/** Adds what the staged rows of each stage would change: the dry run. */
export async function classifyScope(store: FactStore, fact: FactDefinition, scope: StagedScope, counts: Map<string, FactCounts>): Promise<void> {
  const spread = (query: Sql): Sql => (isKeptByAccount(fact) ? store.shardLocal(query) : sql`(${query})`)
  const count = (judged: Sql): Sql => spread(sql`SELECT file_id, judgement, count() AS n FROM (${judged}) GROUP BY file_id, judgement`)
  const parts = [
    sql`SELECT file_id, 'all' AS judgement, n FROM ${spread(sql`SELECT file_id, count() AS n FROM ${table(stagedTable(fact))} WHERE ${isStaged(scope)} GROUP BY file_id`)}`,
    sql`SELECT file_id, judgement, n FROM ${count(judgedDated(store, fact, scope))}`,
    ...(fact.historyOf === undefined ? [] : [sql`SELECT file_id, judgement, n FROM ${count(judgedUndated(store, fact, scope))}`]),
    ...((await mayMove(store, fact, scope))
      ? [
          sql`SELECT file_id, 'moved' AS judgement, n FROM ${spread(sql`SELECT last_file AS file_id, count() AS n FROM (${moved(store, fact, scope)}) GROUP BY file_id`)}`,
        ]
      : []),
  ]
  for (const part of parts)
    for (const { file_id, judgement, n } of await store.read<Counted>(part, { maxSeconds: 600 })) {
      const entry = counts.get(file_id) ?? { fact: fact.id, new: 0, changed: 0, same: 0, repeated: 0 }
      counts.set(file_id, entry)
      if (judgement === 'all') entry.repeated += Number(n)
      else if (judgement === 'moved') [entry.new, entry.changed] = [entry.new - Number(n), entry.changed + Number(n)]
      else if (judgement === 'new' || judgement === 'changed' || judgement === 'same') {
        entry[judgement] += Number(n)
        entry.repeated -= Number(n)
      }
    }
}
