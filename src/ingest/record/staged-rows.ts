import type { FactDefinition } from '../../facts/fact.ts'
import { factTable, stagedTable } from '../../facts/fact.ts'
import type { FactStore } from '../../facts/store.ts'
import { emptySql, identifier, inRange, joinSql, param, rangesFrom, sql, table, trusted } from '../../kernel/sql.ts'
import type { Sql, TextRange } from '../../kernel/sql.ts'
import { UNKNOWN_INSTANT } from './identity.ts'

/** The staged rows that are meant: those of an import's files, each in its latest reading, of some identities. */
export interface StagedScope {
  readonly importId: string
  readonly stages: readonly string[]
  /** Those of them of which, of rows with one identity, the latest holds and not the last. */
  readonly latest: readonly string[]
  /** The instant that undated rows of histories speak of, ISO in UTC. */
  readonly at: string
  /** Of identities. */
  readonly range: TextRange
  /** Some identity is staged for several accounts, whose shards do not see each other's rows. */
  readonly contested: boolean
  /** Nothing of this fact is recorded yet, anywhere. */
  readonly first: boolean
  /** Set where an import is recorded once more: it is judged by what was known up to this instant, and adds only what is not there. */
  readonly knownUntil?: string
}

/** Identities that one statement works on: what bounds its memory, whatever the import's size. */
const ROWS_PER_RANGE = 200_000
const EVERYTHING: TextRange = { from: null, until: null }

export const hasIdentityIn = (range: TextRange): Sql => inRange(trusted('source_id'), range)

export const isStaged = (scope: StagedScope, range: TextRange = scope.range): Sql =>
  sql`import_id = ${param('String', scope.importId)} AND file_id IN ${param('Array(String)', scope.stages)} AND ${hasIdentityIn(range)}`

export const columnsOf = (fact: FactDefinition): string[] => Object.keys(fact.columns)
export const isKeptByAccount = (fact: FactDefinition): boolean => fact.placement === 'account'

/** Identities can come to other accounts, unless the account is part of all of them. */
export const canMove = (fact: FactDefinition): boolean => isKeptByAccount(fact) && !fact.identity.every((list) => list.includes('account_id'))

/** When it happened, for the files of which the latest row holds. */
const moment = (fact: FactDefinition, { latest }: StagedScope): Sql =>
  sql`if(file_id IN ${param('Array(String)', latest)},
    toFloat64(${fact.columns[fact.effective]?.type === 'date' ? sql`toInt32(${identifier(fact.effective)})` : sql`toUnixTimestamp64Milli(${identifier(fact.effective)})`}), 0)`

/** The order of rows with one identity: the last of it holds. */
const inOrder = (fact: FactDefinition, scope: StagedScope): Sql =>
  scope.latest.length === 0 ? trusted('(file_id, row_number)') : sql`(file_id, ${moment(fact, scope)}, row_number)`

/** For each staged identity the account it is staged for last, over all shards. */
export const lastAccounts = (store: FactStore, fact: FactDefinition, scope: StagedScope): Sql => sql`
  SELECT source_id, source, argMax(account_id, ${inOrder(fact, scope)}) AS last_account, argMax(file_id, ${inOrder(fact, scope)}) AS last_file,
    argMax(row_number, ${inOrder(fact, scope)}) AS last_row, uniqExact(account_id) AS accounts
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

/** Of each staged identity the row that stands last in the files. */
export function winners(store: FactStore, fact: FactDefinition, scope: StagedScope, undated: 0 | 1, where: Sql = emptySql): Sql {
  const columns = trusted([...columnsOf(fact), 'source_id', 'source', 'row_number', 'file_id', 'content_hash'].join(', '))
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

/**
 * Ranges of identities that together hold the rows of a table that meet a condition: what bounds the memory of what is done
 * with each. None when there are no rows; `check` is told how many there are.
 */
export async function rangesOf(store: FactStore, table: Sql, where: Sql, check: (rows: number) => void = () => undefined): Promise<TextRange[]> {
  const [found] = await store.read<{ rows: string }>(sql`SELECT count() AS rows FROM ${table} WHERE ${where}`, { maxSeconds: 600 })
  const rows = Number(found?.rows ?? 0)
  check(rows)
  if (rows === 0) return []
  const begins =
    rows <= ROWS_PER_RANGE
      ? []
      : await store.read<{ source_id: string }>(
          sql`
    SELECT DISTINCT source_id FROM (SELECT source_id, rowNumberInAllBlocks() AS n FROM (SELECT source_id FROM ${table} WHERE ${where} ORDER BY source_id))
    WHERE n > 0 AND n % ${param('UInt64', ROWS_PER_RANGE)} = 0 ORDER BY source_id`,
          { maxSeconds: 600 },
        )
  return rangesFrom(begins.map((row) => row.source_id))
}

/** The scopes that together hold an import's staged rows of a fact; none when there are none. `check` is told how many there are. */
export async function scopesOf(
  store: FactStore,
  fact: FactDefinition,
  importId: string,
  files: Pick<StagedScope, 'stages' | 'latest'>,
  at: string,
  check: (rows: number) => void,
): Promise<StagedScope[]> {
  const whole: StagedScope = { importId, ...files, at, range: EVERYTHING, contested: false, first: false }
  const table = store.everyShard(stagedTable(fact))
  const ranges = await rangesOf(store, table, isStaged(whole), check)
  if (ranges.length === 0) return []
  const [recorded] = await store.read<{ rows: string }>(sql`SELECT count() AS rows FROM ${store.everyShard(factTable(fact))}`)
  const scopes = ranges.map((range): StagedScope => ({ ...whole, range, first: Number(recorded?.rows ?? 0) === 0 }))
  if (store.shards === 1 || !canMove(fact)) return scopes
  return Promise.all(scopes.map(async (scope) => ({ ...scope, contested: await isContested(store, fact, scope) })))
}

async function isContested(store: FactStore, fact: FactDefinition, scope: StagedScope): Promise<boolean> {
  const [found] = await store.read<{ n: string }>(sql`SELECT countIf(accounts > 1) AS n FROM (${lastAccounts(store, fact, scope)})`)
  return Number(found?.n) > 0
}
