import { undoneImports } from '../../facts/current.ts'
import type { FactDefinition } from '../../facts/fact.ts'
import { factTable } from '../../facts/fact.ts'
import { FACTS } from '../../facts/facts.ts'
import type { Day } from '../../kernel/period.ts'
import { dayOf } from '../../kernel/period.ts'
import { identifier, joinSql, param, sql, table } from '../../kernel/sql.ts'
import type { Sql } from '../../kernel/sql.ts'
import type { Book } from '../../metrics/kit/book.ts'

/** Facts of one kind about one account that were recorded after a moment and are of before it. */
export interface Learnt {
  readonly account_id: string
  readonly fact: string
  readonly n: number
  /** Those that took something back. */
  readonly deleted: number
  readonly earliest: Day
  readonly latest: Day
}

/** The same of all accounts. */
export interface LearntKind extends Omit<Learnt, 'account_id'> {
  readonly accounts: number
}

const MOST = 200
const INSTANT = "DateTime64(6, 'UTC')"

/** Facts about accounts that say when they happened. */
const TOLD = FACTS.filter(({ columns }) => columns.account_id !== undefined)

function learntOf(fact: FactDefinition, { settings }: Pick<Book, 'settings'>, since: string, accounts: readonly string[] | null): Sql {
  const zone = param('String', settings.time_zone)
  const effective = identifier(fact.effective)
  const isDated = fact.columns[fact.effective]?.type === 'date'
  const day = isDated ? sql`toDate32(${effective})` : sql`toDate32(toTimeZone(${effective}, ${zone}))`
  const before = isDated ? sql`${effective} < ${param('Date32', dayOf(new Date(since), settings.time_zone))}` : sql`${effective} < ${param(INSTANT, since)}`
  return sql`
    SELECT account_id, ${param('String', fact.id)} AS fact, count() AS n, countIf(deleted = 1) AS deleted, min(${day}) AS earliest, max(${day}) AS latest
    FROM ${table(factTable(fact))}
    WHERE recorded_at > ${param(INSTANT, since)} AND ${before} AND import_id NOT IN (${undoneImports()})
      ${accounts === null ? sql`` : sql`AND account_id IN ${param('Array(String)', accounts)}`}
    GROUP BY account_id`
}

type Numbers<T> = { readonly [K in keyof T]: T[K] extends number ? string : T[K] }

/** What was recorded since a moment and is of before it: by kind, and the accounts of which anything but use was learnt. */
export async function readLearnt(
  book: Pick<Book, 'store' | 'settings'>,
  since: string,
  kinds: readonly string[],
  accounts: readonly string[] | null,
): Promise<{ kinds: LearntKind[]; accounts: Learnt[] }> {
  const facts = TOLD.filter(({ id }) => kinds.includes(id))
  if (facts.length === 0 || accounts?.length === 0) return { kinds: [], accounts: [] }
  const { store } = book
  const all = (of: readonly FactDefinition[]): Sql =>
    store.shardLocal(
      joinSql(
        of.map((fact) => learntOf(fact, book, since, accounts)),
        ' UNION ALL ',
      ),
    )
  const told = facts.filter(({ about }) => about !== 'use')
  const [byKind, byAccount] = await Promise.all([
    store.read<Numbers<LearntKind>>(
      sql`SELECT fact, sum(n) AS n, sum(deleted) AS deleted, min(earliest) AS earliest, max(latest) AS latest, uniqExact(account_id) AS accounts
        FROM (SELECT fact, account_id, n, deleted, earliest, latest FROM ${all(facts)}) GROUP BY fact ORDER BY fact`,
    ),
    told.length === 0 ? [] : store.read<Numbers<Learnt>>(sql`SELECT * FROM ${all(told)} ORDER BY n DESC, account_id, fact LIMIT ${param('UInt32', MOST)}`),
  ])
  return {
    kinds: byKind.map((row) => ({ ...row, n: Number(row.n), deleted: Number(row.deleted), accounts: Number(row.accounts) })),
    accounts: byAccount.map((row) => ({ ...row, n: Number(row.n), deleted: Number(row.deleted) })),
  }
}
