import type { Micros } from '../../src/kernel/money.ts'
import { daysBetween } from '../../src/kernel/period.ts'
import type { Day } from '../../src/kernel/period.ts'
import type { Settings } from '../../src/kernel/settings.ts'
import { causeOf } from './causes.ts'
import { cell } from './company.ts'
import type { Facts, Row, Told } from './company.ts'
import { groupBy } from './group.ts'
import { FxMissing, exchangeOf } from './rates.ts'
import type { Exchange } from './rates.ts'
import { timelineOf } from './terms.ts'
import type { Holding, Timeline } from './terms.ts'
import { usageTimelines } from './usage.ts'
import { VOICE_FACT_IDS } from './voice-facts.ts'

export type Kind = 'new' | 'reactivation' | 'expansion' | 'contraction' | 'churn'

/** The finest part of a movement: one subscription in one currency, product and plan. Amounts are signed. */
export interface Component {
  readonly subscription: string
  readonly cause: string
  readonly currency: string
  readonly product: string
  readonly plan: string
  readonly native: Micros
  /** The change of the yearly value. */
  readonly yearly: Micros
}

export interface Movement {
  readonly account: string
  readonly day: Day
  /** Null where it cannot be told: amounts of several currencies, one of them without a rate. */
  readonly kind: Kind | null
  readonly components: readonly Component[]
  /** False for a day whose changes cancel out in every currency: it is no movement, but slices by plan need its parts. */
  readonly counts: boolean
  readonly reason: string
}

export interface AccountBook {
  readonly account: string
  readonly timelines: readonly Timeline[]
  readonly movements: readonly Movement[]
  /** Everything the account holds after all changes of local days before the boundary (C2). */
  at(boundary: Day): readonly Holding[]
  /** The same with every change the facts hold, also those after the day that is asked as of. */
  ahead(boundary: Day): readonly Holding[]
  readonly charges: readonly Row[]
}

/** What a company says of how its numbers are made: settings, and the North Star where it has made one. */
export type Rules = Settings & { readonly north_star?: string }

export interface Book {
  readonly told?: Told | undefined
  readonly facts: Facts
  readonly settings: Rules
  readonly asOf: Day | null
  readonly accounts: readonly AccountBook[]
  readonly exchange: Exchange
  readonly rootOf: (id: string) => string
}

/** Accounts, their states and movements. With `asOf` nothing that happens after the close of that day is known. */
export function buildBook(facts: Facts, settings: Rules, asOf: Day | null): Book {
  const exchange = exchangeOf(facts.exchange_rate, settings.reporting_currency, asOf)
  const rootOf = aliases(facts)
  const internal = new Set(facts.account.filter((row) => cell(row, 'is_internal') === 'true').map((row) => cell(row, 'account_id')))
  const timelines = subscriptionTimelines(facts, settings, rootOf)
  const charges = groupBy(facts.charge, (row) => rootOf(cell(row, 'account_id')))
  const ids = new Set([
    ...facts.account.map((row) => rootOf(cell(row, 'account_id'))),
    ...facts.subscription_version.map((row) => rootOf(cell(row, 'account_id'))),
    ...charges.keys(),
    ...VOICE_FACT_IDS.flatMap((fact) => facts[fact].flatMap((row) => (cell(row, 'account_id') === '' ? [] : [rootOf(cell(row, 'account_id'))]))),
    ...facts.usage_event.map((row) => rootOf(cell(row, 'account_id'))),
    ...facts.feature_entitlement.map((row) => rootOf(cell(row, 'account_id'))),
  ])
  const accounts = [...ids]
    .filter((id) => !internal.has(id))
    .sort()
    .map((id) => {
      const own = timelines.filter(({ accounts: of }) => of.has(id)).map(({ timeline }) => timeline)
      const billed = charges.get(id) ?? []
      return accountBook(id, [...own, ...usageTimelines(id, billed, settings)], billed, settings, asOf, exchange)
    })
  return { facts, settings, asOf, accounts, exchange, rootOf }
}

/** A merged account is its survivor, for all history (C3). */
function aliases(facts: Facts): (id: string) => string {
  const into = new Map(facts.account.map((row) => [cell(row, 'account_id'), cell(row, 'merged_into')]))
  return (id) => {
    const seen = new Set<string>()
    let root = id
    while ((into.get(root) ?? '') !== '' && !seen.has(root)) {
      seen.add(root)
      root = into.get(root) ?? root
    }
    return root
  }
}

function subscriptionTimelines(facts: Facts, settings: Settings, rootOf: (id: string) => string) {
  const discounts = groupBy(facts.discount, (row) => cell(row, 'subscription_id'))
  return [...groupBy(facts.subscription_version, (row) => cell(row, 'subscription_id'))].map(([id, rows]) => ({
    timeline: timelineOf(id, rows, discounts.get(id) ?? [], settings, rootOf),
    accounts: new Set(rows.map((row) => rootOf(cell(row, 'account_id')))),
  }))
}

function accountBook(
  account: string,
  timelines: readonly Timeline[],
  charges: readonly Row[],
  settings: Settings,
  asOf: Day | null,
  exchange: Exchange,
): AccountBook {
  const all = [...new Set(timelines.flatMap((timeline) => timeline.days))].sort().map((day) => ({
    day,
    holdings: timelines.map((timeline) => timeline.at(day)).filter((holding): holding is Holding => holding !== null && holding.account === account),
  }))
  const closes = all.filter(({ day }) => asOf === null || day <= asOf)
  return {
    account,
    timelines,
    charges,
    movements: movementsOf(account, timelines, closes, settings, exchange),
    at: (boundary) => closes.findLast((close) => close.day < boundary)?.holdings ?? [],
    ahead: (boundary) => all.findLast((close) => close.day < boundary)?.holdings ?? [],
  }
}

const total = (holdings: readonly Holding[]): boolean => holdings.some((holding) => holding.mrr > 0n)
const paid = (holdings: readonly Holding[]): readonly Holding[] => holdings.filter((holding) => holding.mrr > 0n)

function movementsOf(
  account: string,
  timelines: readonly Timeline[],
  closes: readonly { day: Day; holdings: readonly Holding[] }[],
  settings: Settings,
  exchange: Exchange,
): Movement[] {
  const movements: Movement[] = []
  let before: readonly Holding[] = []
  let lastPaid: Day | null = null
  for (const { day, holdings } of closes) {
    const components = componentsOf(timelines, day, before, holdings, lastPaid !== null)
    if (components.length > 0) {
      const [paidBefore, paysAfter] = [total(before), total(holdings)]
      const native = new Map<string, Micros>()
      for (const part of components) native.set(part.currency, (native.get(part.currency) ?? 0n) + part.native)
      const counts = [...native.values()].some((amount) => amount !== 0n)
      const window = settings.reactivation_window_days
      const stranger = lastPaid === null || (window !== '' && daysBetween(lastPaid, day) > Number(window))
      const kind = paidBefore ? (paysAfter ? direction(native, exchange, day) : 'churn') : stranger ? 'new' : 'reactivation'
      movements.push({ account, day, kind, components, counts, reason: mainReason(components, exchange, day) })
    }
    // The day of leaving counts as the last one paid: a window of 90 days runs from the churn movement.
    if (total(before) || total(holdings)) lastPaid = day
    before = holdings
  }
  return movements
}

/** Expansion or contraction by the difference in reporting money; a difference of exactly 0 is an expansion of 0. */
function direction(native: ReadonlyMap<string, Micros>, exchange: Exchange, day: Day): Kind | null {
  const moved = [...native].filter(([, amount]) => amount !== 0n)
  if (moved.every(([, amount]) => amount >= 0n)) return 'expansion'
  if (moved.every(([, amount]) => amount < 0n)) return 'contraction'
  try {
    return moved.reduce((sum, [currency, amount]) => sum + exchange.at(amount, currency, day), 0n) >= 0n ? 'expansion' : 'contraction'
  } catch (error) {
    if (error instanceof FxMissing) return null
    throw error
  }
}

function componentsOf(timelines: readonly Timeline[], day: Day, before: readonly Holding[], after: readonly Holding[], paidEver: boolean): Component[] {
  const find = (list: readonly Holding[], id: string) => list.find((holding) => holding.subscription === id) ?? null
  const pays = (list: readonly Holding[], id: string) => (find(list, id)?.mrr ?? 0n) > 0n
  const setting = {
    paidBefore: total(before),
    paysAfter: total(after),
    paidEver,
    begun: paid(after).filter((holding) => !pays(before, holding.subscription)),
    ceased: paid(before).filter((holding) => !pays(after, holding.subscription)),
  }
  return timelines.flatMap((timeline) => {
    const [old, now] = [find(before, timeline.subscription), find(after, timeline.subscription)]
    const parts = new Map<string, Omit<Component, 'cause'>>()
    for (const [holding, sign] of [
      [old, -1n],
      [now, 1n],
    ] as const) {
      if (holding === null || holding.mrr === 0n) continue
      const { subscription, currency, product, plan } = holding
      const key = JSON.stringify([currency, product, plan])
      const known = parts.get(key)
      parts.set(key, {
        subscription,
        currency,
        product,
        plan,
        native: (known?.native ?? 0n) + sign * holding.mrr,
        yearly: (known?.yearly ?? 0n) + sign * holding.arr,
      })
    }
    const changed = [...parts.values()].filter((part) => part.native !== 0n)
    if (changed.length === 0) return []
    const cause = causeOf(timeline, day, old, now, setting)
    return changed.map((part) => ({ ...part, cause }))
  })
}

/** The cause that moved the most in the movement's own direction. */
function mainReason(components: readonly Component[], exchange: Exchange, day: Day): string {
  const size = (part: Component): Micros => {
    try {
      return exchange.at(part.native, part.currency, day)
    } catch {
      return part.native
    }
  }
  const sum = components.reduce((all, part) => all + size(part), 0n)
  const causes = [...groupBy(components, (part) => part.cause)].map(([cause, parts]) => ({ cause, moved: parts.reduce((all, part) => all + size(part), 0n) }))
  return causes.sort((a, b) => Number((b.moved - a.moved) * (sum < 0n ? -1n : 1n)))[0]?.cause ?? ''
}
