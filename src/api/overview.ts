import type { Contract } from '../contract/contract.ts'
import { boundStore } from '../facts/store.ts'
import type { FactStore } from '../facts/store.ts'
import { countFacts } from '../facts/current.ts'
import { FACTS } from '../facts/facts.ts'
import { dayOf } from '../kernel/period.ts'
import { param, sql } from '../kernel/sql.ts'
import { accountLedger } from '../ledgers/account-ledger.ts'
import { mrrMovementLedger } from '../ledgers/mrr-movement-ledger.ts'
import { revenueLedger } from '../ledgers/revenue-ledger.ts'
import { AnswerCache } from './answer-cache.ts'
import { readBook } from './book.ts'
import type { PresentBook } from './book.ts'
import type { Handlers } from './handler.ts'
import type { ApiParts } from './parts.ts'

/** First and last local day on which MRR moved or revenue came, up to today; null when nothing did. */
async function readDays(parts: ApiParts, { book }: PresentBook): Promise<{ first_day: string | null; last_day: string | null }> {
  const days = (of: typeof mrrMovementLedger) => sql`SELECT day FROM (${book.ledger(of)}) WHERE day < ${param('Date32', book.knownUntil)}`
  const here = sql`SELECT minOrNull(day) AS first, maxOrNull(day) AS last FROM (${days(mrrMovementLedger)} UNION ALL ${days(revenueLedger)})`
  const [row] = await parts.store.read<{ first_day: string | null; last_day: string | null }>(
    sql`SELECT minOrNull(first) AS first_day, maxOrNull(last) AS last_day FROM ${parts.store.shardLocal(here)}`,
  )
  return { first_day: row?.first_day ?? null, last_day: row?.last_day ?? null }
}

async function readAccounts(parts: ApiParts, { book }: PresentBook): Promise<number> {
  const [row] = await parts.store.read<{ n: string }>(sql`SELECT uniqExact(counted_as) AS n FROM (${book.ledger(accountLedger)}) WHERE is_internal = 0`)
  return Number(row?.n ?? 0)
}

export function overviewHandlers(parts: ApiParts): Pick<Handlers<Contract>, 'overview'> {
  const cache = new AnswerCache(4)
  const read = async (open: PresentBook, store: FactStore, signal: AbortSignal) => {
    const asking = { ...parts, store }
    const [facts, accounts, days, reconciliation] = await Promise.all([
      Promise.all(FACTS.map(async (fact) => ({ fact: fact.id, name: fact.name, count: await countFacts(store, fact) }))),
      readAccounts(asking, open),
      readDays(asking, open),
      parts.reconcile(open, signal),
    ])
    return {
      empty: facts.every(({ count }) => count === 0),
      facts,
      accounts,
      ...days,
      reconciliation: { checked: reconciliation.checked, breaks: reconciliation.breaks.total },
    }
  }
  return {
    async overview(_, { signal }) {
      const open = await readBook(parts, undefined, signal)
      const { settings } = open.book
      const [held, ledgers, invented] = await Promise.all([
        cache.read(open.key, (unwanted) => read(open, boundStore(parts.store, { signal: unwanted }), unwanted), signal),
        parts.ledgers.status(),
        parts.imports.isInvented(),
      ])
      return {
        ...held,
        invented,
        today: dayOf(parts.clock.now(), settings.time_zone),
        reporting_currency: settings.reporting_currency,
        time_zone: settings.time_zone,
        ledgers,
      }
    },
  }
}
