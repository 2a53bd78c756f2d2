import { compute } from '../books/ask.ts'
import type { Asking } from '../books/ask.ts'
import type { AccountDay } from '../health/account-day.ts'
import type { AccountFacts } from '../health/account-facts.ts'
import { inForce } from '../health/contracts.ts'
import type { AccountHistory } from '../health/history.ts'
import { factsKnownOn, untold } from '../health/history.ts'
import { completeUntil } from '../health/known.ts'
import { readMetricInputs } from '../health/metric-inputs.ts'
import type { MetricInputs } from '../health/metric-inputs.ts'
import type { HealthModel } from '../health/model.ts'
import { metricsRead } from '../health/model.ts'
import type { ModelAccount } from '../health/models.ts'
import { modelFor } from '../health/models.ts'
import { readHistories } from '../health/read/read-histories.ts'
import { refuse } from '../kernel/errors.ts'
import type { Day } from '../kernel/period.ts'
import { dayOf, isDay } from '../kernel/period.ts'
import { param, sql } from '../kernel/sql.ts'
import { accountLedger } from '../ledgers/account-ledger.ts'
import { readFleet } from './fleet.ts'
import type { KnownFleet } from './fleet.ts'
import type { Accounts, OpenAccount } from './open-account.ts'
import { openAccount } from './open-account.ts'
import type { Version } from './version.ts'
import { knownAt } from './version.ts'
import { whoOn } from './overview/who.ts'
import type { Known } from './timeline/happening.ts'
import { openKnown } from './timeline/timeline.ts'

/** As of which day an account is looked at, and by what was known when. */
export interface AsOf {
  readonly as_of?: Day | undefined
  readonly reported_on?: string | undefined
  /** The earliest day of which the health is asked for beside it, where that is long before. */
  readonly back_to?: Day | undefined
}

/** An account on a day with everything that its health is read from, as known at one moment. */
export interface KnownAccount extends OpenAccount {
  readonly day: Day
  /** The local day by whose close facts were known. */
  readonly known_by: Day
  readonly history: AccountHistory
  readonly facts: AccountFacts
  /** Versions of facts that were known. */
  readonly versions: readonly Version[]
  readonly known: Known
  readonly model: HealthModel
  readonly fleet: KnownFleet
  /** The account on any day up to the one asked for, by what was known. */
  on(day: Day): AccountDay
}

async function readHistory(accounts: Accounts, asking: Asking, open: OpenAccount): Promise<AccountHistory> {
  const { book, account_id, known_until } = open
  const described = sql`SELECT account_id, counted_as, is_internal FROM (${book.ledger(accountLedger)})
    WHERE ${param('String', account_id)} IN (account_id, counted_as)`
  return compute(
    accounts.books.lanes,
    accounts.books.store,
    async (store) => {
      for await (const [history] of readHistories(store, book.settings, { accounts: [account_id], until: known_until, described }))
        if (history !== undefined) return history
      return untold(account_id)
    },
    asking,
  )
}

/** What an account pays for on a day, by product. */
const productsOf = (facts: AccountFacts, versions: readonly Version[], day: Day): string[] => {
  const paid = new Set(facts.contracts.flatMap((contract) => inForce(contract, day)?.contract ?? []))
  return [
    ...new Set(
      versions
        .filter(({ fact, values }) => fact === 'subscription_version' && paid.has(String(values.subscription_id)))
        .flatMap(({ values }) => values.product ?? []),
    ),
  ].map(String)
}

/** Throws `not_found`, `bad_day`, `bad_instant`. */
export async function knowAccount(accounts: Accounts, asking: Asking, id: string, { as_of, reported_on, back_to }: AsOf): Promise<KnownAccount> {
  if (as_of !== undefined && !isDay(as_of)) throw refuse('bad_day', `"${as_of}" is not a day.`, 'Write days as YYYY-MM-DD, for example 2024-06-30.')
  const open = await openAccount(accounts, asking, id, reported_on)
  const { book, zone, today, record, known_until, key } = open
  const known_by = dayOf(new Date(known_until), zone)
  const day = as_of ?? (reported_on === undefined ? today : known_by)
  const state = key.slice(0, -open.account_id.length)
  const asked = { day, back_to, known_by, known_until, is_present: reported_on === undefined }
  const moment = `${day} ${reported_on === undefined ? 'now' : known_until}`
  const kept = <T>(what: string, of: string, make: (own: typeof book) => Promise<T>): Promise<T> =>
    accounts.records.read(
      asking.asker,
      `${of} ${what} ${moment}`,
      (unwanted) => compute(accounts.books.lanes, accounts.books.store, (store) => make({ ...book, store }), { ...asking, signal: unwanted }),
      asking.signal,
    )
  const [history, fleet, models] = await Promise.all([
    accounts.records.read(
      asking.asker,
      `${key} history ${reported_on === undefined ? 'now' : known_until}`,
      (unwanted) => readHistory(accounts, { ...asking, signal: unwanted }, open),
      asking.signal,
    ),
    kept<KnownFleet>(`fleet ${back_to ?? ''}`, state, (own) => readFleet(own, asked)),
    accounts.models(),
  ])
  const facts = factsKnownOn(history, known_by)
  const versions = knownAt(record.versions, record.undos, known_until)
  const known = openKnown(versions, zone)
  const { attributes } = whoOn(known, day)
  const account: ModelAccount = {
    attributes: Object.fromEntries(attributes.map(({ attribute, value }) => [attribute, value])),
    products: productsOf(facts, versions, day),
  }
  const model = modelFor(models, account)
  const operands = metricsRead(model)
  const inputs =
    operands.length === 0 ? null : await kept<MetricInputs>(`inputs ${model.id}@${model.version}`, state, (own) => readMetricInputs(own, operands, day))
  const lags = [...new Set(history.use.filter(({ recorded_on }) => recorded_on <= known_by).map(({ fact }) => fact.source))].map(
    (source) => fleet.lags.get(source) ?? 0,
  )
  const metrics = inputs?.of(open.account_id)
  return {
    ...open,
    day,
    known_by,
    history,
    facts,
    versions,
    known,
    model,
    fleet,
    // Windows of the present end today, whatever may still come.
    on: (on) => ({ day: on, until: asked.is_present && on === today ? on : completeUntil(on, known_by, lags), facts, fleet: fleet.on(on), metrics }),
  }
}
