import type { FactDefinition } from '../../facts/fact.ts'
import { stagedTable } from '../../facts/fact.ts'
import type { FactStore } from '../../facts/store.ts'
import { emptySql, identifier, inRange, joinSql, param, sql, table, trusted } from '../../kernel/sql.ts'
import type { Sql, TextRange } from '../../kernel/sql.ts'
import { UNKNOWN_INSTANT } from './identity.ts'

/** The staged rows that are meant: those of a batch's stages, of some identities. */
export interface StagedScope {
  readonly importId: string
  readonly stages: readonly string[]
  /** Stages in which, among rows with one identity, the latest in time holds and not the last one in the file. */
  readonly latest: readonly string[]
  /** The instant that undated rows of histories speak of, ISO in UTC. */
  readonly at: string
  /** Of identities. */
  readonly range: TextRange
  /** Some identity is staged for several accounts, whose shards do not see each other's rows. */
  readonly contested: boolean
  /** Nothing of this fact is recorded yet, anywhere. */
  readonly first: boolean
  /** Some identity may stand recorded under another account than it is staged for. */
  readonly moves: boolean
  /** The batch is so small that what is asked of several kinds is asked at once. */
  readonly small: boolean
  /** Set where a batch is recorded once more: it is judged by what was known up to this instant, and adds only what is not there. */
  readonly knownUntil?: string
}

export const EVERYTHING: TextRange = { from: null, until: null }

export const hasIdentityIn = (range: TextRange): Sql => inRange(trusted('source_id'), range)

export const isStaged = (scope: StagedScope, range: TextRange = scope.range): Sql =>
  sql`import_id = ${param('String', scope.importId)} AND file_id IN ${param('Array(String)', scope.stages)} AND ${hasIdentityIn(range)}`

export const columnsOf = (fact: FactDefinition): string[] => Object.keys(fact.columns)
export const isKeptByAccount = (fact: FactDefinition): boolean => fact.placement === 'account'

/** Identities can come to other accounts, unless the account is part of all of them. */
export const canMove = (fact: FactDefinition): boolean => isKeptByAccount(fact) && !fact.identity.every((list) => list.includes('account_id'))

/** When the fact of a row took effect, for stages in which the latest row in time holds. */
function moment(fact: FactDefinition, { latest }: StagedScope): Sql {
  const effective = identifier(fact.effective)
  const at = fact.columns[fact.effective]?.type === 'date' ? sql`toInt32(${effective})` : sql`toUnixTimestamp64Milli(${effective})`
  return sql`if(file_id IN ${param('Array(String)', latest)}, toFloat64(${at}), 0)`
}

/** The order of rows with one identity: the last of it holds. */
const inOrder = (fact: FactDefinition, scope: StagedScope): Sql =>
  scope.latest.length === 0 ? trusted('(file_id, row_number)') : sql`(file_id, ${moment(fact, scope)}, row_number)`

/** For each staged identity the account it is staged for last, over all shards. */
export const lastAccounts = (store: FactStore, fact: FactDefinition, scope: StagedScope): Sql => sql`
  SELECT source_id, source, argMax(account_id, ${inOrder(fact, scope)}) AS last_account, argMax(file_id, ${inOrder(fact, scope)}) AS last_file,
    argMax(row_number, ${inOrder(fact, scope)}) AS last_row, argMax(deleted, ${inOrder(fact, scope)}) AS last_deleted,
    uniqExact(account_id) AS accounts
  FROM ${store.everyShard(stagedTable(fact))} WHERE ${isStaged(scope)} GROUP BY source_id, source`

/**
 * The staged rows of a history. Undated ones say what holds now, unless dated ones of the same thing stand in the same file:
 * that is a history with an open beginning, so they hold since always (C28).
 */
function ofHistory(fact: FactDefinition, scope: StagedScope): Sql {
  const thing = trusted([...(fact.historyOf ?? []), 'source', 'file_id'].join(', '))
  const staged = table(stagedTable(fact))
  const everywhere = { ...scope, range: EVERYTHING }
  const opens = sql`s.undated = 1 AND (${thing}) IN (SELECT ${thing} FROM ${staged} WHERE ${isStaged(everywhere)} AND undated = 0)`
  return sql`(SELECT * EXCEPT (source_id, undated), content_hash,
    if(${opens}, concat(s.source_id, ${param('String', UNKNOWN_INSTANT)}), s.source_id) AS source_id, s.undated = 1 AND NOT (${opens}) AS undated
    FROM ${staged} AS s WHERE ${joinSql([isStaged(everywhere), inRange(trusted('s.source_id'), scope.range)], ' AND ')})`
}

/** Of each staged identity the row that stands last. */
export function winners(store: FactStore, fact: FactDefinition, scope: StagedScope, undated: 0 | 1, where: Sql = emptySql): Sql {
  const columns = trusted([...columnsOf(fact), 'source_id', 'source', 'row_number', 'file_id', 'content_hash', 'deleted'].join(', '))
  const rivals = scope.contested
    ? sql`AND (source_id, source, account_id) NOT IN (
        SELECT source_id, source, account_id FROM ${store.everyShard(stagedTable(fact))} AS s
        INNER JOIN (SELECT source_id, source, last_account FROM (${lastAccounts(store, fact, scope)}) WHERE accounts > 1) AS l USING (source_id, source)
        WHERE ${isStaged(scope)} AND account_id != last_account)`
    : emptySql
  const rows =
    fact.historyOf === undefined
      ? sql`${table(stagedTable(fact))} WHERE ${isStaged(scope)}`
      : sql`${ofHistory(fact, scope)} WHERE ${trusted(`undated = ${undated}`)}`
  return sql`SELECT ${columns} FROM ${rows} ${rivals} ${where}
    ORDER BY source_id DESC, source DESC, file_id DESC, ${scope.latest.length === 0 ? emptySql : sql`${moment(fact, scope)} DESC,`} row_number DESC
      LIMIT 1 BY source_id, source`
}
