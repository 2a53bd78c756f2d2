import type { Account } from './account.ts'
import { DAY } from './calendar.ts'
import type { Minute } from './calendar.ts'
import { ADDON_PRICES, CURRENCIES, EFFECTS, MONTHS_IN_YEAR_PRICE, PRICES, PRODUCTS } from './rates.ts'
import type { Plan } from './rates.ts'
import type { Story } from './story.ts'

export type Status = 'active' | 'trialing' | 'past_due' | 'paused' | 'free' | 'ended'

/** A row of subscription_versions. Money in cents, 0 as an instant means empty. */
export interface Version {
  readonly subscription: string
  readonly account: string
  readonly at: Minute
  readonly status: Status
  readonly product: string
  readonly plan: string
  readonly quantity: number
  readonly unit: number
  readonly currency: string
  readonly interval: number
  readonly term: number
  readonly canceledAt: Minute
  readonly endsAt: Minute
  readonly dueAt: Minute
  readonly reason: string
}

export interface DiscountRow {
  readonly id: string
  readonly subscription: string
  readonly percent: number
  readonly duration: string
  readonly starts: Minute
  /** Infinity: open. */
  readonly ends: Minute
}

export interface Charge {
  readonly id: string
  readonly account: string
  readonly at: Minute
  readonly kind: 'recurring' | 'one_off' | 'refund'
  readonly amount: number
  readonly currency: string
  readonly subscription: string
  readonly product: string
  readonly months: number
  readonly from: Minute
  readonly until: Minute
}

export interface Subscription {
  readonly id: string
  readonly product: number
  plan: Plan | 'addon'
  quantity: number
  unit: number
  term: number
  /** The price rise is in its price. */
  raised: boolean
  last: Minute
}

export const CURRENCY_FACTOR = [1, 0.92, 0.8]
type Extras = Partial<Pick<Version, 'canceledAt' | 'endsAt' | 'dueAt'>>

/** The subscriptions of one account as its life writes them, with what was billed for them. */
export class Contracts {
  readonly versions: Version[] = []
  readonly discounts: DiscountRow[] = []
  readonly charges: Charge[] = []
  /** What runs now, the core product first. */
  running: Subscription[] = []
  readonly #story: Story
  readonly #account: Account
  readonly #bills: boolean
  #accountId: string
  #numbers = 0

  constructor(story: Story, account: Account, bills: boolean) {
    this.#story = story
    this.#account = account
    this.#bills = bills
    this.#accountId = account.duplicate === '' ? account.id : account.duplicate
  }

  get core(): Subscription {
    const [first] = this.running
    if (first === undefined) throw new Error('no subscription runs')
    return first
  }

  /** The list price in cents of one seat for one billing interval. */
  price(product: number, plan: Plan | 'addon', at: Minute): number {
    const base = plan === 'addon' ? ADDON_PRICES[product === 1 ? 'insights' : 'automation'] : PRICES[plan]
    const raised = plan === EFFECTS.price_rise.plan && at >= this.#story.priceRise.from ? base * (1 + EFFECTS.price_rise.rise) : base
    return Math.round(raised * (CURRENCY_FACTOR[this.#account.currency] ?? 1) * (this.#account.yearly ? MONTHS_IN_YEAR_PRICE : 1))
  }

  begin(
    at: Minute,
    product: number,
    plan: Plan | 'addon',
    quantity: number,
    options: { unit?: number; term?: number; status?: Status; reason?: string } = {},
  ): Subscription {
    const { unit = this.price(product, plan, at), term = this.#account.yearly ? 12 : 1, status = 'active', reason = '' } = options
    const id = `${this.#accountId}-S${++this.#numbers}`
    const subscription: Subscription = { id, product, plan, quantity, unit, term, raised: at >= this.#story.priceRise.from, last: at - 1 }
    this.running.push(subscription)
    this.write(subscription, at, status, reason)
    return subscription
  }

  /** One more version, unless it lies after the story's end. */
  write(subscription: Subscription, at: Minute, status: Status, reason = '', extras: Extras = {}): void {
    const instant = Math.max(at, subscription.last + 1)
    subscription.last = instant
    if (instant >= this.#story.end) return
    const { id, product, plan, quantity, unit, term } = subscription
    this.versions.push({
      subscription: id,
      account: this.#accountId,
      at: instant,
      status,
      product: PRODUCTS[product] ?? '',
      plan,
      quantity,
      unit,
      term,
      reason,
      currency: CURRENCIES[this.#account.currency] ?? '',
      interval: this.#account.yearly ? 12 : 1,
      canceledAt: extras.canceledAt ?? 0,
      endsAt: extras.endsAt ?? 0,
      dueAt: extras.dueAt ?? 0,
    })
  }

  writeAll(at: Minute, status: Status, reason = '', extras: Extras = {}): void {
    for (const subscription of this.running) this.write(subscription, at, status, reason, extras)
  }

  endAll(at: Minute, reason: string, extras: Extras = {}): void {
    this.writeAll(at, 'ended', reason, extras)
    this.running = []
  }

  end(subscription: Subscription, at: Minute, reason: string): void {
    this.write(subscription, at, 'ended', reason)
    this.running = this.running.filter((other) => other !== subscription)
  }

  /** From `mergedAt` on the account goes by its lasting id: what runs ends under the duplicate and goes on under the other. */
  mergeIfDue(at: Minute): void {
    if (this.#accountId === this.#account.id || at < this.#account.mergedAt) return
    const moving = this.running
    this.endAll(at, '')
    this.#accountId = this.#account.id
    for (const { product, plan, quantity, unit, term, raised } of moving) this.begin(at, product, plan, quantity, { unit, term }).raised = raised
  }

  discount(at: Minute, ends: Minute): void {
    const discount = this.#account.discount
    if (discount === null || at >= this.#story.end) return
    this.discounts.push({ id: `${this.#accountId}-D1`, subscription: this.core.id, percent: discount.percent, duration: discount.duration, starts: at, ends })
  }

  /** Bills what runs for a number of months from `from` on; a share below 1 is the rest of a period. */
  bill(at: Minute, subscriptions: readonly Subscription[], months: number, from: Minute, until: Minute, share = 1): void {
    if (!this.#bills || at >= this.#story.end) return
    for (const subscription of subscriptions) {
      const cut = this.discounts.find((row) => row.subscription === subscription.id && row.starts <= at && at < row.ends)?.percent ?? 0
      const amount = Math.round(subscription.quantity * subscription.unit * share * (1 - cut / 100))
      if (amount > 0) this.#charge(at, 'recurring', amount, subscription, months, from, until)
    }
  }

  billOnce(at: Minute, amount: number): void {
    if (this.#bills && at < this.#story.end) this.#charge(at, 'one_off', amount, this.core, 0, at, at + 14 * DAY)
  }

  /** Gives back the last bill of what runs. */
  refund(at: Minute): void {
    if (!this.#bills || at >= this.#story.end) return
    for (const subscription of this.running) {
      const last = this.charges.findLast((charge) => charge.subscription === subscription.id && charge.kind === 'recurring')
      if (last !== undefined) this.#charge(at, 'refund', -last.amount, subscription, 0, last.from, last.until)
    }
  }

  #charge(at: Minute, kind: Charge['kind'], amount: number, subscription: Subscription, months: number, from: Minute, until: Minute): void {
    this.charges.push({
      id: `${this.#account.id}-C${this.charges.length + 1}`,
      account: this.#accountId,
      at,
      kind,
      amount,
      months,
      from,
      until,
      currency: CURRENCIES[this.#account.currency] ?? '',
      subscription: subscription.id,
      product: PRODUCTS[subscription.product] ?? '',
    })
  }
}
