import { KNOWN_ATTRIBUTES } from '../facts/account-attribute.ts'
import { param, sql, trusted } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'
import { nameOfId } from '../kernel/words/names.ts'
import { accountDimensionLedger } from '../ledgers/account-dimension-ledger.ts'
import { mrrMovementLedger } from '../ledgers/mrr-movement-ledger.ts'
import { elementsOf } from '../ledgers/tuple.ts'
import { usageDayLedger } from '../ledgers/usage-day-ledger.ts'
import { MOST_VALUES } from '../metrics/ask/known-values.ts'
import type { Book } from '../metrics/kit/book.ts'
import { FINE_DIMENSIONS, SUBSCRIPTION_DIMENSIONS, USE_DIMENSIONS } from '../metrics/kit/row-set.ts'

/** A dimension as the catalogue of dimensions shows it: something by which accounts, subscriptions or use are told apart. */
export interface Dimension {
  readonly id: string
  readonly name: string
  readonly of: 'account' | 'subscription' | 'use'
  /** The most frequent first. */
  readonly values: string[]
}

/** Well-known dimensions first, the workspace's own after them, those of subscriptions and of use last. */
const RANK = [...Object.keys(KNOWN_ATTRIBUTES), 'csm', 'team']
const rankOf = (id: string): number => (RANK.includes(id) ? RANK.indexOf(id) : RANK.length)

/** The order in which attributes are offered. */
export const attributeOrder = (a: string, b: string): number => rankOf(a) - rankOf(b) || (a < b ? -1 : 1)

const isOneOf = (list: readonly string[], id: string): boolean => list.includes(id)
const levelOf = (id: string): Dimension['of'] => (isOneOf(USE_DIMENSIONS, id) ? 'use' : isOneOf(SUBSCRIPTION_DIMENSIONS, id) ? 'subscription' : 'account')

const one = elementsOf('one', ['id', 'value'])
/** The values of a row for each dimension, with its name. */
const named = (dimensions: readonly string[]): Sql => trusted(`[${dimensions.map((id) => `('${id}', toString(${id}))`).join(', ')}]`)

/** Dimensions that any account, subscription or event has, with the values they take, the most frequent first. */
export async function readDimensions({ store, ledger }: Book): Promise<Dimension[]> {
  const used = trusted(USE_DIMENSIONS.join(', '))
  const here = sql`
    SELECT toString(dimension) AS id, toString(value) AS value, uniqExact(account_id) AS times
    FROM (${ledger(accountDimensionLedger)}) WHERE value != '' GROUP BY id, value
    UNION ALL
    SELECT ${one.id} AS id, ${one.value} AS value, uniqExact(account_id) AS times
    FROM (${ledger(mrrMovementLedger)}) ARRAY JOIN ${named(SUBSCRIPTION_DIMENSIONS)} AS one WHERE ${one.value} != '' GROUP BY id, value
    UNION ALL
    SELECT ${one.id} AS id, ${one.value} AS value, sum(rows) AS times
    FROM (SELECT ${used}, count() AS rows FROM (${ledger(usageDayLedger)}) GROUP BY ${used}) ARRAY JOIN ${named(USE_DIMENSIONS)} AS one
    WHERE ${one.value} != '' GROUP BY id, value`
  const rows = await store.read<{ id: string; value: string }>(sql`
    SELECT id, value FROM ${store.shardLocal(here)} GROUP BY id, value ORDER BY id, sum(times) DESC, value LIMIT ${param('UInt32', MOST_VALUES)} BY id`)
  const values = new Map<string, string[]>()
  for (const { id, value } of rows) values.set(id, [...(values.get(id) ?? []), value])
  const fine = FINE_DIMENSIONS.filter((id) => values.has(id))
  const ofAccounts = [...values.keys()].filter((id) => levelOf(id) === 'account').sort(attributeOrder)
  return [...ofAccounts, ...fine].map((id) => ({ id, name: nameOfId(id), of: levelOf(id), values: values.get(id) ?? [] }))
}
