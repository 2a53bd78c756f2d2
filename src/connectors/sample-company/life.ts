import { segmentAt } from './account.ts'
import type { Account } from './account.ts'
import { DAY } from './calendar.ts'
import type { Minute } from './calendar.ts'
import { Contracts } from './contracts.ts'
import type { Subscription } from './contracts.ts'
import { noticeFactor } from './hazard.ts'
import type { Random } from './random.ts'
import { EFFECTS, RATES } from './rates.ts'
import type { Plan } from './rates.ts'
import type { Story } from './story.ts'

const HOUR = 60
const TRIAL = 14 * DAY
const HIGHER: Record<Plan, Plan> = { starter: 'team', team: 'business', business: 'enterprise', enterprise: 'enterprise' }
const LOWER: Record<Plan, Plan> = { starter: 'starter', team: 'starter', business: 'team', enterprise: 'business' }

/** What became of a billing month: the account left at an instant, or goes on with a later month. */
type Fate = { readonly left: Minute } | { readonly next: number }

/** One account from its first subscription to the story's end: every draw comes from the account's own stream. */
class Life {
  readonly contracts: Contracts
  readonly #story: Story
  readonly #account: Account
  readonly #random: Random
  #anchor: Minute = 0
  #anchorMonth = 0
  #leavesAt: Minute = Infinity
  #discountEnds: Minute = Infinity
  /** Seats the account would like to have now; what it has follows. */
  #wanted: number
  #moved = false

  constructor(story: Story, account: Account, random: Random, bills: boolean) {
    this.#story = story
    this.#account = account
    this.#random = random
    this.#wanted = account.seats
    this.contracts = new Contracts(story, account, bills)
  }

  run(): void {
    const { kind, start, plan, seats, trial } = this.#account
    if (kind === 'free') return void this.contracts.begin(start, 0, 'starter', 1, { unit: 0, status: 'free' })
    if (kind === 'trial_only') {
      this.contracts.begin(start, 0, plan, seats, { status: 'trialing' })
      return this.contracts.endAll(start + TRIAL, '')
    }
    const core = this.contracts.begin(start, 0, plan, seats, trial ? { status: 'trialing' } : {})
    const paid = trial ? start + TRIAL : start
    if (trial) this.contracts.write(core, paid, 'active', 'trial_converted')
    this.#applyDiscount(paid)
    if (this.#account.segment > 0 && this.#random.chance(0.35)) this.contracts.billOnce(paid, this.#account.segment === 2 ? 450_000 : 90_000)
    for (let left = this.#spell(paid); left < this.#story.end && this.#random.chance(RATES.wins_back);) left = this.#comeBack(left)
  }

  #applyDiscount(at: Minute): void {
    const { discount } = this.#account
    if (discount === null) return
    const months = this.#story.calendar
    const ends = discount.months === 0 ? Infinity : months.same(months.indexOf(at), at, discount.months)
    this.contracts.discount(at, ends)
    if (discount.duration === 'repeating') this.#discountEnds = ends
  }

  #comeBack(left: Minute): Minute {
    const at = left + this.#random.whole(35, 220) * DAY + this.#random.whole(0, 3 * HOUR)
    if (at >= this.#story.end) return Infinity
    this.contracts.mergeIfDue(at)
    const { plan } = this.#account
    const seats = Math.max(1, Math.round(this.#wanted * 0.8))
    this.#wanted = seats
    this.#leavesAt = Infinity
    this.contracts.begin(at, 0, plan, seats, { reason: 'win_back', unit: Math.round(this.contracts.price(0, plan, at) * this.#random.between(0.85, 0.95)) })
    return this.#spell(at)
  }

  /** Billing month after billing month until the account leaves or the story ends (Infinity). */
  #spell(anchor: Minute): Minute {
    const { calendar, end } = this.#story
    this.#anchor = anchor
    this.#anchorMonth = calendar.indexOf(anchor)
    for (let month = 0; ;) {
      const from = this.#monthStart(month)
      if (from >= end) return Infinity
      if (from >= this.#leavesAt) {
        this.contracts.endAll(from, 'cancelled')
        return from
      }
      this.contracts.mergeIfDue(from)
      const cut = this.#beginMonth(month, from)
      const fate = this.#decide(month, from, this.#monthStart(month + 1), cut)
      if ('left' in fate) return fate.left
      month = fate.next
    }
  }

  #monthStart(month: number): Minute {
    return this.#story.calendar.same(this.#anchorMonth, this.#anchor, month)
  }

  /** What falls on the billing day: renewal, price rise, growth into another segment. True if the price rise will be answered by a cut. */
  #beginMonth(month: number, from: Minute): boolean {
    const { yearly } = this.#account
    const core = this.contracts.core
    const leaving = this.#leavesAt !== Infinity
    this.#wanted *= 1 + RATES.seat_growth[segmentAt(this.#account, from)]
    if (!this.#moved && from >= this.#account.movesUp && !leaving) {
      this.#moved = true
      this.#wanted *= 2.2
      this.#changePlan(core, HIGHER[core.plan as Plan], from)
    }
    if (month > 0 && yearly && month % 12 === 0) this.#renew(from)
    if (month > 0 && !leaving && (!yearly || month % 12 === 0)) this.#dropAddon(from)
    const rises = month > 0 && !yearly && core.plan === EFFECTS.price_rise.plan && !core.raised && from >= this.#story.priceRise.from
    if (!rises) return false
    core.raised = true
    core.unit = Math.round(core.unit * (1 + EFFECTS.price_rise.rise))
    this.contracts.write(core, from, 'active', 'price')
    return this.#random.chance(EFFECTS.price_rise.contraction)
  }

  #renew(at: Minute): void {
    const [low, high] = RATES.uplift
    const uplift = this.#random.chance(RATES.uplifted_renewals) ? this.#random.between(low, high) : 0
    for (const subscription of this.contracts.running) {
      const rises = subscription.plan === EFFECTS.price_rise.plan && !subscription.raised && at >= this.#story.priceRise.from
      if (rises) subscription.raised = true
      subscription.unit = Math.round(subscription.unit * (1 + uplift) * (rises ? 1 + EFFECTS.price_rise.rise : 1))
      subscription.term = 12
      this.contracts.write(subscription, at, 'active', 'renewal')
    }
  }

  #dropAddon(at: Minute): void {
    const addon = this.contracts.running[1]
    if (addon !== undefined && this.#random.chance(RATES.drops_product * (this.#account.yearly ? 10 : 1))) this.contracts.end(addon, at, 'product_dropped')
  }

  #decide(month: number, from: Minute, until: Minute, cut: boolean): Fate {
    const { contracts } = this
    const { yearly } = this.#account
    const segment = segmentAt(this.#account, from)
    const random = this.#random
    if (this.#leavesAt !== Infinity) return { next: month + 1 }
    if (!yearly && month > 0 && random.chance(RATES.payment_fails[segment])) return this.#failPayment(month, from)
    if (!yearly || month % 12 === 0) contracts.bill(from, contracts.running, yearly ? 12 : 1, from, this.#monthStart(month + (yearly ? 12 : 1)))
    const decides = !yearly || month % 12 === 10
    const day = Math.floor(random.between(from + HOUR, until - HOUR))
    const rate = yearly ? RATES.yearly_notice[segment] : RATES.monthly_notice[segment]
    const factor = decides ? noticeFactor(this.#story, this.#account, { plan: contracts.core.plan as Plan, yearly, discountEnds: this.#discountEnds }, day) : 0
    if (random.chance(Math.min(0.9, rate * factor))) return this.#leave(month, from, day, until)
    this.#liveOn(from, until, cut, month)
    if (!yearly && random.chance(RATES.pause)) return this.#pause(month, until)
    return { next: month + 1 }
  }

  #leave(month: number, from: Minute, day: Minute, until: Minute): Fate {
    const { contracts } = this
    const { yearly } = this.#account
    this.#changeSeats(from, day)
    if (!yearly && this.#random.chance(0.1)) {
      contracts.refund(day)
      contracts.endAll(day, 'cancelled', { canceledAt: day, endsAt: day })
      return { left: day }
    }
    this.#leavesAt = yearly ? this.#monthStart(month + 2) : until
    contracts.writeAll(day, 'active', '', { canceledAt: day, endsAt: this.#leavesAt })
    return { next: month + 1 }
  }

  #failPayment(month: number, from: Minute): Fate {
    const { contracts } = this
    const fate = this.#random.unit()
    contracts.writeAll(from + DAY, 'past_due', '', { dueAt: from })
    if (fate >= RATES.recovers_in_time + RATES.recovers_late) {
      const left = from + 45 * DAY
      contracts.endAll(left, 'delinquent')
      return { left }
    }
    const late = fate >= RATES.recovers_in_time
    const paid = from + this.#random.whole(late ? 34 : 5, late ? 58 : 24) * DAY
    contracts.writeAll(paid, 'active', 'payment_recovered')
    contracts.bill(paid, contracts.running, 1, from, this.#monthStart(month + 1))
    let next = month + 1
    while (this.#monthStart(next) < paid) next++
    return { next }
  }

  #pause(month: number, at: Minute): Fate {
    const { contracts } = this
    const next = month + 1 + this.#random.whole(1, 3)
    const until = this.#monthStart(next)
    contracts.writeAll(at, 'paused', 'pause')
    if (this.#random.chance(RATES.returns_after_pause)) {
      contracts.writeAll(until, 'active', 'resume')
      return { next }
    }
    contracts.endAll(until, 'cancelled')
    return { left: until }
  }

  /** The changes of a month in which nobody leaves. */
  #liveOn(from: Minute, until: Minute, cut: boolean, month: number): void {
    const { contracts } = this
    const random = this.#random
    const core = contracts.core
    const segment = segmentAt(this.#account, from)
    if (cut) {
      core.quantity = Math.max(1, Math.floor(core.quantity * random.between(0.6, 0.8)))
      this.#wanted = core.quantity
      contracts.write(core, from + random.whole(2, 20) * DAY, 'active')
    } else this.#changeSeats(from, until, month)
    const late = until - random.whole(2 * HOUR, 6 * HOUR)
    if (contracts.running.length < 3 && random.chance(RATES.cross_sell[segment])) {
      const product = contracts.running.some((subscription) => subscription.product === 1) ? 2 : 1
      const rest = this.#account.yearly ? 12 - (month % 12) : 1
      const addon = contracts.begin(late, product, 'addon', core.quantity, { term: rest })
      contracts.bill(late, [addon], rest, late, this.#monthStart(month + rest), this.#account.yearly ? rest / 12 : 1)
    } else if (random.chance(RATES.upgrades) && core.plan !== 'enterprise' && HIGHER[core.plan as Plan] !== 'enterprise')
      this.#changePlan(core, HIGHER[core.plan as Plan], late)
    else if (random.chance(RATES.downgrades)) this.#changePlan(core, LOWER[core.plan as Plan], late)
  }

  #changePlan(core: Subscription, plan: Plan, at: Minute): void {
    if (core.plan === plan) return
    core.plan = plan
    core.unit = this.contracts.price(0, plan, at)
    core.raised = at >= this.#story.priceRise.from
    this.contracts.write(core, at, 'active')
  }

  /** Seats move towards what is wanted, more often up than down where they lag. */
  #changeSeats(from: Minute, until: Minute, month?: number): void {
    const core = this.contracts.core
    const random = this.#random
    const span = until - from - 8 * HOUR
    let left = random.events(this.#story.seatChanges)
    if (left === 0 || span <= 0) return
    for (let at = from; left > 0; left--) {
      at += Math.max(1, Math.floor((span / (left + 1)) * random.between(0.2, 1.6)))
      if (at >= until - 7 * HOUR) return
      const gap = (this.#wanted - core.quantity) / this.#wanted
      const up = core.quantity <= 1 || random.chance(0.55 + Math.max(-0.45, Math.min(0.4, gap * 3)))
      const step = Math.max(1, Math.round(core.quantity * random.between(0.02, 0.12)))
      core.quantity = up ? core.quantity + step : Math.max(1, core.quantity - step)
      this.contracts.write(core, at, 'active')
      if (up && month !== undefined) this.#billSeats(core, step, at, month)
    }
  }

  /** More seats are billed at once for the rest of the interval. */
  #billSeats(core: Subscription, seats: number, at: Minute, month: number): void {
    const { yearly } = this.#account
    const first = this.#monthStart(yearly ? month - (month % 12) : month)
    const last = this.#monthStart(yearly ? month - (month % 12) + 12 : month + 1)
    this.contracts.bill(at, [{ ...core, quantity: seats }], yearly ? Math.ceil((last - at) / (30.4 * DAY)) : 1, at, last, (last - at) / (last - first))
  }
}

/** Draws what the account bought and, if wanted, what it was billed. The stream must stand where `drawAccount` left it. */
export function live(story: Story, account: Account, random: Random, bills: boolean): Contracts {
  const life = new Life(story, account, random, bills)
  life.run()
  return life.contracts
}
