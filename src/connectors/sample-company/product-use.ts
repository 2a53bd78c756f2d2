import type { Account } from './account.ts'
import { DAY } from './calendar.ts'
import type { Minute } from './calendar.ts'
import type { Contracts, Status, Version } from './contracts.ts'
import type { Random } from './random.ts'
import { EFFECTS, PRODUCTS, USE } from './rates.ts'
import type { Story } from './story.ts'

const WEEK = 7 * DAY
const HOUR = 60
/** 1 January 1970 was a Thursday. */
const weekday = (at: Minute): number => (Math.floor(at / DAY) + 3) % 7

export interface UseEvent {
  readonly account: string
  readonly user: string
  readonly at: Minute
  readonly event: string
  readonly feature: string
  readonly product: string
  readonly platform: string
  readonly role: string
  readonly internal: boolean
}

/** A time in which the account could use a product, with the seats it had. */
interface Stretch {
  readonly from: Minute
  readonly until: Minute
  readonly seats: number
  readonly plan: string
}

const OPEN: readonly Status[] = ['active', 'past_due', 'trialing', 'free']

/** The times in which one product could be used, in their order. */
export function stretches(story: Story, contracts: Contracts, product: string): Stretch[] {
  const running = new Map<string, Version>()
  const found: Stretch[] = []
  const close = (version: Version, at: Minute): void => {
    if (OPEN.includes(version.status) && at > version.at) found.push({ from: version.at, until: at, seats: version.quantity, plan: version.plan })
  }
  for (const version of contracts.versions) {
    if (version.product !== product) continue
    const before = running.get(version.subscription)
    if (before !== undefined) close(before, version.at)
    running.set(version.subscription, version)
  }
  for (const version of running.values()) close(version, story.end)
  return found.sort((a, b) => a.from - b.from)
}

/** From when the account gave notice, and until when it stayed; Infinity for who never did. */
export const noticesOf = (contracts: Contracts): readonly Minute[] => [
  ...new Set(contracts.versions.map((version) => version.canceledAt).filter((at) => at > 0)),
]

/** One account's users at work: sessions week by week, fewer in the weeks before it gives notice. */
export function eventsOf(story: Story, account: Account, contracts: Contracts, random: Random): UseEvent[] {
  const events: UseEvent[] = []
  const core = stretches(story, contracts, PRODUCTS[0])
  const addons = PRODUCTS.slice(1).map((product) => ({ product, stretches: stretches(story, contracts, product) }))
  const notices = noticesOf(contracts)
  const [first] = core
  if (first === undefined || story.useRate === 0) return events
  const sharesFrom = random.chance(USE.never_shares) ? Infinity : first.from + Math.floor(-Math.log(1 - random.unit()) * USE.days_to_share * DAY)
  for (const { from, until, seats, plan } of core) {
    const pool = Math.max(1, Math.round(seats * USE.taken_seats))
    for (let week = from; week < until; week += WEEK) {
      const end = Math.min(week + WEEK, until)
      const fades = notices.some((at) => Math.abs(at - week) < EFFECTS.usage_drop.days * DAY)
      const mean = ((story.useRate * seats * (end - week)) / WEEK) * (fades ? EFFECTS.usage_drop.factor : 1)
      const may = (at: Minute): readonly string[] => [
        ...COMMON,
        ...(plan === 'business' || plan === 'enterprise' ? ['sso'] : []),
        ...(at >= sharesFrom ? ['sharing'] : []),
        ...(at >= account.adopts ? ['scheduled_reports'] : []),
        ...addons.flatMap((addon) => (addon.stretches.some((stretch) => stretch.from <= at && at < stretch.until) ? [ADDON_FEATURE[addon.product] ?? ''] : [])),
      ]
      const features = may(week)
      for (let left = random.events(mean); left > 0; left--) session(story, account, random, { week, end, pool, features }, events)
      if (week >= account.adopts && !(fades && random.chance(1 - EFFECTS.usage_drop.factor))) scheduledReport(story, account, random, week, end, events)
    }
  }
  return events.sort((a, b) => a.at - b.at)
}

const COMMON = ['dashboards', 'dashboards', 'dashboards', 'reports', 'reports', 'alerts', 'import']
const ADDON_FEATURE: Readonly<Record<string, string>> = { insights: 'forecasts', automation: 'workflows' }
export const PRODUCT_OF: Readonly<Record<string, string>> = { forecasts: 'insights', workflows: 'automation' }

interface Week {
  readonly week: Minute
  readonly end: Minute
  readonly pool: number
  readonly features: readonly string[]
}

/** An account goes by its duplicate's id until it was merged. */
export const idAt = (account: Account, at: Minute): string => (account.duplicate !== '' && at < account.mergedAt ? account.duplicate : account.id)

const event = (account: Account, at: Minute, person: number, name: string, feature: string): UseEvent => ({
  account: idAt(account, at),
  at,
  event: name,
  feature,
  product: feature === '' ? PRODUCTS[0] : (PRODUCT_OF[feature] ?? PRODUCTS[0]),
  user: `${account.id}-U${person + 1}`,
  platform: person % 5 === 3 ? 'ios' : 'web',
  role: person === 0 ? 'admin' : person % 6 === 4 ? 'manager' : 'member',
  internal: false,
})

function session(story: Story, account: Account, random: Random, { week, end, pool, features }: Week, events: UseEvent[]): void {
  // One in three sessions is of one of the few who do most of the work.
  const person = random.whole(0, random.chance(1 / 3) ? Math.floor((pool - 1) / 4) : pool - 1)
  let at = Math.floor(week / DAY) * DAY + random.whole(0, 6) * DAY + random.whole(7 * HOUR, 18 * HOUR)
  if (weekday(at) > 4 && random.chance(0.8)) at -= 2 * DAY
  const [length, probe] = [random.whole(0, 2), random.chance(USE.probes)]
  if (at < week || at >= end) return
  events.push({ ...event(account, at, person, 'signed in', ''), internal: probe })
  for (let i = 0; i < length; i++) {
    at += random.whole(1, 14)
    const feature = features[random.whole(0, features.length - 1)] ?? ''
    if (at < Math.min(end, story.end))
      events.push({ ...event(account, at, person, feature === 'sharing' ? 'report shared' : 'feature used', feature), internal: probe })
  }
}

/** Who has adopted scheduled reports looks at one every week. */
function scheduledReport(story: Story, account: Account, random: Random, week: Minute, end: Minute, events: UseEvent[]): void {
  const at = Math.floor(week / DAY) * DAY + DAY + random.whole(8 * HOUR, 10 * HOUR)
  if (at < Math.min(end, story.end)) events.push(event(account, at, 0, 'feature used', 'scheduled_reports'))
}
