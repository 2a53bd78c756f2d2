import { currentFacts, undoneImports } from '../../facts/current.ts'
import type { FactDefinition } from '../../facts/fact.ts'
import { factTable, stagedTable } from '../../facts/fact.ts'
import type { FactStore } from '../../facts/store.ts'
import { emptySql, identifier, param, sql, table, trusted } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import { columnsOf, hasIdentityIn, isKeptByAccount, isStaged, lastAccounts, winners } from './staged-rows.ts'
import type { StagedScope } from './staged-rows.ts'

export const INSTANT = "DateTime64(6, 'UTC')"

/** What one version belongs to: src/facts/current.ts says why the account is part of it. */
export const keyOf = (fact: FactDefinition): string => (isKeptByAccount(fact) ? 'account_id, source_id, source' : 'source_id, source')

const wasKnown = ({ knownUntil }: StagedScope): Sql => (knownUntil === undefined ? emptySql : sql`AND recorded_at <= ${param(INSTANT, knownUntil)}`)

/** Staged rows that count with what they would be: `judgement` new, changed or same; `known`: another version of it counts. */
export function judgedDated(store: FactStore, fact: FactDefinition, scope: StagedScope): Sql {
  const rows = winners(store, fact, scope, 0)
  if (scope.first) return sql`SELECT *, 0 AS known, if(deleted = 1, 'same', 'new') AS judgement FROM (${rows})`
  const key = trusted(keyOf(fact))
  // Of a history the identities are those that its rows are given, which may lie outside the range of those they came with.
  const isHistory = fact.historyOf !== undefined
  const staged = isHistory ? sql`(${rows})` : sql`${table(stagedTable(fact))} WHERE ${isStaged(scope)}`
  const narrowed = (name: string): Sql => sql`${identifier(name)} IN (SELECT ${identifier(name)} FROM ${staged})`
  return sql`
    SELECT w.*, known, 
      multiIf(known = 0 OR gone = 1, if(w.deleted = 1, 'same', 'new'), hash = content_hash AND w.deleted = 0, 'same', 'changed') AS judgement
    FROM (${rows}) AS w
    LEFT ANY JOIN (
      SELECT ${key}, 1 AS known, argMax(content_hash, recorded_at) AS hash, argMax(deleted, recorded_at) AS gone
      FROM ${table(factTable(fact))}
      WHERE ${isHistory ? trusted('1') : hasIdentityIn(scope.range)} AND import_id NOT IN (${undoneImports(scope.knownUntil)})
        ${wasKnown(scope)} AND ${narrowed('source_id')} ${isKeptByAccount(fact) ? sql`AND ${narrowed('account_id')}` : emptySql}
      GROUP BY ${key}
    ) AS v USING (${key})`
}

const isoText = (instant: Sql): Sql => sql`concat(replaceOne(toString(toDateTime64(${instant}, 3, 'UTC')), ' ', 'T'), 'Z')`

/**
 * Undated rows of a history whose file dates none of the same thing: what holds now. The first of its thing holds since
 * always, one that differs from what held before from `scope.at` on; an empty first one says nothing. Columns and
 * `judgement` as for dated rows, dated.
 */
export function judgedUndated(store: FactStore, fact: FactDefinition, scope: StagedScope): Sql {
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
export function moved(store: FactStore, fact: FactDefinition, scope: StagedScope): Sql {
  const last = lastAccounts(store, fact, scope)
  return sql`
    SELECT f.*, last_file, last_row, last_deleted FROM (${currentFacts(fact, {
      where: sql`${hasIdentityIn(scope.range)} AND source_id IN (SELECT source_id FROM (${last}))`,
      reportedOn: scope.knownUntil,
    })}) AS f
    INNER JOIN (${last}) AS l USING (source_id, source) WHERE account_id != last_account`
}
