import { charge } from '../facts/charge.ts'
import { discount } from '../facts/discount.ts'
import { exchangeRate } from '../facts/exchange-rate.ts'
import { factTable } from '../facts/fact.ts'
import type { FactDefinition } from '../facts/fact.ts'
import { FACTS } from '../facts/facts.ts'
import { subscriptionVersion } from '../facts/subscription-version.ts'
import type { Settings } from '../kernel/settings.ts'
import { joinSql, param, sql, table } from '../kernel/sql.ts'
import type { Sql } from '../kernel/sql.ts'

/**
 * Currencies whose rate the rows can have moved: those they price or price others in, and those quoted in one of them,
 * which may be crossed through it.
 */
function movedCurrencies(which: Sql): Sql {
  const rates = table(factTable(exchangeRate))
  const named = sql`SELECT arrayJoin([currency, per]) FROM ${rates} WHERE ${which}`
  return sql`${named} UNION DISTINCT SELECT currency FROM ${rates} WHERE per IN (${named})`
}

/** Kinds of facts that name no account, and how their rows reach some. */
const REACH: Readonly<Record<string, (settings: Settings, which: Sql) => Sql[]>> = {
  [discount.id]: (_, which) => [
    sql`SELECT DISTINCT account_id FROM ${table(factTable(subscriptionVersion))}
    WHERE subscription_id IN (SELECT subscription_id FROM ${table(factTable(discount))} WHERE ${which})`,
  ],
  [exchangeRate.id]: ({ reporting_currency }, which) =>
    [subscriptionVersion, charge].map(
      (priced) => sql`SELECT DISTINCT account_id FROM ${table(factTable(priced))}
    WHERE currency != ${param('String', reporting_currency)} AND currency IN (${movedCurrencies(which)})`,
    ),
}

const namesAccount = (fact: FactDefinition): boolean => fact.columns.account_id !== undefined

/** Whether rows of a kind of facts reach every account: the kind names no account, and nothing tells which accounts its rows reach. */
export const touchesEverything = (id: string): boolean => FACTS.some((fact) => fact.id === id && !namesAccount(fact) && REACH[id] === undefined)

/**
 * Raw ids of the accounts that rows of these kinds reach, where they meet a condition: those the rows name, and those that a
 * discount of their subscription or a rate of their currency moves. A query each shard runs over its own tables; accounts are
 * known on all of them, since one that is merged brings its history to another shard.
 */
export function touchedAccounts(settings: Settings, which: Sql, kinds: readonly string[]): Sql {
  const changed = FACTS.filter(({ id }) => kinds.includes(id))
  const named = changed.filter(namesAccount).map((fact) => sql`SELECT DISTINCT account_id FROM ${table(factTable(fact))} WHERE ${which}`)
  const reached = changed.flatMap(({ id }) => REACH[id]?.(settings, which) ?? [])
  return joinSql([...named, ...reached, sql`SELECT '' AS account_id WHERE 0`], ' UNION DISTINCT ')
}
