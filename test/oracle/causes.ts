import { cell } from './company.ts'
import type { Holding, Timeline } from './terms.ts'
import type { Day } from '../../src/kernel/period.ts'

/** What was true of the account before and after the day on which a subscription of it changed. */
export interface Setting {
  readonly paidBefore: boolean
  readonly paidEver: boolean
  readonly paysAfter: boolean
  /** Products of other subscriptions that began, or ceased, to be paid on the same day. */
  readonly begun: readonly Holding[]
  readonly ceased: readonly Holding[]
}

const paying = (holding: Holding | null): holding is Holding => holding !== null && holding.mrr > 0n

/** Why one subscription's MRR changed on a day (C18). What the file says wins. One cause per subscription and day. */
export function causeOf(timeline: Timeline, day: Day, before: Holding | null, after: Holding | null, setting: Setting): string {
  const said = timeline.saidOn(day).findLast((reason) => reason !== '')
  if (said !== undefined) return said
  if (!paying(after)) return lostCause(before, after, setting)
  if (!paying(before)) return gainedCause(before, after, setting)
  if (before.currency !== after.currency) return 'currency_change'
  if (before.plan !== after.plan || before.product !== after.product) return 'plan'
  if (cell(before.version.row, 'quantity') !== cell(after.version.row, 'quantity')) return 'quantity'
  if (before.gross !== after.gross) return 'price'
  return after.mrr < before.mrr ? 'discount' : 'discount_expired'
}

function swapped(one: Holding | null, others: readonly Holding[]): string | null {
  const other = others.find((each) => each.product === one?.product)
  if (other === undefined) return null
  return other.plan === one?.plan ? 'renewal' : 'plan'
}

function lostCause(before: Holding | null, after: Holding | null, setting: Setting): string {
  if (after?.status === 'paused') return 'pause'
  if (after?.status === 'delinquent') return 'delinquent'
  if (after === null || after.status === 'ended') return swapped(before, setting.begun) ?? (setting.paysAfter ? 'product_dropped' : 'cancelled')
  return 'downgraded_to_free'
}

function gainedCause(before: Holding | null, after: Holding, setting: Setting): string {
  if (before?.status === 'paused') return 'resume'
  if (before?.status === 'delinquent') return 'payment_recovered'
  if (before?.status === 'trialing') return 'trial_converted'
  if (setting.paidBefore) return swapped(after, setting.ceased) ?? (before === null ? 'cross_sell' : 'plan')
  return setting.paidEver ? 'win_back' : ''
}
