import { charge } from '../facts/charge.ts'
import { discount } from '../facts/discount.ts'
import { exchangeRate } from '../facts/exchange-rate.ts'
import { factTable } from '../facts/fact.ts'
import type { FactDefinition } from '../facts/fact.ts'
import { FACTS } from '../facts/facts.ts'
import type { FactStore } from '../facts/store.ts'
import { subscriptionVersion } from '../facts/subscription-version.ts'
import type { Settings } from '../kernel/settings.ts'
import { emptySql, joinSql, param, sql, table } from '../kernel/sql.ts'
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

/**
 * Raw ids of the accounts whose ledgers are moved by the fact rows that meet a condition: those the rows name, and those
 * that a discount of their subscription or a rate of their currency moves. A query each shard runs over its own tables.
 */
export function touchedAccounts(store: FactStore, settings: Settings, which: Sql): Sql {
  const here = (fact: FactDefinition): Sql => (fact.placement === 'everywhere' ? sql`AND ${store.belongsHere(sql`account_id`)}` : emptySql)
  const named = FACTS.filter((fact) => fact.columns.account_id !== undefined).map(
    (fact) => sql`SELECT DISTINCT account_id FROM ${table(factTable(fact))} WHERE ${which} ${here(fact)}`,
  )
  const discounted = sql`SELECT DISTINCT account_id FROM ${table(factTable(subscriptionVersion))}
    WHERE subscription_id IN (SELECT subscription_id FROM ${table(factTable(discount))} WHERE ${which})`
  const converted = [subscriptionVersion, charge].map(
    (priced) => sql`SELECT DISTINCT account_id FROM ${table(factTable(priced))}
    WHERE currency != ${param('String', settings.reporting_currency)} AND currency IN (${movedCurrencies(which)})`,
  )
  return joinSql([...named, discounted, ...converted], ' UNION DISTINCT ')
}
