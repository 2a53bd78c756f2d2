import { compute } from '../books/ask.ts'
import type { Asking } from '../books/ask.ts'
import { csm } from '../facts/csm.ts'
import { currentFacts } from '../facts/current.ts'
import { pulseDisagrees, pulseOn, scoreAgainstMoney } from '../health/lists.ts'
import { knownOn } from '../health/known.ts'
import { readSnapshots } from '../health/snapshot.ts'
import type { Day } from '../kernel/period.ts'
import { addDays } from '../kernel/period.ts'
import { param, sql } from '../kernel/sql.ts'
import type { FactStore } from '../facts/store.ts'
import { accountDimensionLedger } from '../ledgers/account-dimension-ledger.ts'
import { accountLedger } from '../ledgers/account-ledger.ts'
import { exchangeRateLedger } from '../ledgers/exchange-rate-ledger.ts'
import type { AsOf, KnownAccount } from './known-account.ts'
import { knowAccount } from './known-account.ts'
import type { Accounts } from './open-account.ts'
import { attentionOf } from './overview/attention.ts'
import type { AttentionLine } from './overview/attention.ts'
import { healthView } from './overview/health.ts'
import type { HealthView, Past } from './overview/health.ts'
import { moneyView } from './overview/money.ts'
import type { MoneyView, RateOf } from './overview/money.ts'
import { peopleView } from './overview/people.ts'
import type { PersonLine } from './overview/people.ts'
import { whoOn } from './overview/who.ts'
import type { Owner, Who } from './overview/who.ts'
import { workView } from './overview/work.ts'
import type { WorkView } from './overview/work.ts'
import type { SaidSignal } from './timeline/rule-happenings.ts'

/** An account beside this one. */
export interface Related {
  readonly account_id: string
  readonly name: string
}

/** Everything about an account on one screen, as of a day and by what was known at one moment. */
export interface Overview extends Related {
  readonly is_internal: boolean
  readonly as_of: Day
  /** Null for what is known now. */
  readonly reported_on: string | null
  readonly known_until: string
  readonly attributes: Who['attributes']
  readonly owners: readonly (Owner & { readonly name: string })[]
  readonly parent: Related | null
  readonly children: readonly Related[]
  readonly money: MoneyView
  /** Null where it pays for nothing on the day: only customers are scored. */
  readonly health: HealthView | null
  readonly attention: readonly AttentionLine[]
  readonly people: readonly PersonLine[]
  readonly signals: readonly SaidSignal[]
  readonly pulse: (NonNullable<ReturnType<typeof pulseOn>> & { readonly disagrees: number | null }) | null
  /** Change of MRR in ninety days that speaks against the band. */
  readonly against_money: number | null
  readonly work: WorkView
}

/** Days before the one asked for of which it is read what was said. */
const PAST_DAYS = 60

/** What was said on the days before: as they were lived, else as it would have been known, else by what is known of history. */
async function readPast(store: FactStore, { account_id, day, known_by }: KnownAccount): Promise<Past> {
  // The day itself is only said once it is over.
  const until = day < known_by ? day : addDays(day, -1)
  for (const mode of ['lived', 'as_known', 'as_if_connected'] as const) {
    const past = new Map()
    for await (const chunk of readSnapshots(store, { mode, from: addDays(day, -PAST_DAYS), until, accounts: [account_id] }))
      for (const each of chunk) past.set(each.day, each)
    if (past.size > 0) return past
  }
  return new Map()
}

/** Rates of the currencies that an account pays in, on a day. */
export async function readRates(store: FactStore, { book, facts, day }: KnownAccount): Promise<RateOf> {
  const reporting = book.settings.reporting_currency
  const currencies = [...new Set(facts.contracts.flat().map(({ currency }) => currency))].filter((currency) => currency !== reporting)
  if (currencies.length === 0) return (currency) => (currency === reporting ? 1 : null)
  const rows = await store.read<{ currency: string; rate: number }>(
    sql`SELECT toString(currency) AS currency, toFloat64(argMax(rate, day)) AS rate FROM (${book.ledger(exchangeRateLedger)})
      WHERE currency IN ${param('Array(String)', currencies)} AND day <= ${param('Date32', day)} GROUP BY currency`,
  )
  const rates = new Map([[reporting, 1], ...rows.map(({ currency, rate }): [string, number] => [currency, rate])])
  return (currency) => rates.get(currency) ?? null
}

/** Names of those who own it or did. */
async function readOwnerNames(store: FactStore, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const where = sql`csm_id IN ${param('Array(String)', ids)}`
  const rows = await store.read<{ id: string; of: string }>(
    sql`SELECT csm_id AS id, argMax(name, effective_at) AS of FROM (${currentFacts(csm, { where })}) GROUP BY csm_id`,
  )
  return new Map(rows.map(({ id, of }) => [id, of === '' ? id : of]))
}

/** The account above, and those below, as they are now. */
async function readFamily(store: FactStore, { book, account_id }: KnownAccount, parent: string | undefined): Promise<Pick<Overview, 'parent' | 'children'>> {
  const own = sql`SELECT account_id, argMax(value, day) AS value FROM (${book.ledger(accountDimensionLedger)})
    WHERE dimension = 'parent' AND account_id IN (
      SELECT account_id FROM (${book.ledger(accountDimensionLedger)}) WHERE dimension = 'parent' AND value = ${param('String', account_id)})
    GROUP BY account_id`
  const below = sql`SELECT account_id FROM ${store.shardLocal(sql`SELECT account_id FROM (${own}) WHERE value = ${param('String', account_id)}`)}`
  const rows = await store.read<Related>(
    sql`SELECT account_id, if(name = '', account_id, name) AS name FROM (${book.ledger(accountLedger)})
      WHERE account_id IN (${below}) OR account_id = ${param('String', parent ?? '')} ORDER BY name, account_id`,
  )
  return { parent: rows.find((row) => row.account_id === parent) ?? null, children: rows.filter((row) => row.account_id !== parent) }
}

/** Everything about an account on one screen. Throws `not_found`, `bad_day`, `bad_instant`. */
export async function askOverview(accounts: Accounts, asking: Asking, id: string, asOf: AsOf): Promise<Overview> {
  const known = await knowAccount(accounts, asking, id, asOf)
  const { book, day, facts } = known
  const { attributes, owners } = whoOn(known.known, day)
  const parent = attributes.find(({ attribute }) => attribute === 'parent')?.value
  const ids = [...new Set(owners.flatMap(({ csm_id }) => (csm_id === '' ? [] : [csm_id])))]
  const [[past, rateOf, names, family], all] = await Promise.all([
    compute(
      accounts.books.lanes,
      accounts.books.store,
      (store) => Promise.all([readPast(store, known), readRates(store, known), readOwnerNames(store, ids), readFamily(store, known, parent)]),
      asking,
    ),
    accounts.signals(known.account_id),
  ])
  const money = moneyView(facts, known.known, day, { currency: book.settings.reporting_currency, rateOf })
  const health = money.is_customer ? healthView(known, past) : null
  const people = peopleView(facts, known.known, day, known.on(day).until)
  const work = workView(facts, known.known, day)
  const signals = all
    .filter(({ raised_on }) => raised_on <= day)
    .map((signal) => (signal.closed_on !== null && signal.closed_on > day ? { ...signal, closed_on: null, close_reason: null, close_note: null } : signal))
  const pulse = pulseOn(knownOn(known.history.pulses, known.known_by), day)
  return {
    account_id: known.account_id,
    name: known.name,
    is_internal: known.is_internal,
    as_of: day,
    reported_on: asOf.reported_on ?? null,
    known_until: known.known_until,
    attributes,
    owners: owners.map((owner) => ({ ...owner, name: names.get(owner.csm_id) ?? owner.csm_id })),
    ...family,
    money,
    health,
    attention: attentionOf({ day, health, money, people, work, signals, pulse }),
    people,
    signals,
    pulse: pulse === null ? null : { ...pulse, disagrees: pulseDisagrees(pulse, health?.band ?? 'unknown') },
    against_money: health === null || money.mrr === null || money.mrr_before === null ? null : scoreAgainstMoney(health.band, money.mrr, money.mrr_before),
    work,
  }
}
